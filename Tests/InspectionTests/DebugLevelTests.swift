// ctl:debugLogLevel in the middle of a phase.

import Bytes
import Foundation
import Testing

@testable import Inspection

@Suite("Debug log: the level changes for the rest of a transaction") struct DebugLevelTests {
    /// Of rule 2 no gate lets a value through, rule 3 looks at several.
    static let rules = """
        SecRuleEngine On
        SecDebugLogLevel 1
        SecRule ARGS:loud "@streq 1" "id:1,phase:2,pass,nolog,ctl:debugLogLevel=9"
        SecRule ARGS "@rx ^attack[0-9]" "id:2,phase:2,pass,nolog"
        SecRule ARGS "@contains z" "id:3,phase:2,pass,nolog"
        SecRule ARGS:quiet "@streq 1" "id:4,phase:2,pass,nolog,ctl:debugLogLevel=0"
        SecRule ARGS "@contains z" "id:5,phase:2,pass,nolog"
        """

    static func lines(
        _ target: String, _ rules: String = rules, hasDebugLog: Bool = true
    ) throws -> [String] {
        let harness = try Harness(compiled(rules))
        harness.hasDebugLog = hasDebugLog
        _ = harness.send(TestRequest(target))
        return harness.transaction.debug.lines.string.split(separator: "\n").map(String.init)
    }

    /// Ids of the rules that were told of.
    static func invoked(_ lines: [String]) -> [String] {
        lines.compactMap { line in
            guard line.contains("Invoking rule"), let start = line.range(of: "[id \"") else { return nil }
            return String(line[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    @Test("raised: each rule behind it is shown with each value, whatever gates would say")
    func raised() throws {
        let lines = try Self.lines("/?loud=1&a=y")
        #expect(Self.invoked(lines) == ["2", "3", "4", "5"])
        for name in ["loud", "a"] {
            let line = "4Executing operator \"Rx\" with param \"^attack[0-9]\" against ARGS:\(name)."
            #expect(lines.contains(line))
        }
        #expect(lines.contains("9Target value: \"y\" (Variable: ARGS:a)"))
    }

    @Test("lowered again: nothing behind it") func lowered() throws {
        let lines = try Self.lines("/?loud=1&quiet=1")
        #expect(Self.invoked(lines) == ["2", "3", "4"])
    }

    @Test("raised by a link of a chain that fails later") func raisedByALink() throws {
        let rules = """
            SecRuleEngine On
            SecRule ARGS:loud "@streq 1" "id:1,phase:2,pass,nolog,ctl:debugLogLevel=9,chain"
            SecRule ARGS:other "@streq 1"
            SecRule ARGS "@contains z" "id:2,phase:2,pass,nolog"
            """
        #expect(try Self.invoked(Self.lines("/?loud=1", rules)) == ["2"])
    }

    @Test("what rules do is the same with and without lines", arguments: [false, true])
    func outcome(_ hasDebugLog: Bool) throws {
        let rules = """
            SecRuleEngine On
            SecRule ARGS:loud "@streq 1" "id:1,phase:2,pass,log,ctl:debugLogLevel=9,skip:1"
            SecAction "id:2,phase:2,pass,log"
            SecRule ARGS "@rx ^attack(.)" "id:3,phase:2,pass,log,capture,setvar:tx.seen=%{TX.1},msg:%{TX.1}"
            SecRule TX:seen "@eq 7" "id:4,phase:2,pass,log,skipAfter:END"
            SecAction "id:5,phase:2,pass,log"
            SecMarker END
            SecRule ARGS_NAMES "@streq a" "id:6,phase:2,deny,status:403,log"
            SecAction "id:7,phase:2,pass,log"
            """
        let harness = try Harness(compiled(rules))
        harness.hasDebugLog = hasDebugLog
        // Often enough for a focus to leave out what is jumped over.
        for _ in 0..<64 {
            let found = harness.send(TestRequest("/?loud=1&a=attack7"))
            #expect(found.matches == ["1 ", "3 7", "4 ", "6 "])
            #expect(found.verdict.status == 403)
        }
    }

    @Test("for the next transaction it is what the directive says") func forgotten() throws {
        let harness = try Harness(compiled(Self.rules))
        harness.hasDebugLog = true
        _ = harness.send(TestRequest("/?loud=1"))
        _ = harness.send(TestRequest("/?a=y"))
        let level = harness.transaction.debug.level
        let isEmpty = harness.transaction.debug.isEmpty
        #expect(level == 1)
        #expect(isEmpty)
    }

    @Test("nobody writes lines: none are made") func unwritten() throws {
        #expect(try Self.lines("/?loud=1", hasDebugLog: false).isEmpty)
    }
}
