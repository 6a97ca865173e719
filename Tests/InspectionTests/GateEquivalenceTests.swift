// With gates and without: the same rules match, in the same order, with the same log.

import Bytes
import Foundation
import Inspection
import RuleStore
import SecLang
import Testing

@Suite("Gates change nothing but the time", .enabled(if: ConformanceKit.isPresent)) struct GateEquivalenceTests {
    /// The kit's rule set at its highest level, in DetectionOnly: every rule has its turn.
    static func harness() throws -> Harness {
        let root = ConformanceKit.folder ?? ""
        let rules = try FileManager.default.contentsOfDirectory(atPath: "\(root)/crs/rules")
            .filter { $0.hasSuffix(".conf") }.sorted()
        let files = ["test-engine.conf", "crs-setup.conf.example", "test-setup.conf"] + rules.map { "rules/\($0)" }
        let paths = files.map { "\(root)/crs/\($0)" }
        switch RuleCompiler.compile(files: paths, reader: FileSystemReader()) {
        case .success(let draft): return try Harness(draft)
        case .failure(let errors): throw errors
        }
    }

    /// The kit's payloads, harmful and harmless, and what the vectors of @rx look at, each once, up to a length.
    static func values() throws -> [[UInt8]] {
        let path = "\(ConformanceKit.folder ?? "")/libinjection/verdicts.tsv"
        let table = try String(contentsOfFile: path, encoding: .utf8)
        let payloads = table.split(separator: "\n").dropFirst().map { line in
            bytes(hex: line.split(separator: "\t", omittingEmptySubsequences: false)[1])
        }
        let subjects = try ConformanceKit.rows("operators/rx.json").map { $0.bytes("input_b64") }
        var seen: Set<[UInt8]> = []
        return (payloads + subjects).filter { $0.count <= 400 && seen.insert($0).inserted }
    }

    private static func bytes(hex: Substring) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).map { index in
            (ASCII.hexValue(digits[index]) ?? 0) << 4 | (ASCII.hexValue(digits[index + 1]) ?? 0)
        }
    }

    /// The value in a field, a cookie, a header, a file's name and JSON.
    static func requests(_ value: [UInt8]) -> [TestRequest] {
        let encoded = value.map { String(format: "%%%02X", $0) }.joined()
        var form = TestRequest(form: "a=1&b=\(encoded)&b=\(encoded)&\(encoded)=c")
        form.target = "/shop/\(encoded)?q=\(encoded)"
        var fields = TestRequest("/")
        let line = value.filter { $0 >= 0x20 }
        fields.headers += [("Cookie", Array("s=".utf8) + line), ("User-Agent", line), ("X-Note", line)]
        var json = TestRequest("/")
        json.method = "POST"
        json.headers.append(("Content-Type", Array("application/json".utf8)))
        let text = value.map { String(format: "\\u%04x", $0) }.joined()
        json.body = Array("{\"k\":\"\(text)\",\"l\":[1,\"\(text)\"]}".utf8)
        return [form, fields, json]
    }

    @Test func sameLogs() throws {
        let gated = try Self.harness()
        let plain = try Self.harness()
        plain.scratch.usesGates = false
        let values = try Self.values()
        var (sent, lines) = (0, 0)
        var differences: [String] = []
        for value in values {
            for request in Self.requests(value) {
                let left = gated.send(request)
                let right = plain.send(request)
                sent += 1
                lines += left.matches.count
                guard left.log != right.log || left.verdict != right.verdict else { continue }
                differences.append("\(request.target) \(String(decoding: value, as: UTF8.self))")
            }
        }
        print("gates: \(sent) requests, \(lines) lines of matched rules")
        #expect(differences.prefix(5) == [])
        #expect(sent == 3 * values.count && values.count > 3_000 && lines > 50_000)
    }
}
