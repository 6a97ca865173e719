// What `rules list` and `rules show` print.

import Reports
import RuleStore
import Testing

@Suite("Rules for people") struct RuleTextTests {
    static let text = #"""
        SecDefaultAction "phase:2,log,deny,status:406"
        SecAction "id:900,phase:1,nolog,pass,setvar:tx.limit=4"
        SecRule ARGS|REQUEST_COOKIES|!REQUEST_COOKIES:/^_ga/ "@rx (?i)\bselect\b(x)?" "id:1101,phase:2,block,\
            t:none,t:urlDecodeUni,t:lowercase,capture,msg:'found %{TX.0}',logdata:'in %{MATCHED_VAR_NAME}',\
            tag:'sqli',tag:'OWASP_CRS',severity:CRITICAL,ver:'v1',skipAfter:END,\
            setvar:'tx.score=+%{tx.limit}',ctl:ruleRemoveTargetById=1102;ARGS:a"
        SecRule &TX:limit "!@eq 4" "id:1102,phase:2,block,t:none,chain"
            SecRule REQUEST_HEADERS:User-Agent "@pm curl wget" "t:none,t:urlDecodeUni,setvar:!tx.limit"
        SecMarker END
        SecRuleUpdateTargetById 1102 "!TX:other"
        """#

    /// Kept, as views of it do not keep it.
    static let compiled = Result { try CompiledRules(text) }

    @Test func aList() throws {
        let view = try Self.compiled.get().view
        #expect(
            RuleText.list(view.starters.map { view.summary(ofRule: $0) }) == """
                  id  phase  severity  links  where      message        tags
                 900      1  -             1  /r.conf:2  -
                1101      2  CRITICAL      1  /r.conf:3  found %{TX.0}  sqli, OWASP_CRS
                1102      2  -             2  /r.conf:7  -
                """)
    }

    @Test func aRule() throws {
        let view = try Self.compiled.get().view
        let page = RuleText.page(try #require(view.description(ofID: 1101)))
        let facts = try #require(view.description(ofID: 1101)?.links[0].test?.program)
        let gate = try #require(view.description(ofID: 1101)?.plans[0].gate)
        #expect(gate.minimumBytes == 6 && !gate.classes.isEmpty && gate.classes.allSatisfy { 1...255 ~= $0 })
        let classes = gate.classes.map(String.init).joined(separator: ", ")
        #expect(
            page == """
                rule 1101, phase 2, /r.conf:3
                  message         found %{TX.0}
                  log data        in %{MATCHED_VAR_NAME}
                  severity        CRITICAL
                  version         v1
                  tags            sqli, OWASP_CRS
                  disruption      deny with status 406
                  logs            log, auditlog
                  walked by       phase 2, as 1 of 2, a match ends it
                                  messages from the client, as 1 of 2, a match ends it
                  gate            at least 6 bytes, a byte of each class of \(classes) bytes, \
                a pair of bytes of \(gate.pairSets) sets

                  targets         ARGS, REQUEST_COOKIES
                  exclusions      REQUEST_COOKIES:/#\(view.selectorNumber)/
                  operator        @rx (?i)\\bselect\\b(x)?
                  program         #\(facts.number), pattern, \(facts.bytes) bytes, \
                \(facts.instructions ?? 0) instructions, \(facts.byteClasses ?? 0) byte classes, 1 group
                  match begins    with one of 2 bytes
                  transformations urlDecodeUni (node 1), lowercase (node 2)
                  captures        to TX.0 and its groups to TX.1 ...
                  actions         setvar:tx.score=+%{TX.limit}
                                  ctl:ruleRemoveTarget ARGS:a (1 rule: 1102)
                """)
        #expect(facts.bytes > 0 && facts.instructions ?? 0 > 0 && facts.byteClasses ?? 0 > 0)
    }

    @Test func aChain() throws {
        let view = try Self.compiled.get().view
        let page = RuleText.page(try #require(view.description(ofID: 1102)))
        #expect(
            page.contains(
                """
                  link 1 of 2, /r.conf:7
                  targets         &TX:limit
                  exclusions      TX:other
                  operator        !@eq 4
                  transformations none

                  link 2 of 2, /r.conf:8
                  targets         REQUEST_HEADERS:User-Agent
                  operator        @pm curl wget
                """))
        #expect(page.contains("phrases, ") && page.contains("2 phrases"))
        // The same beginning of a list is the same node.
        #expect(page.contains("  transformations urlDecodeUni (node 1)"))
        #expect(page.contains("setvar:!tx.limit"))
    }

    @Test func anAction() throws {
        let view = try Self.compiled.get().view
        let page = RuleText.page(try #require(view.description(ofID: 900)))
        #expect(page.contains("operator        none: a SecAction always matches"))
        #expect(page.contains("disruption      pass\n  logs            nolog, noauditlog"))
    }

    @Test func totals() throws {
        let rules = try CompiledRules(Self.text + "\nSecRule ARGS \"@rx (a)\\1\" \"id:5,phase:2,pass\"\n")
        let totals = RuleSetTotals(rules.view, bytes: rules.byteCount)
        #expect(
            totals.text == """
                3 rules, 1 action, 1 chain, 1 marker
                4 programs: 2 patterns, 1 that needs backtracking
                \(rules.byteCount) bytes compiled
                """)
    }

    @Test(
        "ids next to one that is not there",
        arguments: [(1, [900, 1101, 1102]), (1000, [900, 1101, 1102]), (9999, [900, 1101, 1102])] as [(UInt32, [UInt32])])
    func near(_ id: UInt32, _ want: [UInt32]) throws {
        let view = try Self.compiled.get().view
        #expect(view.description(ofID: id) == nil)
        #expect(view.idsNear(id) == want)
    }

    @Test("id 0 is no rule") func zero() throws {
        #expect(try Self.compiled.get().view.description(ofID: 0) == nil)
    }
}

extension RuleSetView {
    /// The number of the one program that selects members.
    fileprivate var selectorNumber: Int {
        let exclusion = rule(1).targets.map { target($0) }.first { $0.isExcluded }
        return exclusion?.program ?? -1
    }
}
