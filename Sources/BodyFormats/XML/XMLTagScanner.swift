// How many attributes a tag may have, seen before libxml2 reads it: libxml2 2.9 compares each with
// all the others of its tag, so that one tag of a megabyte takes it minutes.

internal import Bytes

/// Counts the `=` between a tag's quoted values. May count too many where something only looks like
/// a tag (in comments, in CDATA), never too few: no attribute goes without `=`, no value holds a raw
/// `<` (XML 1.0 section 3.1), and so each `<` starts anew.
struct XMLTagScanner {
    /// How the document's characters lie in bytes (XML 1.0 appendix F). What is ASCII in ISO 8859
    /// and in UTF-8 is so here too.
    enum Encoding: Equatable {
        case undecided, bytes, littleUTF16, bigUTF16
        /// UCS-4, EBCDIC.
        case other
    }

    private(set) var encoding = Encoding.undecided
    private let limit: Int
    private var front: [UInt8] = []
    private var attributes = 0
    private var isInTag = false
    /// The quote that a value waits for, else 0.
    private var quote: UInt8 = 0
    /// First byte of a UTF-16 unit whose second is still to come.
    private var half: UInt8?

    init(limit: Int) { self.limit = limit }

    /// - Returns: false when a tag seems to have more attributes than `limit`.
    mutating func scan(_ bytes: ByteView) -> Bool {
        var index = 0
        while encoding == .undecided, index < bytes.count {
            front.append(bytes[index])
            index += 1
            guard front.count == 4 else { continue }
            encoding = Self.encoding(startingWith: front)
            for byte in front where !take(byte) { return false }
        }
        let span = bytes.span
        for index in index..<span.count where !take(span[index]) { return false }
        return true
    }

    private static func encoding(startingWith front: [UInt8]) -> Encoding {
        switch (front[0], front[1], front[2], front[3]) {
        case (0, 0, 0, _), (_, 0, 0, 0), (0, 0, _, 0), (0, _, 0, 0), (0, 0, 0xFE, 0xFF), (0xFF, 0xFE, 0, 0):
            .other
        case (0x4C, 0x6F, 0xA7, 0x94): .other
        case (0xFF, 0xFE, _, _), (0x3C, 0, _, _): .littleUTF16
        case (0xFE, 0xFF, _, _), (0, 0x3C, _, _): .bigUTF16
        default: .bytes
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        switch encoding {
        case .undecided, .other: return true
        case .bytes: return takeCharacter(byte)
        case .littleUTF16, .bigUTF16:
            guard let first = half else {
                half = byte
                return true
            }
            half = nil
            let (high, low) = encoding == .bigUTF16 ? (first, byte) : (byte, first)
            return high != 0 || takeCharacter(low)
        }
    }

    private mutating func takeCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case ASCII.byte("<"):
            isInTag = true
            quote = 0
            attributes = 0
        case ASCII.byte(">") where quote == 0:
            isInTag = false
        case ASCII.byte("\""), ASCII.byte("'"):
            guard isInTag else { break }
            if quote == 0 { quote = byte } else if quote == byte { quote = 0 }
        case ASCII.byte("=") where isInTag && quote == 0:
            attributes += 1
        default:
            break
        }
        return attributes <= limit
    }
}
