// What the operator reads when something is wrong.

import Testing

@testable import SecLang

@Suite("Errors: file:line:column: error: reason") struct RuleErrorTests {
    struct Row: CustomTestStringConvertible {
        var text: String
        var message: String
        var testDescription: String { text }
    }

    static let rows: [Row] = [
        Row(
            text: "SecRuleEnigne On",
            message: "1:1: error: unknown directive `SecRuleEnigne`, did you mean `SecRuleEngine`?"),
        Row(
            text: "SecRul ARGS x id:1",
            message: "1:1: error: unknown directive `SecRul`, did you mean `SecRule`?"),
        Row(text: "LoadModule x", message: "1:1: error: unknown directive `LoadModule`"),
        Row(
            text: "\n SecRuleScript a.lua", message: "2:2: error: directive `SecRuleScript` is not supported: wafd runs no scripts"),
        Row(
            text: "SecHttpBlKey a",
            message:
                "1:1: error: directive `SecHttpBlKey` is not supported: wafd asks no name server while it judges"),
        Row(text: "SecRule", message: "1:1: error: SecRule takes 2 to 3 arguments, found 0"),
        Row(text: "SecRule ARGS", message: "1:1: error: SecRule takes 2 to 3 arguments, found 1"),
        Row(text: "SecRule ARGS @rx x id:1", message: "1:20: error: SecRule takes 2 to 3 arguments, found 4"),
        Row(text: "SecAction", message: "1:1: error: SecAction takes 1 argument, found 0"),
        Row(text: "SecAction id:1 pass", message: "1:16: error: SecAction takes 1 argument, found 2"),
        Row(text: "SecMarker", message: "1:1: error: SecMarker takes 1 argument, found 0"),
        Row(text: "SecMarker \"\"", message: "1:12: error: invalid value `` of SecMarker, expected a name"),

        Row(text: "SecRule ARG x id:1", message: "1:9: error: unknown variable `ARG`, did you mean `ARGS`?"),
        Row(
            text: "SecRule ARGS|PERF_ALL x id:1",
            message:
                "1:14: error: variable `PERF_ALL` is not supported: the time that rules take is not measured while they run; `waf-ctl stats` has counters"
        ),
        Row(
            text: "SecRule STREAM_INPUT_BODY:x x id:1",
            message: "1:27: error: `STREAM_INPUT_BODY` is a single value and has no keys"),
        Row(
            text: "SecRule REQUEST_URI:a x id:1",
            message: "1:21: error: `REQUEST_URI` is a single value and has no keys"),
        Row(
            text: "SecRule !ARGS:a x id:1",
            message: "1:10: error: the variables exclude everything: nothing is left to inspect"),
        Row(text: "SecRule \"\" x id:1", message: "1:10: error: expected a variable"),
        Row(
            text: "SecRule ARGS:/(/ x id:1",
            message: "1:16: error: invalid pattern: missing closing parenthesis"),

        Row(
            text: "SecRule ARGS @rxx id:1", message: "1:15: error: unknown operator `rxx`, did you mean `rx`?"
        ),
        Row(
            text: "SecRule ARGS @fuzzyHash id:1",
            message: "1:15: error: operator `fuzzyHash` is not supported: ssdeep is not built in"),
        Row(
            text: "SecRule ARGS \"@rx a)b\" id:1",
            message: "1:20: error: invalid pattern: unmatched closing parenthesis"),
        Row(
            text: "SecRule ARGS:/(?=a)/ x id:1",
            message: "1:15: error: invalid pattern: lookaround is not supported"),
        Row(
            text: "SecRule ARGS \"@rx a(?=b\" id:1",
            message: "1:24: error: invalid pattern: missing closing parenthesis"),
        Row(
            text: "SecRule ARGS \"@rx (*UTF)a\" id:1",
            message: "1:25: error: invalid pattern: using UTF is disabled by the application"),
        Row(text: "SecRule ARGS \"@rx a%{zz}\" id:1", message: "1:22: error: unknown variable `zz`"),
        Row(
            text: "SecRule ARGS \"@verifyCC a%{tx.b}\" id:1",
            message:
                "1:26: error: macro `%{tx.b}` in a pattern is not supported; write `%\\{` to match the text itself"
        ),
        Row(
            text: "SecRule ARGS \"@validateByteRange 1-256\" id:1",
            message:
                "1:34: error: invalid value `1-256` of @validateByteRange, expected bytes and ranges of bytes, as in `9,32-126`"
        ),
        Row(
            text: "SecRule ARGS \"@validateByteRange 9,5-3\" id:1",
            message:
                "1:34: error: invalid value `9,5-3` of @validateByteRange, expected bytes and ranges of bytes, as in `9,32-126`"
        ),
        Row(
            text: "SecRule ARGS @validateByteRange id:1",
            message: "1:15: error: operator `validateByteRange` needs an argument"),
        Row(
            text: "SecRule ARGS @ipMatchF id:1", message: "1:15: error: operator `ipMatchF` needs an argument"
        ),
        Row(
            text: "SecRule ARGS \"@ipMatchFromFile b.data\" id:1",
            message: "1:32: error: can not read `b.data`"),
        Row(
            text: "SecRule STREAM_INPUT_BODY @rsub id:1",
            message: "1:28: error: operator `rsub` needs an argument"),
        Row(
            text: "SecRule STREAM_INPUT_BODY \"@rsub x/a/b/\" id:1",
            message:
                "1:34: error: invalid value `x/a/b/` of @rsub, expected s/pattern/replacement/ with or without i behind it"
        ),
        Row(
            text: "SecRule STREAM_INPUT_BODY \"@rsub s/a/b\" id:1",
            message:
                "1:34: error: invalid value `s/a/b` of @rsub, expected s/pattern/replacement/ with or without i behind it"
        ),
        Row(
            text: "SecRule STREAM_INPUT_BODY \"@rsub s/a/b/g\" id:1",
            message:
                "1:40: error: invalid value `g` of @rsub, expected s/pattern/replacement/ with or without i behind it"
        ),
        Row(
            text: "SecRule STREAM_INPUT_BODY \"@rsub s/(/b/\" id:1",
            message: "1:37: error: invalid pattern: missing closing parenthesis"),
        Row(
            text: "SecRule ARGS \"@rsub s/a/b/\" id:1",
            message:
                "1:16: error: operator `rsub` takes STREAM_INPUT_BODY in phase 2 or STREAM_OUTPUT_BODY in phase 4, alone"
        ),
        Row(
            text: "SecRule STREAM_INPUT_BODY \"@rsub s/a/b/\" id:1,phase:4",
            message:
                "1:29: error: operator `rsub` takes STREAM_INPUT_BODY in phase 2 or STREAM_OUTPUT_BODY in phase 4, alone"
        ),
        Row(text: "SecGeoLookupDb b.mmdb", message: "1:16: error: can not read `b.mmdb`"),
        Row(text: "SecGeoLookupDb a.data", message: "1:16: error: `a.data` is no MaxMind DB file"),
        Row(
            text: "SecRule XML @validateDTD id:1", message: "1:14: error: operator `validateDTD` needs an argument"),
        Row(
            text: "SecRule XML \"@validateDTD b.dtd\" id:1", message: "1:27: error: can not read `b.dtd`"),
        Row(
            text: "SecRule XML \"@validateDTD a.data\" id:1",
            message: "1:27: error: `a.data` is no DTD, or refers to another file, which is not read"),
        Row(
            text: "SecRule XML \"@validateSchema a.data\" id:1",
            message: "1:30: error: `a.data` is no XML Schema, or refers to another file, which is not read"),
        Row(text: "SecRule ARGS @pm id:1", message: "1:15: error: operator `pm` needs an argument"),
        Row(
            text: "SecRule ARGS @pmFromFile id:1",
            message: "1:15: error: operator `pmFromFile` needs an argument"),
        Row(
            text: "SecRule ARGS \"@pmFromFile a.data b.data\" id:1",
            message: "1:34: error: can not read `b.data`"),
        Row(
            text: "SecRule ARGS \"@ipMatch\" id:1",
            message: "1:16: error: operator `ipMatch` needs an argument"),
        Row(
            text: "SecRule ARGS \"@ipMatch ::1, 10.0.0\" id:1",
            message:
                "1:29: error: invalid address `10.0.0`, expected an IPv4 or IPv6 address, with or without `/bits`"
        ),
        Row(
            text: "SecRule ARGS \"@eq\" id:1",
            message: "1:18: error: invalid value `` of @eq, expected a number"),
        Row(
            text: "SecRule ARGS \"@gt x\" id:1",
            message: "1:19: error: invalid value `x` of @gt, expected a number"),
        Row(text: "SecRule ARGS \"@streq %{tx}%{zz}\" id:1", message: "1:29: error: unknown variable `zz`"),

        Row(text: "SecAction id:1,dney", message: "1:16: error: unknown action `dney`, did you mean `deny`?"),
        Row(text: "SecAction id:1,exec:a.lua", message: "1:16: error: action `exec` is not supported: wafd runs no other programs and no scripts"),
        Row(
            text: "SecAction id:1,pause:soon",
            message: "1:22: error: invalid value `soon` of pause, expected milliseconds"),
        Row(
            text: "SecAction id:1,phase:3,pause:5",
            message: "1:24: error: invalid value `pause` of pause, expected a rule of phase 1 or 2"),
        Row(
            text: "SecAction id:1,phase:3,proxy:a",
            message: "1:30: error: invalid value `a` of proxy, expected a rule of phase 1 or 2"),
        Row(
            text: "SecAction id:1,proxy:https://a/",
            message: "1:22: error: invalid value `https://a/` of proxy, expected [http://]upstream or address[/target]"
        ),
        Row(text: "SecAction id:1,append", message: "1:16: error: action `append` needs a value"),
        Row(
            text: "SecContentInjection Yes",
            message: "1:21: error: invalid value `Yes` of SecContentInjection, expected On or Off"),
        Row(
            text: "SecUploadKeepFiles On",
            message: "1:20: error: invalid value `On` of SecUploadKeepFiles, expected Off"),
        Row(
            text: "SecAuditLogType Concurrent",
            message: "1:17: error: invalid value `Concurrent` of SecAuditLogType, expected Serial"),
        Row(
            text: "SecAuditLogType HTTPS",
            message: "1:17: error: invalid value `HTTPS` of SecAuditLogType, expected Serial"),
        Row(
            text: "SecRule ARGS \"@rbl x\" id:1",
            message:
                "1:16: error: operator `rbl` is not supported: wafd asks no name server while it judges; list addresses with @ipMatchFromFile"
        ),
        Row(
            text: "SecAction id:1,t:lowrcase",
            message: "1:18: error: unknown transformation `lowrcase`, did you mean `lowercase`?"),
        Row(text: "SecAction id:1,msg", message: "1:16: error: action `msg` needs a value"),
        Row(text: "SecAction id:1,msg:''", message: "1:16: error: action `msg` needs a value"),
        Row(text: "SecAction id:1,deny:403", message: "1:21: error: action `deny` takes no value"),
        Row(text: "SecAction id", message: "1:11: error: action `id` needs a value"),
        Row(text: "SecAction deny", message: "1:1: error: a rule needs an id"),
        Row(text: "SecRule ARGS x", message: "1:1: error: a rule needs an id"),
        Row(
            text: "SecAction id:0", message: "1:14: error: invalid value `0` of id, expected 1 to 4294967295"),
        Row(
            text: "SecAction id:-1",
            message: "1:14: error: invalid value `-1` of id, expected 1 to 4294967295"),
        Row(
            text: "SecAction id:4294967296",
            message: "1:14: error: invalid value `4294967296` of id, expected 1 to 4294967295"),
        Row(
            text: "SecAction id:5\nSecAction id:5",
            message: "2:11: error: rule id 5 is already used at a.conf:1:11"),
        Row(
            text: "SecAction id:1,phase:0",
            message: "1:22: error: invalid value `0` of phase, expected 1 to 5, request, response or logging"),
        Row(
            text: "SecAction id:1,severity:8",
            message: "1:25: error: invalid value `8` of severity, expected 0 to 7 or EMERGENCY to DEBUG"),
        Row(
            text: "SecAction id:1,status:99",
            message: "1:23: error: invalid value `99` of status, expected 100 to 599"),
        Row(
            text: "SecAction id:1,status:600",
            message: "1:23: error: invalid value `600` of status, expected 100 to 599"),
        Row(
            text: "SecAction id:1,setvar:x",
            message:
                "1:23: error: malformed setvar, expected `collection.name`, `!collection.name` or `collection.name=value`"
        ),
        Row(text: "SecAction id:1,msg:'%{zz}'", message: "1:23: error: unknown variable `zz`"),
    ]

