// The transformations by name.

internal import Bytes
internal import RuleStore

extension TransformationName {
    /// The transformed value: `input` itself or a part of it when nothing else in it can change, else
    /// bytes in `arena`, at most `TransformationLimits.grownBytes` of them where values grow.
    func apply(to input: ByteView, in arena: Arena) -> ByteView {
        switch self {
        case .lowercase: Lowercase.apply(input, in: arena)
        case .urlDecode: URLDecode.apply(input, in: arena)
        case .urlDecodeUni: URLDecodeUnicode.apply(input, in: arena)
        case .htmlEntityDecode: HTMLEntityDecode.apply(input, in: arena)
        case .removeNulls: RemoveNulls.apply(input, in: arena)
        case .compressWhitespace: CompressWhitespace.apply(input, in: arena)
        case .base64Decode: Base64Decode.apply(input, in: arena)
        case .base64DecodeExt: Base64DecodeExtended.apply(input, in: arena)
        case .base64Encode: Base64Encode.apply(input, in: arena)
        case .cmdLine: CommandLine.apply(input, in: arena)
        case .cssDecode: CSSDecode.apply(input, in: arena)
        case .escapeSeqDecode: EscapeSequenceDecode.apply(input, in: arena)
        case .hexDecode: HexDecode.apply(input, in: arena)
        case .hexEncode: HexEncode.apply(input, in: arena)
        case .jsDecode: JavaScriptDecode.apply(input, in: arena)
        case .length: Length.apply(input, in: arena)
        case .md5: MD5Digest.apply(input, in: arena)
        case .normalizePath: NormalizePath.apply(input, in: arena)
        case .normalizePathWin: NormalizePath.apply(input, in: arena, isWindows: true)
        case .parityEven7bit: Parity.even.apply(input, in: arena)
        case .parityOdd7bit: Parity.odd.apply(input, in: arena)
        case .parityZero7bit: Parity.zero.apply(input, in: arena)
        case .phpArgsNames: PHPArgumentNames.apply(input, in: arena)
        case .removeComments: RemoveComments.apply(input, in: arena)
        case .removeCommentsChar: RemoveCommentsCharacters.apply(input, in: arena)
        case .removeWhitespace: RemoveWhitespace.apply(input, in: arena)
        case .replaceComments: ReplaceComments.apply(input, in: arena)
        case .replaceNulls: ReplaceNulls.apply(input, in: arena)
        case .sha1: SHA1Digest.apply(input, in: arena)
        case .sqlHexDecode: SQLHexDecode.apply(input, in: arena)
        case .trim: Trim.both(input)
        case .trimLeft: Trim.left(input)
        case .trimRight: Trim.right(input)
        case .uppercase: Uppercase.apply(input, in: arena)
        case .urlEncode: URLEncode.apply(input, in: arena)
        case .utf8toUnicode: UTF8ToUnicode.apply(input, in: arena)
        }
    }
}
