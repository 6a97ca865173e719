// Character encodings of XML documents that are read.

/// libxml2 converts whatever iconv knows, UTF-7 and EBCDIC too: a document in these hides its tags
/// from the count that is taken of them, and from everybody who looks at its bytes.
enum XMLEncodings {
    private static let names: Set<String> = [
        "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be", "utf16", "shift_jis",
        "euc-jp",
        "euc-kr", "gb2312", "gbk", "gb18030", "big5", "koi8-r", "koi8-u",
    ]

    /// - Parameter name: As declared (XML 1.0 section 4.3.3), in any case.
    static func isReadable(_ name: String) -> Bool {
        let lower = name.lowercased()
        return names.contains(lower)
            || ["iso-8859-", "iso8859-", "iso_8859-", "windows-125", "cp125", "latin"].contains {
                lower.hasPrefix($0)
            }
    }
}
