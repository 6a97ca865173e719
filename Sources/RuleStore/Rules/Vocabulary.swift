// The words of the rule language that have a number in the store. A number, once given, stays:
// changing one changes `StoreFormat.version`.

/// The operators. Raw values are the numbers in the store.
package enum OperatorName: UInt32, CaseIterable, Sendable {
    case rx = 1, pm, pmFromFile, streq, contains, beginsWith, endsWith
    case eq, ge, gt, le, lt
    case ipMatch, unconditionalMatch
    case within, strmatch, containsWord, noMatch
    case validateByteRange, validateUrlEncoding, validateUtf8Encoding
    case verifyCC, verifyCPF, verifySSN, verifySVNR
    case rxGlobal, ipMatchFromFile
    case detectSQLi, detectXSS
    case rsub, geoLookup, validateDTD, validateSchema

    /// As rule text spells it, behind the `@`.
    package var spelling: String { "\(self)" }
}

/// The transformations. Raw values are the numbers in the store.
package enum TransformationName: UInt32, CaseIterable, Sendable {
    case lowercase = 1, urlDecode, urlDecodeUni, htmlEntityDecode, removeNulls, compressWhitespace
    case base64Decode, base64DecodeExt, base64Encode, cmdLine, cssDecode, escapeSeqDecode
    case hexDecode, hexEncode, jsDecode, length, md5, normalizePath, normalizePathWin
    case parityEven7bit, parityOdd7bit, parityZero7bit, phpArgsNames
    case removeComments, removeCommentsChar, removeWhitespace, replaceComments, replaceNulls
    case sha1, sqlHexDecode, trim, trimLeft, trimRight, uppercase, urlEncode, utf8toUnicode

    /// As rule text spells it, behind the `t:`.
    package var spelling: String { "\(self)" }

    /// Whether an empty value becomes something.
    package var fillsEmptyValue: Bool {
        switch self {
        case .length, .md5, .sha1: true
        default: false
        }
    }
}
