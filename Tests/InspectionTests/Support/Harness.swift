// A rule set and a transaction over it.

import Automata
import Bytes
import Foundation
import Inspection
import RuleStore
import SharedDictionary

/// A request as a test writes it.
struct TestRequest {
    var method = "GET"
    var target = "/"
    var headers: [(name: String, value: [UInt8])] = [("Host", Array("localhost".utf8))]
    var body: [UInt8]?
    var remoteAddress = "127.0.0.1"
    var status = 200
    var responseHeaders: [(name: String, value: [UInt8])] = []
    var responseBody: [UInt8]?

    init(_ target: String = "/") { self.target = target }

    init(form: String) {
        method = "POST"
        headers.append(("Content-Type", Array("application/x-www-form-urlencoded".utf8)))
        body = Array(form.utf8)
    }
}

/// What came of a request.
struct TestOutcome {
    var verdict: Verdict
    var log: String

    /// Rule id and msg of each line, in order, msg as escaped.
    var matches: [String] {
        log.split(separator: "\n").map { line in
            "\(Self.field("id", in: line) ?? "?") \(Self.field("msg", in: line) ?? "")"
        }
    }

    static func field(_ name: String, in line: Substring) -> String? {
        guard let start = line.range(of: "[\(name) \"") else { return nil }
        var text = ""
        var isEscaped = false
        for character in line[start.upperBound...] {
            if character == "\"", !isEscaped { return text }
            isEscaped = character == "\\" && !isEscaped
            text.append(character)
        }
        return nil
    }
}

/// What several harnesses share, as workers do.
final class SharedRecords {
    private let file: TableFile
    private var writers = 0

    init() throws {
        file = try TableFile(bytes: 1 << 20, shape: .texts, writerCount: 16, seed: .random())
    }

    /// Another worker's view.
    func table() throws -> EntryTable {
        writers += 1
        return try EntryTable(descriptor: file.descriptor, writer: writers - 1)
    }
}

/// Runs requests against one rule set, all phases.
final class Harness {
    private var blob = ByteBuffer()
    private let arena = Arena()
    let rules: RuleSet
    let transaction: Transaction
    let scratch: EvaluationScratch
    /// As a gateway says for a location with an audit log; nil: it has none.
    var auditMode: EngineSettings.AuditMode?
    /// As a gateway says for rules with SecDebugLog.
    var hasDebugLog = false

    init(
        _ draft: RuleSetDraft, limits: InspectionLimits = InspectionLimits(), records: SharedRecords? = nil,
        backtrackingLimits: BacktrackingLimits = BacktrackingLimits()
    ) throws {
        blob.append(contentsOf: RuleSetEncoder.encode(draft))
        rules = try RuleSet(validating: blob.view)
        scratch = EvaluationScratch(matcher: PatternMatcher(), backtrackingLimits: backtrackingLimits)
        scratch.records = try (records ?? SharedRecords()).table()
        scratch.clock = EngineClock(unixMicroseconds: 1_700_000_000_000_000, localOffsetSeconds: 7_200)
        transaction = Transaction(scratch: scratch, limits: limits)
    }

    /// Lets time pass.
    func wait(seconds: Int) { scratch.clock.unixMicroseconds += seconds * 1_000_000 }

    func view(_ bytes: [UInt8]) -> ByteView {
        arena.fill(upTo: bytes.count) { output in for byte in bytes { output.append(byte) } }
    }

    func view(_ text: String) -> ByteView { view(Array(text.utf8)) }

    func facts(remoteAddress: String = "127.0.0.1") -> ConnectionFacts {
        ConnectionFacts(
            remoteAddress: view(remoteAddress), remotePort: 50_000, serverAddress: view("127.0.0.2"),
            serverPort: 8_080, serverName: view("localhost"), uniqueID: view("unique-0001"))
    }

    func begin(_ request: TestRequest, isDetectOnly: Bool = false) {
        transaction.begin(
            rules: rules, isDetectOnly: isDetectOnly,
            connection: facts(remoteAddress: request.remoteAddress), auditMode: auditMode,
            hasDebugLog: hasDebugLog)
        transaction.setRequestLine(
            line: view("\(request.method) \(request.target) HTTP/1.1"), method: view(request.method),
            target: view(request.target), protocolText: view("HTTP/1.1"))
        for header in request.headers {
            transaction.addRequestHeader(name: view(header.name), value: view(header.value))
        }
    }

    /// Phases 1 to 5 as a gateway runs them; the verdict is the last of phases 1 to 4.
    func send(_ request: TestRequest, isDetectOnly: Bool = false) -> TestOutcome {
        begin(request, isDetectOnly: isDetectOnly)
        var verdict = transaction.evaluateRequestHeaders()
        if !verdict.action.isInterception {
            let body = transaction.needsRequestBody ? request.body.map { view($0) } : nil
            verdict = transaction.evaluateRequestBody(body, isTruncated: false)
        }
        if !verdict.action.isInterception {
            transaction.setResponse(status: request.status, protocolText: view("HTTP/1.1"))
            for header in request.responseHeaders {
                transaction.addResponseHeader(name: view(header.name), value: view(header.value))
            }
            verdict = transaction.evaluateResponseHeaders()
        }
        if !verdict.action.isInterception {
            let type = request.responseHeaders.first { $0.name.lowercased() == "content-type" }
            let isHeld = transaction.needsResponseBody(contentType: view(type?.value ?? []))
            verdict = transaction.evaluateResponseBody(
                isHeld ? request.responseBody.map { view($0) } : nil, isTruncated: false)
        }
        transaction.evaluateLogging()
        return TestOutcome(verdict: verdict, log: takeLog())
    }

    func takeLog() -> String {
        let text = transaction.log.view.string
        transaction.log.removeAll(keepingCapacity: true)
        return text
    }
}
