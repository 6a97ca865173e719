// How much of a peer's message is taken in. RFC 6455 section 10.4.

/// Bounds on one direction of a connection; all are the largest value that is still accepted.
package struct MessageLimits: Equatable, Sendable {
    /// 4 MiB in frames of 64 bytes: what the Autobahn suite sends at most.
    package static var defaultMaxFragments: Int { 65_536 }
    /// Text compresses below 20 : 1, a repeated text of some kilobytes to some hundred; DEFLATE
    /// can not do better than 1,032 : 1, which only a run of one byte reaches.
    package static var defaultMaxInflateRatio: Int { 500 }
    /// Messages below this size are not judged by their ratio: a short message that repeats the
    /// one before it compresses to next to nothing.
    package static var ratioFreeBytes: Int { 256 << 10 }

    /// Payload bytes of one data frame.
    package var maxFrameBytes: Int
    /// Bytes of one message after inflating.
    package var maxMessageBytes: Int
    /// Frames of one message.
    package var maxFragments: UInt32
    /// Inflated bytes to compressed bytes of one message.
    package var maxInflateRatio: UInt32

    package init(
        maxFrameBytes: Int, maxMessageBytes: Int, maxFragments: Int = defaultMaxFragments,
        maxInflateRatio: Int = defaultMaxInflateRatio
    ) {
        precondition(maxFrameBytes >= 0 && maxMessageBytes >= 0, "a limit can not be negative")
        precondition(maxFragments > 0 && maxInflateRatio > 0, "a limit of zero refuses everything")
        self.maxFrameBytes = maxFrameBytes
        self.maxMessageBytes = maxMessageBytes
        self.maxFragments = UInt32(clamping: maxFragments)
        self.maxInflateRatio = UInt32(clamping: maxInflateRatio)
    }

    /// Compressed bytes of one message: what DEFLATE may add to data that does not compress.
    /// Without a bound a message of empty blocks would never end.
    package var maxCompressedBytes: Int {
        let sum = maxMessageBytes.addingReportingOverflow((maxMessageBytes >> 8) + 1_024)
        return sum.overflow ? Int.max : sum.partialValue
    }
}
