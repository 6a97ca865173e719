// The phrases of @pm and @pmFromFile.

import RuleStore
import Testing

@testable import SecLang

@Suite("Phrases: @pm arguments and @pmFromFile files") struct PhraseListTests {
    @Test(
        arguments: [
            ("", []), ("  ", []), ("a", ["a"]), (" union  select\t", ["union", "select"]),
            ("A|42|C", ["ABC"]), ("|41 42|", ["AB"]), ("x|20|y z", ["x y", "z"]), ("|41", ["|41"]),
            ("a|b", ["a|b"]), ("a|b|c", ["a|b|c"]), ("||", ["||"]), ("|4|", ["|4|"]), ("|41|42|", ["A42|"]),
            ("a|4g|b c", ["a|4g|b", "c"]), ("\"a b\"", ["a", "b"]), ("\"", ["\""]),
            ("a\\:b\\;\\\"\\\\", ["a:b;\"\\"]), ("a\\:b\\d", ["a\\:b\\d"]), ("a\\", ["a\\"]),
        ] as [(String, [String])])
    func argument(_ text: String, _ phrases: [String]) {
        #expect(PhraseList.parse(Array(text.utf8)) == phrases.map { Array($0.utf8) })
    }

    @Test(
        "@strmatch: the whole argument",
        arguments: [
            ("a b", "a b"), (" a", "a"), ("\"a b\"", "a b"), ("A|42 43|d", "ABCd"), ("x|20|y", "x y"),
            ("a\\:b", "a:b"), ("a\\d\\:", "a\\d\\:"), ("", ""), ("|4|", "|4|"),
        ])
    func content(_ text: String, _ want: String) {
        #expect(PhraseList.content(of: placed(text)).string == want)
    }

    @Test func addresses() throws {
        let text = "# office\n10.0.0.0/8\r\n\n  ::1 # here\n"
        #expect(
            AddressList.parse(Array(text.utf8)).map { "\($0.line) \($0.item)" } == ["2 10.0.0.0/8", "4 ::1"])
        let text1 = "SecRule REMOTE_ADDR \"@ipMatchF list\" id:1"
        let compiled = try rule(text1, ["list": text])
        #expect(compiled.test.name == .ipMatchFromFile)
        #expect(
            errors(text1, ["list": "10.0.0.1\n10.0.0\n"]) == [
                "a.conf:1:32: error: invalid address `10.0.0` in line 2 of `list`"
            ])
    }

    @Test(
        "@validateByteRange",
        arguments: [
            ("1-255", 255), ("0-255", 256), ("9,10,13,32-126", 98), ("9, 10", 2), ("xxx", 1), ("256", nil),
            ("5-3", nil), ("99999999999999999999", nil),
        ] as [(String, Int?)])
    func byteRange(_ text: String, _ bytes: Int?) {
        #expect(ByteRange.parse(placed(text))?.reduce(0) { $0 + $1.nonzeroBitCount } == bytes)
    }

    @Test func file() {
        let text = "# comment commented\n\nhello world\r\n  lead\nx|y\ninner#hash\n \t\n  # indented\n|41|"
        let phrases = PhraseList.parseFile(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
        #expect(phrases == ["hello world", "lead", "x|y", "inner#hash", "|41|"])
    }
}
