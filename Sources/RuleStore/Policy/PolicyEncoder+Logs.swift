// Log targets and formats to bytes.

extension PolicyEncoder {
    mutating func append(_ target: AuditLogTarget) {
        switch target {
        case .none: append(PolicyFormat.AuditLogTag.none.rawValue)
        case .off: append(PolicyFormat.AuditLogTag.off.rawValue)
        case .directive(let path): append(PolicyFormat.AuditLogTag.directive.rawValue, path)
        case .rules(let path): append(PolicyFormat.AuditLogTag.rules.rawValue, path)
        }
    }

    mutating func append(_ format: LogFormat) {
        append(format.escaping.rawValue)
        append(all: format.parts) { encoder, part in
            switch part {
            case .literal(let text): encoder.append(PolicyFormat.LogPartTag.literal.rawValue, text)
            case .variable(.template(let variable)):
                encoder.append(PolicyFormat.LogPartTag.template.rawValue)
                encoder.append(variable)
            case .variable(.sentField(let name)):
                encoder.append(PolicyFormat.LogPartTag.sentField.rawValue, name)
            case .variable(.known(let variable)):
                encoder.append(PolicyFormat.LogPartTag.known.rawValue)
                encoder.append(variable.rawValue)
            }
        }
    }
}
