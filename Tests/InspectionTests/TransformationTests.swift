// The transformations against ModSecurity's own vectors and against rows of our own.

import Bytes
import RuleStore
import Testing

@testable import Inspection

@Suite("Transformations: the kit's vectors", .enabled(if: ConformanceKit.isPresent))
struct TransformationVectorTests {
    /// Number of vectors of each file; the file is named after the transformation or as said.
    static let files: [(name: TransformationName, rows: Int)] = [
        (.lowercase, 4), (.urlDecode, 10), (.urlDecodeUni, 25), (.htmlEntityDecode, 8),
        (.removeNulls, 6), (.compressWhitespace, 5), (.base64Decode, 3), (.base64DecodeExt, 1),
        (.base64Encode, 3), (.cmdLine, 6), (.cssDecode, 4), (.escapeSeqDecode, 10), (.hexDecode, 6),
        (.hexEncode, 3), (.jsDecode, 12), (.length, 3), (.md5, 4), (.normalizePath, 17),
        (.normalizePathWin, 24), (.parityEven7bit, 3), (.parityOdd7bit, 4), (.parityZero7bit, 2),
        (.phpArgsNames, 9), (.removeComments, 13), (.removeCommentsChar, 17), (.removeWhitespace, 4),
        (.replaceComments, 15), (.replaceNulls, 7), (.sha1, 3), (.sqlHexDecode, 1), (.trim, 7),
        (.trimLeft, 7), (.trimRight, 6), (.urlEncode, 16), (.utf8toUnicode, 5),
    ]

    static func file(of name: TransformationName) -> String {
        switch name {
        case .normalizePath: "normalisePath"
        case .normalizePathWin: "normalisePathWin"
        default: name.spelling
        }
    }

    /// ModSecurity has no vectors of `uppercase`.
    @Test func allFilesRun() throws {
        #expect(Self.files.map(\.rows).reduce(0, +) == 273)
        #expect(Self.files.count == TransformationName.allCases.count - 1)
    }

    @Test(arguments: files.indices) func vectors(_ file: Int) throws {
        let (name, count) = Self.files[file]
        let rows = try ConformanceKit.rows("transformations/\(Self.file(of: name)).json")
        #expect(rows.count == count)
        for row in rows {
            let arena = Arena()
            let input = arena.fill(upTo: 4096) { output in
                for byte in row.bytes("input_b64") { output.append(byte) }
            }
            // The vectors were made without a map of characters.
            let output =
                name == .urlDecodeUni
                ? URLDecodeUnicode.apply(input, in: arena, mapsCodePage: false)
                : name.apply(to: input, in: arena)
            #expect(output.array == row.bytes("output_b64"), "\(name) of \(row.text("input"))")
        }
    }
}

@Suite("Transformations") struct TransformationTests {
    struct Row: Sendable {
        var name: TransformationName
        var input: String
        var want: [UInt8]
        init(_ name: TransformationName, _ input: String, _ want: String) {
            self.init(name, input, Array(want.utf8))
        }
        init(_ name: TransformationName, _ input: String, _ want: [UInt8]) {
            self.name = name
            self.input = input
            self.want = want
        }
    }

