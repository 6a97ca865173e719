// What kinds of bytes a value holds, and which of them a transformation looks for.

internal import Bytes
internal import RuleStore

/// Kinds of bytes. A transformation of whose triggers a value has none gives the value back as it is.
struct ByteFeatures: OptionSet {
    var rawValue: UInt32

    static let percent = ByteFeatures(rawValue: 1)
    static let plus = ByteFeatures(rawValue: 1 << 1)
    static let ampersand = ByteFeatures(rawValue: 1 << 2)
    static let backslash = ByteFeatures(rawValue: 1 << 3)
    /// 0x80 and above.
    static let high = ByteFeatures(rawValue: 1 << 4)
    static let null = ByteFeatures(rawValue: 1 << 5)
    static let uppercase = ByteFeatures(rawValue: 1 << 6)
    static let lowercase = ByteFeatures(rawValue: 1 << 7)
    static let blank = ByteFeatures(rawValue: 1 << 8)
    /// White space other than the blank.
    static let otherSpace = ByteFeatures(rawValue: 1 << 9)
    static let slash = ByteFeatures(rawValue: 1 << 10)
    static let star = ByteFeatures(rawValue: 1 << 11)
    static let quote = ByteFeatures(rawValue: 1 << 12)
    static let caret = ByteFeatures(rawValue: 1 << 13)
    /// Comma and semicolon.
    static let comma = ByteFeatures(rawValue: 1 << 14)
    static let dash = ByteFeatures(rawValue: 1 << 15)
    static let hash = ByteFeatures(rawValue: 1 << 16)
    static let dot = ByteFeatures(rawValue: 1 << 17)
    static let zero = ByteFeatures(rawValue: 1 << 18)
    /// What every value has.
    static let any = ByteFeatures(rawValue: 1 << 31)

    /// The kinds of one byte.
    init(of byte: UInt8) {
        self = []
        switch byte {
        case 0: insert(.null)
        case 0x09...0x0D: insert(.otherSpace)
        case 0x20: insert(.blank)
        case 0x80...0xFF: insert(.high)
        default: break
        }
        if ASCII.isUppercase(byte) { insert(.uppercase) }
        if ASCII.isLetter(byte), !ASCII.isUppercase(byte) { insert(.lowercase) }
        switch byte {
        case ASCII.byte("%"): insert(.percent)
        case ASCII.byte("+"): insert(.plus)
        case ASCII.byte("&"): insert(.ampersand)
        case ASCII.byte("\\"): insert(.backslash)
        case ASCII.byte("/"): insert(.slash)
        case ASCII.byte("*"): insert(.star)
        case ASCII.byte("\""), ASCII.byte("'"): insert(.quote)
        case ASCII.byte("^"): insert(.caret)
        case ASCII.byte(","), ASCII.byte(";"): insert(.comma)
        case ASCII.byte("-"): insert(.dash)
        case ASCII.byte("#"): insert(.hash)
        case ASCII.byte("."): insert(.dot)
        case ASCII.byte("0"): insert(.zero)
        default: break
        }
    }

    init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension TransformationName {
    /// The transformation changes only values that have one of these.
    var triggers: ByteFeatures {
        switch self {
        case .lowercase: .uppercase
        case .uppercase: .lowercase
        case .urlDecode, .urlDecodeUni: [.percent, .plus]
        case .htmlEntityDecode: .ampersand
        case .jsDecode, .cssDecode, .escapeSeqDecode: .backslash
        case .removeNulls, .replaceNulls: .null
        case .utf8toUnicode: [.high, .null]
        // 0xA0 is white space to these.
        case .removeWhitespace, .compressWhitespace: [.blank, .otherSpace, .high]
        case .replaceComments: .star
        case .removeComments, .removeCommentsChar: [.star, .dash, .hash]
        case .cmdLine: [.backslash, .quote, .caret, .uppercase, .blank, .otherSpace, .comma]
        case .normalizePath: [.slash, .dot]
        case .normalizePathWin: [.slash, .dot, .backslash]
        case .sqlHexDecode: .zero
        case .trim, .trimLeft, .trimRight: [.blank, .otherSpace, .high]
        case .base64Decode, .base64DecodeExt, .base64Encode, .hexDecode, .hexEncode, .length, .md5, .sha1,
            .parityEven7bit, .parityOdd7bit, .parityZero7bit, .phpArgsNames, .urlEncode:
            .any
        }
    }
}
