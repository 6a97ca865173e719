// What a peer may make the codecs of this target hold or look through.

/// Limits on heads and on what surrounds the content of chunked bodies; all in bytes unless the
/// name says otherwise. The content itself is limited by who takes it.
package struct HTTPLimits: Equatable, Sendable {
    /// The start line, all field lines and the empty line behind them; below 4 GiB.
    package var maxHeadBytes = 32 << 10
    /// Number of field lines; never more than ``HeaderFields/maxCount``.
    package var maxFields = 128
    package var maxMethodBytes = 32
    package var maxTargetBytes = 16 << 10
    /// A chunk's size and extensions, without the line end.
    package var maxChunkLineBytes = 1 << 10
    /// The extensions of all chunks of a body.
    package var maxChunkExtensionBytes = 16 << 10
    /// The trailer lines of a body, with their ends.
    package var maxTrailerBytes = 8 << 10

    package init() {}

    /// Method, target, version, the two blanks and CRLF.
    var maxRequestLineBytes: Int { maxMethodBytes + maxTargetBytes + 12 }
}
