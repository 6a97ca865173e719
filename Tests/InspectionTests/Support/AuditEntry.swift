// The audit entry of one request, read by a parser that is not ours.

import Bytes
import Foundation
import Inspection
import RuleStore

struct AuditEntry {
    /// The line as it is written.
    var line: String
    var transaction: [String: Any]

    /// nil when the request gets none.
    ///
    /// - Parameter status: What the client was sent; nil: as the verdict says.
    init?(
        _ rules: String, _ request: TestRequest = TestRequest(), mode: EngineSettings.AuditMode = .relevantOnly,
        status: Int? = nil, limits: InspectionLimits = InspectionLimits()
    ) throws {
        let harness = try Harness(try compiled(rules), limits: limits)
        harness.auditMode = harness.rules.view.auditMode ?? mode
        let verdict = harness.send(request).verdict
        let sent = status ?? (verdict.action.isInterception ? verdict.status : request.status)
        guard harness.transaction.wantsAuditEntry(status: sent) else { return nil }
        var json = JSONWriter()
        harness.transaction.appendAuditEntry(AuditOutcome(status: sent), to: &json)
        try self.init(json.view)
    }

    init(_ json: ByteView) throws {
        line = json.string
        let object = try JSONSerialization.jsonObject(with: Data(json.array))
        transaction = (object as? [String: Any])?["transaction"] as? [String: Any] ?? [:]
    }

    subscript(path: String) -> Any? {
        var value: Any? = transaction
        for name in path.split(separator: ".") {
            if let index = Int(name) {
                let list = value as? [Any] ?? []
                value = list.indices.contains(index) ? list[index] : nil
            } else {
                value = (value as? [String: Any])?[String(name)]
            }
        }
        return value
    }

    func text(_ path: String) -> String? { self[path] as? String }
    func count(_ path: String) -> Int? { (self[path] as? [Any])?.count }
}
