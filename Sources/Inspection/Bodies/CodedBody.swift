// A body under Content-Encoding as the rules are to see it: decoded while it arrives.

package import BodyFormats
package import Bytes

/// Takes the bytes of the wire and gives what they stand for, up to a limit.
package struct CodedBody: ~Copyable {
    /// What became of a piece.
    package enum Progress: Equatable, Sendable {
        case goesOn
        /// Decoded it is longer than the limit, or expands beyond all measure: what was decoded until
        /// then is there, the rest is not looked at.
        case overLimit(String)
        /// It is not what Content-Encoding says; the bytes that follow are not looked at.
        case corrupt(String)
    }

    private var decoder: ContentDecoder

    /// - Parameter limitBytes: Most decoded bytes; those of each coding are bounded by it as well.
    package init(_ codings: ContentCodingList, limitBytes: Int) {
        decoder = ContentDecoder(codings, limits: ContentCodingLimits(outputBytes: limitBytes))
    }

    /// - Parameter content: What has been decoded is appended to it, also before an error.
    package mutating func decode(_ wire: ByteView, into content: inout ByteBuffer) -> Progress {
        do throws(ContentCodingError) {
            try decoder.decode(wire, into: &content)
            return .goesOn
        } catch {
            return Self.progress(error)
        }
    }

    /// The body has ended.
    package mutating func finish() -> Progress {
        do throws(ContentCodingError) {
            try decoder.finish()
            return .goesOn
        } catch {
            return Self.progress(error)
        }
    }

    private static func progress(_ error: ContentCodingError) -> Progress {
        switch error {
        case .outputTooLarge, .ratioTooHigh: .overLimit(error.message)
        case .unknownCoding, .tooManyCodings, .corrupt, .truncated, .trailingBytes: .corrupt(error.message)
        }
    }
}
