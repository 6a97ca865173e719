// What ModSecurity 2 was seen to do, row by row.

import Inspection
import Testing

@Suite("As ModSecurity 2.9.7") struct ReferenceTests {
    @Test(arguments: ReferenceRow.flow + ReferenceRow.values) func rules(_ row: ReferenceRow) throws {
        let text = ReferenceRow.settings + row.rules.joined(separator: "\n") + "\n"
        let outcome = try Harness(compiled(text)).send(row.request)
        #expect(outcome.matches == row.want)
        let verdict = outcome.verdict
        #expect((verdict.action.isInterception ? verdict.status : 200) == row.status)
    }

    @Test(arguments: MultipartReferenceRow.all) func multipart(_ row: MultipartReferenceRow) throws {
        var request = TestRequest("/")
        request.method = "POST"
        request.headers.append(("Content-Type", Array(row.type.utf8)))
        request.body = Array(row.lines.joined(separator: "\r\n").utf8)
        let matches = try Harness(compiled(MultipartReferenceRow.rules)).send(request).matches
        let flags = matches.compactMap { line in
            line.hasPrefix("1 ") || line.hasPrefix("2 ") ? nil : String(line.split(separator: " ")[1])
        }
        #expect(matches.filter { $0.hasPrefix("1 ") || $0.hasPrefix("2 ") } == row.values)
        #expect(flags.joined(separator: " ") == row.flags)
    }
}
