// One case of ModSecurity 3's engine tests: rules, an exchange, and what is to come of them.

import Foundation
import Testing

struct RegressionCase: Sendable, CustomTestStringConvertible {
    var name = ""
    var rules = ""
    /// What the engine has to be built with: `lua`, `geoip`, …
    var resource: String?

    var clientAddress = "127.0.0.1"
    var clientPort = 0
    var serverAddress = "127.0.0.1"
    var serverPort = 0
    var serverName = ""

    var method = "GET"
    var uri = "/"
    var version = "1.1"
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var responseVersion = "HTTP/1.1"
    var responseHeaders: [(name: String, value: String)] = []
    var responseBody: [UInt8] = []

    /// The status of the last intervention; nil where the case names none, which means 200.
    var status: Int?
    /// A pattern for the error that the rules do not load with.
    var loadError: String?
    /// A pattern for the matched-rule lines; nil where there is none or it is empty.
    var errorLog: String?
    var debugLog: String?

    var testDescription: String { name }

    init(_ json: OrderedJSON) {
        name = json["kit_id"]?.text ?? ""
        resource = json["resource"]?.text
        rules = (json["rules"]?.items ?? []).compactMap(\.text).joined(separator: "\n") + "\n"
        if let client = json["client"] {
            clientAddress = client["ip"]?.text ?? clientAddress
            clientPort = Int(client["port"]?.number ?? 0)
        }
        if let server = json["server"] {
            serverAddress = server["ip"]?.text ?? serverAddress
            serverPort = Int(server["port"]?.number ?? 0)
            serverName = server["hostname"]?.text ?? ""
        }
        if let request = json["request"] {
            method = request["method"]?.text ?? method
            uri = request["uri"]?.text ?? uri
            if let number = request["http_version"]?.number { version = Self.text(number) }
            headers = Self.fields(request["headers"])
            body = Self.content(request["body"])
        }
        if let response = json["response"] {
            responseHeaders = Self.fields(response["headers"])
            responseBody = Self.content(response["body"])
            responseVersion = response["protocol"]?.text ?? responseVersion
        }
        let expected = json["expected"]
        status = expected?["http_code"]?.number.map { Int($0) }
        loadError = expected?["parser_error"]?.text
        errorLog = expected?["error_log"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        debugLog = expected?["debug_log"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func text(_ version: Double) -> String {
        version == version.rounded() ? "\(Int(version)).0" : "\(version)"
    }

    private static func fields(_ json: OrderedJSON?) -> [(name: String, value: String)] {
        (json?.members ?? []).map { ($0.name, $0.value.text ?? "") }
    }

    /// Lines, each ended by LF; a text as it stands.
    private static func content(_ json: OrderedJSON?) -> [UInt8] {
        if let text = json?.text { return Array(text.utf8) }
        return (json?.items ?? []).flatMap { Array(($0.text ?? "").utf8) + [0x0A] }
    }

    /// All enabled cases of the kit, in the order of its files.
    static func all() throws -> [RegressionCase] {
        let folder = (ConformanceKit.folder ?? "") + "/modsec-regression"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        return try files.sorted().flatMap { file in
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)")))
            return (OrderedJSON(parsing: bytes).items ?? [])
                .filter { $0["enabled"]?.number == 1 }.map(RegressionCase.init)
        }
    }
}
