// ctl: what its values compile to, and what is refused.

import RuleStore
import Testing

@testable import SecLang

@Suite("ctl") struct ControlTests {
    struct Row: CustomTestStringConvertible {
        var text: String
        var want: [ControlDraft]
        var testDescription: String { text }
    }

    static let password = TargetDraft(variable: .args, selector: .key(Array("pw".utf8)))

    static let rows: [Row] = [
        Row(text: "ruleEngine=off", want: [.ruleEngine(.off)]),
        Row(text: "ruleEngine=DetectionOnly", want: [.ruleEngine(.detectionOnly)]),
        Row(text: "auditEngine=RelevantOnly", want: [.auditEngine(.relevantOnly)]),
        Row(text: "auditLogParts=+E", want: [.auditLogParts(.add, AuditParts(rawValue: 1 << 4))]),
        Row(text: "auditLogParts=-C", want: [.auditLogParts(.remove, AuditParts(rawValue: 1 << 2))]),
        Row(text: "auditLogParts=AZ", want: [.auditLogParts(.replace, AuditParts(rawValue: 1 | 1 << 25))]),
        Row(text: "requestBodyAccess=On", want: [.requestBodyAccess(true)]),
        Row(text: "responseBodyAccess=Off", want: [.responseBodyAccess(false)]),
        Row(text: "forceRequestBodyVariable=on", want: [.forceRequestBodyVariable(true)]),
        Row(text: "requestBodyProcessor=xml", want: [.requestBodyProcessor(.xml)]),
        Row(text: "requestBodyLimit=1", want: [.requestBodyLimit(1)]),
        Row(text: "requestBodyLimit=1073741824", want: [.requestBodyLimit(1 << 30)]),
        Row(text: "responseBodyLimit=9", want: [.responseBodyLimit(9)]),
        Row(text: "debugLogLevel=4", want: [.debugLogLevel(4)]),
        Row(text: "ruleRemoveById=1-3", want: [.removeRules(selection: 0)]),
        Row(text: "ruleRemoveByTag=^attack", want: [.removeRules(selection: 0)]),
        Row(text: "ruleRemoveByMsg=SQL", want: [.removeRules(selection: 0)]),
        Row(text: "ruleRemoveTargetById=1;ARGS:pw", want: [.removeTarget(selection: 0, password)]),
        Row(
            text: "ruleRemoveTargetByTag=a;ARGS",
            want: [.removeTarget(selection: 0, TargetDraft(variable: .args))]),
        Row(
            text: "ruleRemoveTargetByMsg=a;ARGS:/^p/",
            want: [
                .removeTarget(
                    selection: 0, TargetDraft(variable: .args, selector: .pattern(program: 0)))
            ]),
        Row(
            text: "ruleRemoveTargetById=1;XML:/*",
            want: [
                .removeTarget(
                    selection: 0, TargetDraft(variable: .xml, selector: .path(Array("/*".utf8))))
            ]),
    ]

    @Test(arguments: rows) func compiles(_ row: Row) throws {
        let draft = try rule("SecAction \"id:1,ctl:'\(row.text)'\"")
        #expect(draft.actions == row.want.map(ActionDraft.control))
    }

    static let refusals: [(String, String)] = [
        ("ruleEngine=Maybe", "invalid value `Maybe` of ruleEngine, expected On, Off or DetectionOnly"),
        ("ruleEngine", "invalid value `ruleEngine` of ctl, expected name=value"),
        ("ruleEngin=On", "unknown control `ruleEngin`, did you mean `ruleEngine`?"),
        (
            "requestBodyProcessor=TOML",
            "invalid value `TOML` of requestBodyProcessor, expected URLENCODED, MULTIPART, JSON or XML"
        ),
        (
            "requestBodyLimit=1073741825",
            "invalid value `1073741825` of requestBodyLimit, expected 1 to 1073741824 bytes"
        ),
        (
            "auditLogParts=+Q",
            "invalid value `+Q` of auditLogParts, expected letters A to K and Z, behind + or - or alone"
        ),
        ("ruleRemoveTargetById=1", "invalid value `1` of ruleRemoveTargetById, expected rules;variable"),
        (
            "ruleRemoveById=x",
            "invalid value `x` of ruleRemoveById, expected an id or a range such as 1000-1999"
        ),
        ("ruleRemoveByTag=(", "invalid pattern: missing closing parenthesis"),
        ("hashEngine=On", "control `hashEngine` is not supported: wafd signs no links"),
    ]

    @Test(arguments: refusals) func refuses(_ text: String, _ reason: String) {
        let found = errors("SecAction \"id:1,ctl:'\(text)'\"")
        #expect(found.count == 1 && found[0].hasSuffix("error: \(reason)"), "\(found)")
    }

    static let rulesText = """
        SecRule ARGS x "id:1,tag:'attack-sqli',msg:'One'"
        SecRule ARGS x "id:2,tag:'attack-xss',msg:'Two',chain"
        SecRule ARGS y
        SecMarker M
        SecAction "id:3,msg:'Three'"
        """

    /// Selections are worked out when all rules are known, whole chains at a time.
    @Test(arguments: [
        ("ruleRemoveById=2", [2..<4]), ("ruleRemoveById=1-2", [1..<4]),
        ("ruleRemoveById=1 3", [1..<2, 5..<6]),
        ("ruleRemoveByTag=xss$", [2..<4]), ("ruleRemoveByTag=attack", [1..<4]),
        ("ruleRemoveByMsg=T", [2..<4, 5..<6]), ("ruleRemoveById=99", []),
    ]) func selects(_ control: String, _ want: [Range<Int>]) throws {
        let draft = try draft("SecAction \"id:9,ctl:'\(control)'\"\n" + Self.rulesText)
        #expect(draft.selections == [want])
    }
}
