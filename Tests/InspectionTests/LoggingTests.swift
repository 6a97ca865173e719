// Matched-rule lines: the form that CRS's test runner, fail2ban and CrowdSec read.

import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Matched-rule lines: ModSecurity's form") struct LoggingTests {
    @Test func aWarning() throws {
        var rules = DraftBuilder()
        rules.rule(942_100, [.all(.args)], try rules.rx("^x\"")) {
            $0.message = .parsing("found within %{MATCHED_VAR_NAME}: %{MATCHED_VAR}")
            $0.logData = .parsing("d")
            $0.severity = 2
            $0.version = "OWASP_CRS/4.28.0"
            $0.tags = [.parsing("attack-sqli"), .parsing("at %{REQUEST_METHOD}")]
            $0.file = "/etc/rules.conf"
            $0.line = 12
        }
        let log = try Harness(rules.draft).send(TestRequest("/p%20q?x%0d=x%22%5C%ff%00y")).log
        #expect(
            log == #"""
                ModSecurity: Warning. Matched "Operator `Rx' with parameter `^x\"' against variable `ARGS:x\x0d' (Value: `x\"\\\xff\x00y' ) [file "/etc/rules.conf"] [line "12"] [id "942100"] [msg "found within ARGS:x\x0d: x\"\\\xff\x00y"] [data "d"] [severity "CRITICAL"] [ver "OWASP_CRS/4.28.0"] [tag "attack-sqli"] [tag "at GET"] [hostname "localhost"] [uri "/p%20q"] [unique_id "unique-0001"]

                """#)
    }

    @Test func aDenial() throws {
        var rules = DraftBuilder()
        rules.rule(1, phase: 1, [.all(.requestMethod)], .text(.streq, "POST", isNegated: true)) {
            $0.disruption = .deny
            $0.status = 405
            $0.revision = "2"
        }
        var request = TestRequest("/x")
        request.headers = []
        #expect(
            try Harness(rules.draft).send(request).log == #"""
                ModSecurity: Access denied with code 405 (phase 1). Matched "Operator `!StrEq' with parameter `POST' against variable `REQUEST_METHOD' (Value: `GET' ) [file "test.conf"] [line "1"] [id "1"] [rev "2"] [hostname "localhost"] [uri "/x"] [unique_id "unique-0001"]

                """#)
    }

    @Test func anAction() throws {
        var rules = DraftBuilder()
        rules.action(7) { $0.message = .parsing("m") }
        let log = try Harness(rules.draft).send(TestRequest()).log
        #expect(log.hasPrefix("ModSecurity: Warning. Unconditional match in SecAction. [file \"test.conf\"]"))
    }

    @Test("item 28: the starter's nolog holds for the chain") func nolog() throws {
        var rules = DraftBuilder()
        rules.action(1) {
            $0.logs = false
            $0.isChained = true
        }
        rules.action(0)
        rules.action(2) { $0.isChained = true }
        rules.action(0) { $0.logs = false }
        #expect(try Harness(rules.draft).send(TestRequest()).matches == ["2 "])
    }

    /// Every byte value in every peer-fed field leaves one line of printable ASCII.
    @Test func nothingEndsALine() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], OperatorDraft(name: .unconditionalMatch)) {
            $0.message = .parsing("%{MATCHED_VAR}")
        }
        let harness = try Harness(rules.draft)
        for byte in UInt8.min...UInt8.max {
            let hex = String(byte, radix: 16)
            let escape = hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            let log = harness.send(TestRequest("/?\(escape)n=\(escape)v")).log
            #expect(log.utf8.filter { $0 == 0x0A }.count == 1)
            #expect(log.utf8.dropLast().allSatisfy { (0x20...0x7E).contains($0) })
        }
    }

    @Test("values are cut at 100 bytes", arguments: [(100, ""), (101, " (1 characters omitted)")])
    func longValues(_ count: Int, _ note: String) throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], OperatorDraft(name: .unconditionalMatch))
        let value = String(repeating: "v", count: count)
        let log = try Harness(rules.draft).send(TestRequest("/?a=\(value)")).log
        #expect(log.contains("(Value: `\(value.prefix(100))\(note)' )"))
    }
}