    @Test(arguments: rows) func message(_ row: Row) {
        #expect(errors(row.text, ["a.data": "x"]) == ["a.conf:" + row.message])
    }

    @Test func limitsOfNumbers() {
        #expect(errors("SecAction id:4294967295,status:100,severity:7,phase:5").isEmpty)
        #expect(errors("SecAction id:1,status:599,severity:0,phase:1").isEmpty)
    }

    /// An error in a joined line names the physical line; all errors come at once, by place.
    @Test func manyAtOnce() throws {
        let text = #"""
            SecRule ARGS|NOPE \
                "@rx (" \
                "id:1,\
                phase:1,\
                dny"
            SecFoo
            SecRule ARGS "@rx a" "id:1,msg:'%{bad}',t:md6"
            """#
        #expect(
            errors(text) == [
                "a.conf:1:14: error: unknown variable `NOPE`",
                "a.conf:2:11: error: invalid pattern: missing closing parenthesis",
                "a.conf:5:5: error: unknown action `dny`, did you mean `deny`?",
                "a.conf:6:1: error: unknown directive `SecFoo`",
                "a.conf:7:23: error: rule id 1 is already used at a.conf:3:6",
                "a.conf:7:35: error: unknown variable `bad`",
                "a.conf:7:43: error: unknown transformation `md6`, did you mean `md5`?",
            ])
    }

    @Test(arguments: [
        ("SecRule ARG \"x\" id:1", "SecRule ARG \"x\" id:1\n        ^~~"),
        ("x\\\n\t SecRule ARGS x \\\n  id:1,é,deny\n", "x\\\n^"),
        ("SecRule ARGS x \\\r\n\tid:1,msg:'é%{ö}'\r\n", "\u{20}id:1,msg:'é%{ö}'\n              ^"),
        ("SecAction \"id:1,dny", "SecAction \"id:1,dny\n                ^~~"),
    ])
    func excerpt(_ text: String, _ excerpt: String) throws {
        guard case .failure(let failure) = compile(text) else {
            Issue.record("no error")
            return
        }
        #expect(failure.errors[0].excerpt == excerpt)
    }

    /// A long line is cropped around the word, a line of exactly the limit is not.
    @Test(arguments: [0, 1, 500]) func longLines(_ excess: Int) throws {
        let limit = RuleTextLimits.excerptBytes
        let head = "SecRule ARGS x "
        let filler = String(repeating: "a", count: limit + excess - head.count - "id:1,msg:,dny".count)
        guard case .failure(let failure) = compile("\(head)id:1,msg:\(filler),dny") else {
            Issue.record("no error")
            return
        }
        let lines = failure.errors[0].excerpt.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].count == (excess == 0 ? limit : limit + 3))
        #expect(lines[0].hasPrefix("...") == (excess > 0))
        #expect(lines[0].hasSuffix("dny"))
        #expect(lines[1].count == lines[0].count)
        #expect(lines[1].hasSuffix(" ^~~"))
    }

    /// A cut at any place gives a rule set or errors, never a trap.
    @Test func everyPrefix() {
        let text = Array(
            #"""
            SecDefaultAction "phase:2,deny,t:lowercase"
            SecRule ARGS:'a b'|!ARGS:/x|y/|&TX:z "!@rx (a|b){2}\d" \
                "id:1,phase:2,block,msg:'it\'s %{tx.a}',setvar:'tx.b=+%{tx.c}',chain"
            SecRule TX "@pm a |41|" "t:none,setvar:!tx.a"
            SecRuleRemoveById 1-5
            """#.utf8)
        var refused = 0
        for cut in 0...text.count {
            switch compile(String(decoding: text[..<cut], as: UTF8.self)) {
            case .success: break
            case .failure(let failure):
                refused += 1
                for error in failure.errors { #expect(!error.excerpt.isEmpty) }
            }
        }
        #expect(refused > 100)
    }
}
