// Actions of the store as rule text has them.

internal import Bytes
package import RuleStore

extension RuleSetView {
    func spelling(of action: ActionRecord) -> String {
        switch action {
        case .assign(let assignment): spelling(of: assignment)
        case .openCollection(.session, let key, isOfApplication: true): "setsid:\(text(key))"
        case .openCollection(.user, let key, isOfApplication: true): "setuid:\(text(key))"
        case .openCollection(.resource, let key, isOfApplication: true): "setrsc:\(text(key))"
        case .openCollection(let collection, let key, _):
            "initcol:\(collection.spelling.lowercased())=\(text(key))"
        case .age(let kind, let collection, let name, let value):
            (kind == .expire ? "expirevar:" : "deprecatevar:")
                + "\(collection.spelling.lowercased()).\(text(name))=\(text(value))"
        case .control(let control): "ctl:" + spelling(of: control)
        case .inject(let place, let text): (place == .before ? "prepend:" : "append:") + self.text(text)
        case .pause(let text): "pause:\(self.text(text))"
        case .sanitise(let subject, let name): spelling(of: subject, name: text(name))
        }
    }

    private func spelling(of assignment: AssignmentRecord) -> String {
        let name = text(assignment.name)
        let value = text(assignment.value)
        let member =
            assignment.collection == .environment
            ? "setenv:\(name)" : "\(assignment.collection.spelling.lowercased()).\(name)"
        let verb = assignment.collection == .environment ? "" : "setvar:"
        return switch assignment.kind {
        case .set: "\(verb)\(member)=\(value)"
        case .add: "\(verb)\(member)=+\(value)"
        case .subtract: "\(verb)\(member)=-\(value)"
        case .remove: "setvar:!\(member)"
        }
    }

    private func spelling(of subject: SanitiseSubject, name: String) -> String {
        switch subject {
        case .argument: "sanitiseArg:\(name)"
        case .requestHeader: "sanitiseRequestHeader:\(name)"
        case .responseHeader: "sanitiseResponseHeader:\(name)"
        case .matched: "sanitiseMatched"
        case .matchedBytes: "sanitiseMatchedBytes"
        }
    }

    private func spelling(of control: ControlRecord) -> String {
        func word(_ isOn: Bool) -> String { isOn ? "On" : "Off" }
        return switch control {
        case .ruleEngine(let mode): "ruleEngine=\(mode.spelling)"
        case .auditEngine(let mode): "auditEngine=\(mode.spelling)"
        case .auditLogParts(let change, let parts): "auditLogParts=\(change.sign)\(parts.letters)"
        case .requestBodyAccess(let isOn): "requestBodyAccess=\(word(isOn))"
        case .responseBodyAccess(let isOn): "responseBodyAccess=\(word(isOn))"
        case .forceRequestBodyVariable(let isOn): "forceRequestBodyVariable=\(word(isOn))"
        case .requestBodyProcessor(let name): "requestBodyProcessor=\(name.spelling)"
        case .requestBodyLimit(let bytes): "requestBodyLimit=\(bytes)"
        case .responseBodyLimit(let bytes): "responseBodyLimit=\(bytes)"
        case .debugLogLevel(let level): "debugLogLevel=\(level)"
        case .removeRules(let selection): "ruleRemove (\(spelling(ofSelection: selection)))"
        case .removeTarget(let selection, let target):
            "ruleRemoveTarget \(spelling(of: self.target(target))) (\(spelling(ofSelection: selection)))"
        }
    }
}

extension EngineSettings.Mode {
    package var spelling: String {
        switch self {
        case .off: "Off"
        case .detectionOnly: "DetectionOnly"
        case .on: "On"
        }
    }
}

extension EngineSettings.AuditMode {
    var spelling: String {
        switch self {
        case .off: "Off"
        case .relevantOnly: "RelevantOnly"
        case .on: "On"
        }
    }
}

extension AuditPartsChange {
    var sign: String {
        switch self {
        case .replace: ""
        case .add: "+"
        case .remove: "-"
        }
    }
}

extension AuditParts {
    var letters: String {
        String(
            String.UnicodeScalarView(
                (UInt8(0)..<26).filter { rawValue & 1 << UInt32($0) != 0 }.map { UnicodeScalar(0x41 + $0) }))
    }
}
