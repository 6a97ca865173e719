// The transformations: `TransformationName` of the store, `none`, and those of the language that
// have no number there.

internal import RuleStore

extension TransformationName {
    /// nil stands for `t:none`.
    static let table = WordTable<TransformationName?>(
        supported: allCases.map { ($0.spelling, $0) } + [("none", nil)],
        unsupported: [
            "base64Decode", "base64DecodeExt", "base64Encode", "cmdLine", "cssDecode",
            "escapeSeqDecode", "hexDecode", "hexEncode", "jsDecode", "length", "md5",
            "normalisePath", "normalisePathWin", "normalizePath", "normalizePathWin",
            "parityEven7bit", "parityOdd7bit", "parityZero7bit", "phpArgsNames", "removeComments",
            "removeCommentsChar", "removeWhitespace", "replaceComments", "replaceNulls", "sha1",
            "sqlHexDecode", "trim", "trimLeft", "trimRight", "uppercase", "urlEncode",
            "utf8toUnicode",
        ])
}
