// `rules verify`

import Offline
import Reports
import Testing

@Suite("Verification of rule files") struct RuleVerificationTests {
    static func verify(_ text: String) -> RuleVerification {
        RuleVerification(files: ["/r.conf"], reader: TestFiles(files: ["/r.conf": text]))
    }

    @Test func allErrorsWithTheirCarets() {
        let found = Self.verify("SecRule ARGZ \"x\" \"id:1\"\nSecRuleEngin On\nSecRule ARGS \"@rx (\" \"id:2\"\n")
        #expect(found.errors.count == 3)
        #expect(
            found.errors[0] == """
                /r.conf:1:9: error: unknown variable `ARGZ`, did you mean `ARGS`?
                SecRule ARGZ "x" "id:1"
                        ^~~~
                """)
        #expect(found.totals == nil)
        #expect(found.json.line.hasPrefix(#"{"ok":false,"files":["/r.conf"],"errors":["/r.conf:1:9: error:"#))
    }

    @Test func doubts() {
        let found = Self.verify(
            """
            SecRule ARGS "@rx (a)\\1" "id:1,phase:2,pass"
            SecRule ARGS "x" "id:2,phase:2,pass,skipAfter:NOWHERE"
            SecRule ARGS "x" "id:3,phase:2,pass,skipAfter:4"
            SecRule ARGS "x" "id:4,phase:2,pass,ctl:ruleRemoveById=77"
            SecRule ARGS "x" "id:5,phase:2,pass,skipAfter:END,ctl:ruleRemoveById=4"
            SecMarker END
            """)
        #expect(found.errors.isEmpty)
        #expect(
            found.warnings == [
                "/r.conf:1: warning: rule 1: the pattern needs backtracking: PCRE2 runs it, under limits",
                "/r.conf:2: warning: rule 2: skipAfter finds no NOWHERE behind it: a match ends the phase",
                "/r.conf:4: warning: rule 4: a ctl that removes rules or targets names no rule of this set",
            ])
        #expect(found.totals?.rules == 5 && found.totals?.backtrackingPatterns == 1)
    }

    @Test func aFileThatIsNotThere() {
        let found = RuleVerification(files: ["/none"], reader: TestFiles(files: [:]))
        #expect(found.errors == ["/none:1:1: error: can not read `/none`"])
    }
}