    static let rows: [Row] = [
        Row(.lowercase, "Ä-ABCxyz[@", "Ä-abcxyz[@"),
        Row(.urlDecode, "a%20b+c%", "a b c%"),
        Row(.urlDecode, "%4", "%4"),
        Row(.urlDecode, "%u0041", "%u0041"),
        Row(.urlDecodeUni, "%u0041%U0042", "AB"),
        Row(.urlDecodeUni, "%uFF1Cscript%uff1e", "<script>"),
        Row(.urlDecodeUni, "%u2018%u2019%u2032", "'''"),
        Row(.urlDecodeUni, "%u00e9%u2024", [0x65, 0x24]),
        Row(.urlDecodeUni, "%uFF5F", [0x5F]),
        Row(.urlDecodeUni, "%uFF00", [0x00]),
        Row(.urlDecodeUni, "%", "%"),
        Row(.urlDecodeUni, "%u", "%u"),
        Row(.urlDecodeUni, "%u004", "%u004"),
        Row(.htmlEntityDecode, "&lt;&LT&gt;&amp;&quot;&apos;", "<<>&\"&apos;"),
        Row(.htmlEntityDecode, "&nbsp;", [0xA0]),
        Row(.htmlEntityDecode, "&#60;&#x3C;&#X3c", "<<<"),
        Row(.htmlEntityDecode, "&", "&"),
        Row(.htmlEntityDecode, "&#", "&#"),
        Row(.htmlEntityDecode, "&#x", "&#x"),
        Row(.htmlEntityDecode, "&#316;", [0x3C]),
        Row(.htmlEntityDecode, "&#9223372036854775807;", [0xFF]),
        Row(.htmlEntityDecode, "&#9223372036854775808;", [0xFF]),
        Row(.htmlEntityDecode, "&#99999999999999999999999999;", [0xFF]),
        Row(.removeNulls, "a\0b\0", "ab"),
        Row(.compressWhitespace, "a  b\t\nc ", "a b c "),
        Row(.compressWhitespace, "a\tb", "a b"),
        Row(.compressWhitespace, "a b", "a b"),
        Row(.base64Decode, "QUJD!QUJD", "ABC"),
        Row(.base64Decode, "QUJDR", "ABC"),
        Row(.base64Decode, "QUJDRE", "ABCD"),
        Row(.base64Decode, "!", ""),
        Row(.base64DecodeExt, "Q.U J=D", "ABC"),
        Row(.base64DecodeExt, "QUJDQ=x", ""),
        Row(.base64DecodeExt, "QUJDQQ==", "ABCA"),
        Row(.base64DecodeExt, "QUJDQ==", ""),
        Row(.base64DecodeExt, "QUJD\0QUJD", "ABC"),
        Row(.cmdLine, "a ,;\tB /c ( d\"'^\\", "a b/c( d"),
        Row(.cmdLine, "a\0 \"b", "a\0 b"),
        Row(.cmdLine, " /a", "/a"),
        Row(.cssDecode, "\\61 b\\000061\\\nc\\z\\", "abacz"),
        Row(.cssDecode, "\\ff1c \\0ff1c\\1ff1c", [0x3C, 0x3C, 0x1C]),
        Row(.escapeSeqDecode, "\\x41\\X42\\103\\q\\", "ABCq\\"),
        Row(.hexDecode, "4", ""),
        Row(.hexEncode, "\u{7F}a", "7f61"),
        Row(.jsDecode, "\\u0041\\uFF1c\\x42\\103\\u00e", "A<BCu00e"),
        Row(.jsDecode, "\\400\\377", [0x20, 0x30, 0xFF]),
        Row(.length, "", "0"),
        Row(.length, String(repeating: "a", count: 100), "100"),
        Row(.normalizePath, "/a/./b//c/../d", "/a/b/d"),
        Row(.normalizePath, "/../../etc/passwd", "/etc/passwd"),
        Row(.normalizePath, "/a/..", ""),
        Row(.normalizePath, "a/../../b", "../b"),
        Row(.normalizePath, "a/..b", "a/..b"),
        Row(.normalizePath, "a\\..\\b", "a\\..\\b"),
        Row(.normalizePathWin, "c:\\a\\..\\\\\\b", "c:/b"),
        Row(.parityEven7bit, "ac", [0xE1, 0x63]),
        Row(.parityZero7bit, "\u{E1}", [0x43, 0x21]),
        Row(.phpArgsNames, " a.b[c][ ][d.e]x", "a_b[c][][d.e]"),
        Row(.phpArgsNames, "a[b", "a_b"),
        Row(.phpArgsNames, "a[b][c", "a[b]"),
        Row(.phpArgsNames, "[a]", ""),
        Row(.removeComments, "a/*b*/cd--e", "acd"),
        Row(.removeComments, "a<!--b-->c#d", "ac"),
        Row(.removeComments, "a/*b", "a "),
        Row(.removeCommentsChar, "a<!--b-->c--d#e*/f/*", "abcdef"),
        Row(.removeWhitespace, "a \t\nb", "ab"),
        Row(.replaceComments, "a/*b*/c/*/d", "a c "),
        Row(.replaceNulls, "\0a\0", " a "),
        Row(.sqlHexDecode, "a0x4142z0X430x44", "aABzCD"),
        Row(.sqlHexDecode, "0x4 0xg1 0x", "0x4 0xg1 0x"),
        Row(.sqlHexDecode, "\u{0}0x004100", "\0\0A\0"),
        Row(.trim, " \ta b\n", "a b"),
        Row(.trim, "  ", ""),
        Row(.trimLeft, "  a ", "a "),
        Row(.trimRight, " a\u{B} ", " a"),
        Row(.uppercase, "aZ\u{E4}1", "AZ\u{E4}1"),
        Row(.urlEncode, "a *-~", "a+*%2d%7e"),
        Row(.utf8toUnicode, "a\u{E9}\u{20AC}\u{1F600}", "a%u00e9%u20ac%u1f600"),
        Row(.utf8toUnicode, "a\0b", "ab"),
    ]

