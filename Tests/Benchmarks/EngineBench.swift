// One engine with a rule set, and the requests that go through it.

import Automata
import Bytes
import Foundation
import Inspection
import RuleStore
import SecLang

/// Bytes that stay where they are for the life of the process.
func lasting(_ bytes: [UInt8]) -> ByteView {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 64)
    unsafe copy.copyBytes(from: bytes)
    return unsafe ByteView(unowned: UnsafeRawBufferPointer(rebasing: copy[..<bytes.count]))
}

/// The rule engine without a server.
final class EngineBench {
    let rules: RuleSet
    let blobBytes: Int
    let matcher = PatternMatcher()
    let scratch: EvaluationScratch
    private let transaction: Transaction
    /// Matched-rule lines of the last request.
    private(set) var log = ""

    init(files: [String], extra: String) throws {
        let reader = BenchReader(extra: extra)
        switch RuleCompiler.compile(files: files, reader: reader) {
        case .success(let draft):
            let bytes = RuleSetEncoder.encode(draft)
            blobBytes = bytes.count
            rules = try RuleSet(validating: lasting(bytes))
        case .failure(let errors):
            for error in errors.errors { print(error) }
            throw CocoaError(.fileReadCorruptFile)
        }
        scratch = EvaluationScratch(matcher: matcher)
        transaction = Transaction(scratch: scratch)
    }

    /// A request whose bytes stay.
    struct Prepared {
        var line, method, target: ByteView
        var fields: [(ByteView, ByteView)]
        var body: ByteView?

        init(_ request: MixedRequest) {
            line = lasting(Array("\(request.method) \(request.target) HTTP/1.1".utf8))
            method = lasting(Array(request.method.utf8))
            target = lasting(Array(request.target.utf8))
            fields = request.fields.map { (lasting(Array($0.name.utf8)), lasting(Array($0.value.utf8))) }
            body = request.body.isEmpty ? nil : lasting(request.body)
        }
    }

    private let facts = ConnectionFacts(
        remoteAddress: ByteView("127.0.0.1"), remotePort: 40_000, serverAddress: ByteView("127.0.0.1"), serverPort: 80,
        serverName: ByteView("shop.example.test"), uniqueID: ByteView("0123456789"))

    func run(_ request: Prepared, keepsLog: Bool = false) {
        transaction.begin(rules: rules, isDetectOnly: false, connection: facts)
        transaction.setRequestLine(
            line: request.line, method: request.method, target: request.target, protocolText: ByteView("HTTP/1.1"))
        for (name, value) in request.fields { transaction.addRequestHeader(name: name, value: value) }
        var verdict = transaction.evaluateRequestHeaders()
        if verdict.action == .pass {
            verdict = transaction.evaluateRequestBody(request.body, isTruncated: false)
        }
        if verdict.action == .pass {
            transaction.setResponse(status: 200, protocolText: ByteView("HTTP/1.1"))
            transaction.addResponseHeader(name: ByteView("Content-Type"), value: ByteView("text/plain"))
            transaction.addResponseHeader(name: ByteView("Content-Length"), value: ByteView("512"))
            verdict = transaction.evaluateResponseHeaders()
            if verdict.action == .pass { verdict = transaction.evaluateResponseBody(nil, isTruncated: false) }
        }
        transaction.evaluateLogging()
        if keepsLog { log = transaction.log.view.string + "\(verdict.action) \(verdict.status) \(verdict.ruleID)" }
        transaction.log.removeAll(keepingCapacity: true)
        transaction.end()
    }
}

/// Files of the rule set, and one text of the benchmark's own under `/extra.conf`.
struct BenchReader: RuleFileReader {
    let extra: String
    private let files = FileSystemReader()

    func read(_ path: String) -> [UInt8]? { path == "/extra.conf" ? Array(extra.utf8) : files.read(path) }
    func glob(_ pattern: String) -> [String] { files.glob(pattern) }
}
