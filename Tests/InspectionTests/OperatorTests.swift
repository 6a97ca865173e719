// The operators against the kit's vectors.

import Automata
import Bytes
import RuleStore
import Testing

@testable import Inspection

@Suite("Operators: the kit's vectors", .enabled(if: ConformanceKit.isPresent))
struct OperatorVectorTests {
    /// Number of vectors of each file.
    static let files: [(name: OperatorName, rows: Int)] = [
        (.streq, 4), (.contains, 8), (.beginsWith, 5), (.endsWith, 5), (.eq, 12), (.ge, 7), (.gt, 10),
        (.le, 7), (.lt, 9), (.unconditionalMatch, 3), (.ipMatch, 2_691), (.pm, 0), (.rx, 0),
    ]

    @Test(arguments: files.indices) func vectors(_ file: Int) throws {
        let (name, count) = Self.files[file]
        let rows = try ConformanceKit.rows("operators/\(name.spelling).json")
        #expect(count == 0 ? !rows.isEmpty : rows.count == count)
        for row in rows {
            let param = row.text("param")
            // Patterns that are not regular never reach the engine.
            if name == .rx, param.contains("(?=") || param.contains("(?!") {
                continue
            }
            // @pm's quoting is the compiler's; vectors with it are run there.
            if name == .pm, param.contains("\"") { continue }
            var builder = DraftBuilder()
            let test: OperatorDraft =
                switch name {
                case .rx: try builder.rx(param)
                case .pm: builder.phrases(param.split(separator: " ").map(String.init))
                case .ipMatch:
                    try builder.addresses(param.split(separator: ",").map { String($0) })
                default: .text(name, param)
                }
            builder.rule(1, [.all(.responseBody)], test)
            builder.draft.rules[0].phase = 4
            let harness = try Harness(builder.draft)
            var request = TestRequest()
            request.responseHeaders = [("Content-Type", Array("text/plain".utf8))]
            request.responseBody = row.bytes("input_b64")
            let matched = !harness.send(request).matches.isEmpty
            #expect(matched == (row["ret"] as? Int == 1), "\(name) \(param) on \(row.text("input"))")
        }
    }
}

@Suite("Numbers: ENGINE item 13, C's atoi") struct LeadingNumberTests {
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
