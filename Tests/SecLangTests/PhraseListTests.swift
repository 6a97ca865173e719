// The phrases of @pm and @pmFromFile.

import Testing

@testable import SecLang

@Suite("Phrases: @pm arguments and @pmFromFile files") struct PhraseListTests {
    @Test(
        arguments: [
            ("", []), ("  ", []), ("a", ["a"]), (" union  select\t", ["union", "select"]),
            ("A|42|C", ["ABC"]), ("|41 42|", ["AB"]), ("x|20|y z", ["x y", "z"]), ("|41", ["|41"]),
            ("a|b", ["a|b"]), ("a|b|c", ["a|b|c"]), ("||", ["||"]), ("|4|", ["|4|"]), ("|41|42|", ["A42|"]),
            ("a|4g|b c", ["a|4g|b", "c"]),
        ] as [(String, [String])])
    func argument(_ text: String, _ phrases: [String]) {
        #expect(PhraseList.parse(Array(text.utf8)) == phrases.map { Array($0.utf8) })
    }

    @Test func file() {
        let text = "# comment commented\n\nhello world\r\n  lead\nx|y\ninner#hash\n \t\n  # indented\n|41|"
        let phrases = PhraseList.parseFile(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
        #expect(phrases == ["hello world", "lead", "x|y", "inner#hash", "|41|"])
    }
}
