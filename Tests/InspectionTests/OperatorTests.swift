// The operators against the kit's vectors.

import Automata
import Bytes
import RuleStore
import Testing

@testable import Inspection
@testable import SecLang

@Suite("Operators: the kit's vectors", .enabled(if: ConformanceKit.isPresent))
struct OperatorVectorTests {
    /// The file, what it is a file of, and its number of vectors.
    static let files: [(file: String, name: OperatorName, rows: Int)] = [
        ("streq", .streq, 4), ("contains", .contains, 8), ("beginsWith", .beginsWith, 5),
        ("endsWith", .endsWith, 5), ("eq", .eq, 12), ("ge", .ge, 7), ("gt", .gt, 10), ("le", .le, 7),
        ("lt", .lt, 9), ("unconditionalMatch", .unconditionalMatch, 3), ("ipMatch", .ipMatch, 2_691),
        ("pm", .pm, 13), ("pmFromFile", .pmFromFile, 3), ("rx", .rx, 17), ("rxGlobal", .rxGlobal, 15),
        ("within", .within, 3), ("strmatch", .strmatch, 3), ("containsWord", .containsWord, 10),
        ("noMatch", .noMatch, 3), ("validateByteRange", .validateByteRange, 2),
        ("validateUrlEncoding", .validateUrlEncoding, 8),
        ("validateUtf8Encoding", .validateUtf8Encoding, 24), ("verifyCC", .verifyCC, 51),
        ("verifycpf", .verifyCPF, 3), ("verifyssn", .verifySSN, 3), ("verifysvnr", .verifySVNR, 4),
    ]

    /// The kit has 2,931: four more for each of geoLookup, which needs a data base, and for detectSQLi
    /// and detectXSS together.
    @Test func allFilesRun() {
        #expect(Self.files.map(\.rows).reduce(0, +) == 2_931 - 8)
    }

    @Test(arguments: files.indices) func vectors(_ file: Int) throws {
        let (file, name, count) = Self.files[file]
        let rows = try ConformanceKit.rows("operators/\(file).json")
        #expect(rows.count == count)
        for row in rows {
            let folder = "test-cases/secrules-language-tests/operators/"
            var param = row.text("param")
            if param.hasPrefix(folder) { param.removeFirst(folder.count) }
            var draft = try Self.compile(name, param)
            draft.rules[0].captures = true
            let harness = try Harness(draft)
            var request = TestRequest()
            request.responseHeaders = [("Content-Type", Array("text/plain".utf8))]
            request.responseBody = row.bytes("input_b64")
            let matched = !harness.send(request).matches.isEmpty
            #expect(matched == (row["ret"] as? Int == 1), "\(name) \(param) on \(row.text("input"))")
            if let groups = row["re_groups"] as? [String] {
                try harness.transaction.settleCaptures(#require(harness.transaction.rules))
                let captures = harness.transaction.tx.captures.prefix(groups.count)
                #expect(captures.map { $0?.string ?? "" } == groups, "\(name) \(param)")
            }
        }
    }

    /// A rule set of one rule on the body of a response, its operator compiled as from a file of the
    /// kit's folder. Numbers are taken as they stand: a rule with another word is refused.
    static func compile(_ name: OperatorName, _ param: String) throws -> RuleSetDraft {
        var builder = RuleSetBuilder(reader: FileSystemReader())
        let path = (ConformanceKit.folder ?? "") + "/operators/rules.conf"
        let file = builder.diagnostics.open(SourceFile(path: path, bytes: []))
        func placed(_ text: String) -> PlacedText {
            var placed = PlacedText(file: file, emptyAt: 0)
            for (offset, byte) in text.utf8.enumerated() { placed.append(byte, at: offset) }
            return placed
        }
        var rule = RuleDraft()
        rule.id = 1
        rule.phase = 4
        rule.targets = [.all(.responseBody)]
        switch name {
        case .eq, .ge, .gt, .le, .lt: rule.test = .text(name, param)
        default:
            rule.test = builder.compile(
                OperatorSyntax(name: placed(name.spelling), isNegated: false, argument: placed(param)))
        }
        builder.rules = [rule]
        return try builder.finish().get()
    }
}

@Suite("Numbers, as in ModSecurity 2, C's atoi") struct LeadingNumberTests {
    static let rows: [(text: String, want: Int)] = [
        ("", 0), ("abc", 0), ("12abc", 12), (" \t5", 5), ("-3", -3), ("+7", 7), ("--3", 0), ("- 3", 0),
        ("9223372036854775807", .max), ("9223372036854775808", .max),
        ("-9223372036854775808", .min), ("-9223372036854775809", .min),
        ("99999999999999999999999999", .max),
    ]

    @Test(arguments: rows.indices) func read(_ index: Int) {
        let arena = Arena()
        #expect(LeadingNumber.read(arena.copy(Self.rows[index].text)) == Self.rows[index].want)
    }
}