    @Test(arguments: rows.indices) func transform(_ index: Int) {
        let row = Self.rows[index]
        let arena = Arena()
        let output = row.name.apply(to: arena.copy(row.input), in: arena)
        #expect(output.array == row.want, "\(row.name) of \(row.input)")
    }

    /// Those that make something of any value.
    static let recoding: Set<TransformationName> = [
        .base64Decode, .base64DecodeExt, .base64Encode, .hexDecode, .hexEncode, .length, .md5, .sha1,
        .parityEven7bit, .parityOdd7bit, .uppercase, .urlEncode, .removeWhitespace, .phpArgsNames,
    ]

    /// What stays as it is is not copied: caches and memory count on it.
    @Test(arguments: TransformationName.allCases) func identityIsInPlace(_ name: TransformationName) {
        let arena = Arena()
        for text in ["", "plain text: lower case"] {
            let input = arena.copy(text)
            guard !Self.recoding.contains(name) else { continue }
            #expect(name.apply(to: input, in: arena).isIdentical(to: input), "\(name)")
        }
        let input = arena.copy("")
        #expect(name.apply(to: input, in: arena).isEmpty != name.fillsEmptyValue)
    }

    /// Bytes that a value of `count` bytes becomes at most.
    static func bound(_ name: TransformationName, _ count: Int) -> Int {
        switch name {
        case .base64Encode: (count + 2) / 3 * 4
        case .hexEncode: count * 2
        case .urlEncode: count * 3
        case .utf8toUnicode: count * 4
        case .length, .md5, .sha1: max(count, 20)
        default: count
        }
    }

    /// No input makes a transformation write past the room it took.
    @Test(arguments: TransformationName.allCases) func neverTooLong(_ name: TransformationName) {
        var random = SplitMix(state: 7)
        let alphabet = Array("%u0aF+&#x;lt gT\0\t\u{A0}9\\/*-.<!>[]\u{C0}\u{FF}^'\"(,=".utf8)
        for _ in 0..<2_000 {
            let arena = Arena()
            let count = Int(random.next() % 24)
            let input = arena.fill(upTo: count) { output in
                for _ in 0..<count { output.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
            }
            #expect(name.apply(to: input, in: arena).count <= Self.bound(name, input.count))
        }
    }

    /// Up to the limit, but for one step, a value is whole; past it it is cut.
    @Test(arguments: [(TransformationName.hexEncode, 2), (.urlEncode, 3), (.utf8toUnicode, 3)])
    func grownValueLimit(_ name: TransformationName, _ factor: Int) {
        let arena = Arena()
        let limit = TransformationLimits.grownBytes
        let count = (limit - TransformationLimits.longestStep) / factor / 2 * 2
        // Two bytes of UTF-8 again and again.
        let input = arena.fill(upTo: count + 20) { output in
            while output.freeCapacity > 0 {
                output.append(0xC3)
                output.append(0xA9)
            }
        }
        let whole = name.apply(to: input[..<count], in: arena)
        #expect(whole.count == count * factor)
        let cut = name.apply(to: input, in: arena)
        #expect(cut.count <= limit && TransformationLimits.isFull(cut.count))
        #expect(cut[..<1_000] == whole[..<1_000])
    }

    @Test("Code page 20127: the kit's map", .enabled(if: ConformanceKit.isPresent))
    func mapAgreesWithTheKit() throws {
        let rows = try UnicodeMap.rows()
        #expect(rows.count == 370)
        for row in rows {
            let digits = String(row.unit, radix: 16)
            let arena = Arena()
            let escaped = arena.copy("%u" + String(repeating: "0", count: 4 - digits.count) + digits)
            #expect(URLDecodeUnicode.apply(escaped, in: arena).array == [row.byte])
        }
    }
}

/// Steele and others' SplitMix64: the same numbers on every run.
struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
