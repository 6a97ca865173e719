// The kit's semantics probes whose rules use the vocabulary at hand.

import Bytes
import Foundation
import Inspection
import RuleStore
import SecLang
import Testing

/// Rule files that exist in memory only.
struct ProbeReader: RuleFileReader {
    var files: [String: [UInt8]]
    func read(_ path: String) -> [UInt8]? { files[path] }
    func glob(_ pattern: String) -> [String] { files[pattern] == nil ? [] : [pattern] }
}

@Suite("Semantics probes", .enabled(if: ConformanceKit.isPresent)) struct ProbeTests {
    /// Where ModSecurity 2 and 3 differ and ours is neither, or Apache stands in the way.
    static let exempt: Set<String> = [
        // v3's view of exclusions.
        "exclusion-order",
        // Apache refuses the status 418.
        "block-default-pass",
        // Apache refuses a fragment in the target.
        "uri-variables",
        // Two entries for equal header names.
        "headers-duplicate",
        // The reflecting origin is not part of this test.
        "response-phases", "response-body-mime", "response-deny-phase4",
        // Limits are the gateway's to answer.
        "body-limit", "nofiles-limit",
        // JSON values have libmodsecurity's names.
        "json-list", "json-array-top", "json-scalar-top",
        // Apache answers 500 itself to a body that can not be read.
        "json-invalid", "xml-invalid", "multipart-no-final",
        // Entities are replaced in the tree, so that text() sees their text too.
        "xml-entity",
    ]

    @Test func probes() throws {
        let kit = try #require(try ConformanceKit.json("semantics/probes.json") as? [String: Any])
        let base = try #require(kit["base_config"] as? [String])
        let probes = try #require(kit["probes"] as? [[String: Any]])
        #expect(probes.count == 79)
        var ran: [String] = []
        for probe in probes where !Self.exempt.contains(probe.text("name")) {
            guard let apache = probe["apache"] as? [String: Any], let log = apache["log"] as? [[Any]] else {
                continue
            }
            let text = (base + (probe["rules"] as? [String] ?? [])).joined(separator: "\n") + "\n"
            let reader = ProbeReader(files: [
                "/main.conf": Array(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }),
                "/words.data": Array(kit.text("words_data").utf8),
            ])
            guard case .success(let draft) = RuleCompiler.compile(files: ["/main.conf"], reader: reader)
            else { continue }
            ran.append(probe.text("name"))
            let harness = try Harness(draft)
            let request = Self.request(probe.text("request"))
            var outcome = harness.send(request)
            var matches = outcome.matches
            for _ in 1..<max(1, probe["repeat"] as? Int ?? 1) {
                outcome = harness.send(request)
                matches += outcome.matches
            }
            let want = log.map { "\($0[0]) \($0[1])" }
            #expect(matches == want, "probe \(probe.text("name"))")
            let status = apache["status"] as? Int ?? 200
            #expect((outcome.verdict.action.isInterception ? outcome.verdict.status : 200) == status)
        }
        print("semantics probes run: \(ran.count) of \(probes.count): \(ran.joined(separator: " "))")
        #expect(ran.count == 63)
    }

    /// Takes a raw request apart; one character is one byte.
    static func request(_ raw: String) -> TestRequest {
        let bytes = raw.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.components(separatedBy: "\r\n\r\n")
        let lines = parts[0].components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ").map(String.init)
        var request = TestRequest(words[1])
        request.method = words[0]
        request.headers = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":")!
            return (
                String(line[..<colon]),
                Array(line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces).utf8)
            )
        }
        let body = parts.dropFirst().joined(separator: "\r\n\r\n")
        if !body.isEmpty { request.body = Array(body.utf8) }
        return request
    }
}
