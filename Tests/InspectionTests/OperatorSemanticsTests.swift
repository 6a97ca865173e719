// Transformations, captures, numbers and setvar within rules, as in ModSecurity 2.

import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Operators and setvar, as in ModSecurity 2") struct OperatorSemanticsTests {
    @Test("item 11: bytes, dot takes newlines, dollar is the very end") func regularExpressions() throws {
        var rules = DraftBuilder()
        let patterns = ["x.y", "^y", "x$", "^..\\z", "X"]
        for (index, pattern) in patterns.enumerated() {
            rules.rule(UInt32(index + 1), [.key(.args, index == 3 ? "b" : "a")], try rules.rx(pattern))
        }
        #expect(try Harness(rules.draft).send(TestRequest("/?a=x%0ay&b=%c3%a9")).matches == ["1 ", "4 "])
    }

    @Test("item 12: all ten captures are cleared, absent groups are empty") func captures() throws {
        var rules = DraftBuilder()
        let text = MacroText.parsing("0=%{tx.0} 1=%{tx.1} 2=%{tx.2} 3=%{tx.3}")
        rules.rule(1, [.key(.args, "a")], try rules.rx("(f)(o)(o)")) {
            $0.captures = true
            $0.message = text
        }
        rules.rule(2, [.key(.args, "b")], try rules.rx("(b)|(x)")) {
            $0.captures = true
            $0.message = text
        }
        rules.rule(3, [.key(.args, "c")], try rules.rx("(z)")) { $0.message = text }
        rules.rule(4, [.key(.args, "c")], try rules.rx("(y)", isNegated: true)) {
            $0.captures = true
            $0.message = text
        }
        rules.rule(5, [.key(.args, "d")], rules.phrases(["foo", "bar"])) {
            $0.captures = true
            $0.message = text
        }
        rules.rule(6, [.all(.tx)], OperatorDraft(name: .unconditionalMatch)) {
            $0.message = .parsing("%{MATCHED_VAR_NAME}=%{MATCHED_VAR}")
        }
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=foo&b=b&c=z&d=xxBARxx"))
        #expect(
            outcome.matches == [
                "1 0=foo 1=f 2=o 3=o", "2 0=b 1=b 2= 3=", "3 0=b 1=b 2= 3=", "4 0=b 1=b 2= 3=",
                "5 0=bar 1= 2= 3=", "6 TX:0=bar",
            ])
    }

    @Test(
        "item 13: numbers in tests",
        arguments: [
            ("a", OperatorName.eq, "0", true), ("b", .eq, "12", true), ("c", .lt, "0", true),
            ("d", .ge, "%{tx.lim}", true), ("d", .gt, "%{tx.nope}", true), ("e", .eq, "0", true),
            ("f", .eq, "5", true), ("d", .le, "6", false), ("d", .lt, "7", false), ("d", .gt, "7", false),
        ])
    func numbers(_ key: String, _ name: OperatorName, _ argument: String, _ want: Bool) throws {
        var rules = DraftBuilder()
        rules.action(9, phase: 1) {
            $0.logs = false
            $0.actions = [.setting("lim=5")]
        }
        rules.rule(1, [.key(.args, key)], .text(name, argument))
        rules.rule(2, [.key(.args, key)], .text(name, argument, isNegated: true))
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=abc&b=12abc&c=-3&d=7&e=&f=%205"))
        #expect(outcome.matches == [want ? "1 " : "2 "])
    }

    @Test(
        "item 13: forms of setvar",
        arguments: [
            (["x"], "1"), (["x=5"], "5"), (["x=+3"], "3"), (["x=abc", "x=+2"], "2"), (["x=7", "x=-2"], "5"),
            (["x=1", "x=-5"], "0"), (["x=5", "!x"], ""), (["x=5", "!X", "x=6"], "6"),
            (["y=4", "x=+%{tx.y}"], "4"), (["y=4", "x=a-%{tx.y}-%{tx.none}"], "a-4-"),
            (["x_%{REMOTE_ADDR}=1", "x=%{tx.X_127.0.0.1}"], "1"),
            (["x=9223372036854775807", "x=+1"], "9223372036854775807"), (["x=1", "x=+-5"], "0"),
            (["x=5", "x=--9223372036854775808"], "9223372036854775807"),
        ])
    func assignments(_ forms: [String], _ want: String) throws {
        var rules = DraftBuilder()
        rules.action(1, phase: 1) {
            $0.logs = false
            $0.actions = forms.map { ActionDraft.setting($0) }
        }
        rules.action(99, phase: 5) { $0.message = .parsing("%{tx.x}") }
        #expect(try Harness(rules.draft).send(TestRequest()).matches == ["99 \(want)"])
    }

    @Test(
        "item 14: comparisons are case-sensitive and take macros",
        arguments: [
            (OperatorName.beginsWith, "%{ARGS.p}", "abcd", true), (.beginsWith, "Ab", "abcd", false),
            (.endsWith, "cd", "abcd", true), (.endsWith, "abcde", "abcd", false),
            (.contains, "bc", "abcd", true), (.contains, "BC", "abcd", false), (.contains, "", "", true),
            (.streq, "%{ARGS.v}", "abcd", true), (.streq, "abc", "abcd", false),
            (.within, "xabcdx", "abcd", true), (.within, "ABCD", "abcd", false), (.within, "x", "", true),
            (.within, "%{ARGS.p}", "b", true), (.within, "", "a", false), (.within, "", "", true),
            (.strmatch, "bc", "abcd", true), (.strmatch, "BC", "abcd", false),
            (.containsWord, "%{ARGS.p}", "x-ab.y", true), (.containsWord, "ab", "abc-cab", false),
            (.containsWord, "ab", "_ab", false), (.containsWord, "ab", "1ab2", true),
            (.containsWord, "aa", "aaa-aa", true), (.noMatch, "abcd", "abcd", false),
            (.validateUrlEncoding, "", "abcd", false), (.validateUrlEncoding, "", "a%2541", false),
            (.validateUrlEncoding, "", "a%254", true), (.validateUrlEncoding, "", "a%25", true),
            (.validateUtf8Encoding, "", "%c3%a9", false), (.validateUtf8Encoding, "", "%ed%a0%80", true),
            (.validateUtf8Encoding, "", "%c3", true),
        ])
    func comparisons(_ name: OperatorName, _ argument: String, _ value: String, _ want: Bool) throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "v")], .text(name, argument))
        #expect(
            try Harness(rules.draft).send(TestRequest("/?v=\(value)&p=ab")).matches == (want ? ["1 "] : []))
    }

    @Test(
        "numbers of persons and cards",
        arguments: [
            (OperatorName.verifyCC, "4111 1111 1111 1111", true), (.verifyCC, "4111111111111112", false),
            (.verifyCC, "x", false), (.verifyCPF, "010.817.514-60", true),
            (.verifyCPF, "010.817.514-61", false), (.verifyCPF, "111.111.111-11", false),
            (.verifyCPF, "0108175146", false), (.verifySSN, "574-57-8065", true),
            (.verifySSN, "000-57-8065", false), (.verifySSN, "666-57-8065", false),
            (.verifySSN, "740-57-8065", false), (.verifySSN, "739-57-8065", true),
            (.verifySSN, "574-00-8065", false), (.verifySSN, "574-57-0000", false),
            (.verifySSN, "574-57-80651", false), (.verifySSN, "123-45-6789", false),
            (.verifySVNR, "1237 010180", true), (.verifySVNR, "1238 010180", false),
            (.verifySVNR, "0123456789", false),
        ])
    func numbersOfPersons(_ name: OperatorName, _ value: String, _ want: Bool) throws {
        var rules = DraftBuilder()
        var test = try rules.rx("^.+$")
        test.name = name
        rules.rule(1, [.key(.args, "v")], test) {
            $0.captures = true
            $0.message = .parsing("%{tx.0}")
        }
        let request = TestRequest("/?v=" + value.split(separator: " ").joined(separator: "+"))
        #expect(try Harness(rules.draft).send(request).matches == (want ? ["1 \(value)"] : []))
    }

    @Test("item 18: @ipMatch") func addresses() throws {
        var rules = DraftBuilder()
        rules.rule(1, phase: 1, [.all(.remoteAddress)], try rules.addresses(["10.0.0.0/8", "127.0.0.0/8"]))
        rules.rule(2, phase: 1, [.all(.remoteAddress)], try rules.addresses(["::1", "127.0.0.1"]))
        rules.rule(3, phase: 1, [.all(.remoteAddress)], try rules.addresses(["127.0.0.1"], isNegated: true))
        rules.rule(4, phase: 1, [.key(.args, "ip")], try rules.addresses(["2001:db8::/32"]))
        rules.rule(5, phase: 1, [.key(.args, "bad")], try rules.addresses(["0.0.0.0/0"]))
        let outcome = try Harness(rules.draft).send(TestRequest("/?ip=2001:db8::5&bad=nonsense"))
        #expect(outcome.matches == ["1 ", "2 ", "4 "])
    }

    /// Rules that share the beginning of their transformations see what each alone would.
    @Test func sharedTransformations() throws {
        var rules = DraftBuilder()
        let lists: [[TransformationName]] = [
            [.urlDecodeUni], [.urlDecodeUni, .lowercase], [.lowercase, .urlDecodeUni],
            [.urlDecodeUni, .lowercase, .removeNulls], [],
        ]
        for (index, list) in lists.enumerated() {
            rules.rule(UInt32(index + 1), [.key(.args, "a")], OperatorDraft(name: .unconditionalMatch)) {
                $0.transformations = list
                $0.message = .parsing("%{MATCHED_VAR}")
            }
        }
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=X%2541%252500"))
        #expect(
            outcome.matches == [
                "1 XA%00", "2 xa%00", "3 xA%00", "4 xa%00", "5 X%41%2500",
            ])
    }
}
