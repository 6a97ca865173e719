// Directives that change or take away rules loaded before.

import RuleStore
import Testing

@testable import SecLang

@Suite("SecRuleUpdate and SecRuleRemove") struct UpdateTests {
    static let text = """
        SecRule ARGS|REQUEST_HEADERS:Referer x "id:1,phase:1,deny,tag:'attack-sqli',msg:'First rule',t:lowercase"
        SecRule ARGS x "id:2,pass,tag:'attack-xss',msg:'Second',chain"
        SecRule REQUEST_METHOD x
        SecMarker M

        """

    static func targets(_ directives: String, rule: Int = 0) throws -> [String] {
        try draft(text + directives).rules[rule].targets.map { target in
            let name = (target.isExcluded ? "!" : "") + target.variable.spelling
            switch target.selector {
            case .all: return name
            case .key(let key): return "\(name):\(String(decoding: key, as: UTF8.self))"
            case .pattern: return "\(name):/…/"
            case .path(let path): return "\(name):\(String(decoding: path, as: UTF8.self))"
            }
        }
    }

    static let updates: [(String, [String])] = [
        ("SecRuleUpdateTargetById 1 !ARGS:a", ["ARGS", "REQUEST_HEADERS:Referer", "!ARGS:a"]),
        ("SecRuleUpdateTargetById 1 \"!ARGS:/^a|b/\"", ["ARGS", "REQUEST_HEADERS:Referer", "!ARGS:/…/"]),
        ("SecRuleUpdateTargetById 1-2 ARGS|FILES", ["ARGS", "REQUEST_HEADERS:Referer", "FILES"]),
        ("SecRuleUpdateTargetById 1 \"FILES|XML:/*\" ARGS", ["REQUEST_HEADERS:Referer", "FILES", "XML:/*"]),
        ("SecRuleUpdateTargetById 1 FILES ARGS_NAMES", ["ARGS", "REQUEST_HEADERS:Referer"]),
        ("SecRuleUpdateTargetByTag sqli !ARGS:a", ["ARGS", "REQUEST_HEADERS:Referer", "!ARGS:a"]),
        ("SecRuleUpdateTargetByTag xss !ARGS:a", ["ARGS", "REQUEST_HEADERS:Referer"]),
        ("SecRuleUpdateTargetByMsg \"^First rule$\" FILES", ["ARGS", "REQUEST_HEADERS:Referer", "FILES"]),
        ("SecRuleUpdateTargetById 99 FILES", ["ARGS", "REQUEST_HEADERS:Referer"]),
    ]

    @Test(arguments: updates) func firstRule(_ directive: String, _ want: [String]) throws {
        #expect(try Self.targets(directive) == want)
    }

    /// A chain's first rule is meant unless a link is named.
    @Test func links() throws {
        #expect(try Self.targets("SecRuleUpdateTargetById 2 FILES", rule: 2) == ["REQUEST_METHOD"])
        #expect(
            try Self.targets("SecRuleUpdateTargetById 2:1 FILES", rule: 2) == ["REQUEST_METHOD", "FILES"])
        #expect(try Self.targets("SecRuleUpdateTargetById 2:2 FILES", rule: 2) == ["REQUEST_METHOD"])
    }

    @Test func actions() throws {
        let rules = try draft(
            Self.text
                + "SecRuleUpdateActionById 1 \"pass,t:none,t:urlDecode,tag:'more',severity:3,status:401\"\n"
        ).rules
        #expect(rules[0].disruption == .pass && rules[0].status == 401 && rules[0].severity == 3)
        #expect(rules[0].transformations == [.urlDecode])
        #expect(rules[0].tags.count == 2 && rules[0].id == 1 && rules[0].phase == 1)
    }

    /// `block` is what the defaults of the phase say, not what the rule said before.
    @Test func blockInAnUpdate() throws {
        let rules = try draft(Self.text + "SecRuleUpdateActionById 1 block\n").rules
        #expect(rules[0].disruption == .pass)
    }

    @Test(arguments: [
        ("SecRuleUpdateActionById 1 id:2", "action `id` can not be changed by an update"),
        ("SecRuleUpdateActionById 1 phase:2", "action `phase` can not be changed by an update"),
        ("SecRuleUpdateActionById 1 chain", "action `chain` can not be changed by an update"),
        ("SecRuleUpdateActionById 2:1 deny", "action `deny` may only stand on the first rule of a chain"),
        (
            "SecRuleUpdateTargetById x ARGS",
            "invalid value `x` of SecRuleUpdateTargetById, expected an id or a range such as 1000-1999"
        ),
        (
            "SecRuleUpdateTargetById 1:x ARGS",
            "invalid value `x` of SecRuleUpdateTargetById, expected the number of a link, 0 for the first rule"
        ),
        ("SecRuleUpdateTargetByTag ( ARGS", "invalid pattern: missing closing parenthesis"),
        ("SecRuleRemoveByTag [", "invalid pattern: missing terminating ] for character class"),
    ]) func refusals(_ directive: String, _ reason: String) {
        let found = errors(Self.text + directive)
        #expect(found.count == 1 && found[0].contains("error: \(reason)"), "\(found)")
    }

    @Test(arguments: [
        ("SecRuleRemoveByTag attack-", [0] as [UInt32]), ("SecRuleRemoveByTag sqli", [2, 0, 0]),
        ("SecRuleRemoveByMsg ^Second", [1, 0]), ("SecRuleRemoveById 2", [1, 0]),
        ("SecRuleRemoveById 1 2", [0]),
    ]) func removals(_ directive: String, _ want: [UInt32]) throws {
        #expect(try draft(Self.text + directive).rules.map(\.id) == want)
    }
}
