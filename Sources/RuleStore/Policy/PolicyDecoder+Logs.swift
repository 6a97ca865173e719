// Bytes to log targets and formats.

internal import Bytes

extension PolicyDecoder {
    static func auditLog(_ reader: inout PolicyReader) throws(PolicyError) -> AuditLogTarget {
        let tag: PolicyFormat.AuditLogTag = try reader.tag("auditLog")
        return switch tag {
        case .none: .none
        case .off: .off
        case .directive: .directive(path: try reader.text("auditLog.path"))
        case .rules: .rules(path: try reader.text("auditLog.path"))
        }
    }

    static func logFormat(_ reader: inout PolicyReader) throws(PolicyError) -> LogFormat {
        let escaping: LogFormat.Escaping = try reader.tag("logFormat.escaping")
        let parts = try reader.list(leastBytes: 2) { (reader) throws(PolicyError) -> LogFormat.Part in
            let tag: PolicyFormat.LogPartTag = try reader.tag("logFormat.part")
            return switch tag {
            case .literal: .literal(try reader.text("logFormat.literal"))
            case .template: .variable(.template(try variable(&reader)))
            case .sentField: .variable(.sentField(try reader.text("logFormat.sentField")))
            case .known: .variable(.known(try reader.tag("logFormat.variable")))
            }
        }
        return LogFormat(parts: parts, escaping: escaping)
    }
}
