// Rule text that somebody has damaged: errors or a rule set, never a trap, in time that grows with the
// text. A fixed seed: a failure repeats.

import Testing

@testable import SecLang

@Suite("Damaged rule text") struct RuleTextMutationTests {
    static let text = Array(
        #"""
        SecRuleEngine On
        SecDefaultAction "phase:2,deny,status:403,t:lowercase"
        SecRule ARGS:'a b'|!ARGS:/x|y/|&TX:z|XML:/a//b[1] "!@rx (?i:a|b){2}\d[^\x00-\x1f]" \
            "id:1,phase:2,block,msg:'it\'s %{tx.a}',setvar:'tx.b=+%{tx.c}',severity:CRITICAL,chain"
            SecRule TX "@pm a |41 42|" "t:none,setvar:!tx.a,ctl:ruleRemoveTargetById=1-5;ARGS:/^a/"
        SecRule REMOTE_ADDR "@ipMatch ::1,10.0.0.0/8" "id:2,phase:1,pass,initcol:ip=%{REMOTE_ADDR},skipAfter:END"
        SecAction "id:3,phase:5,redirect:'https://a/%{ARGS.x}',expirevar:ip.a=60,pause:5"
        SecRule STREAM_OUTPUT_BODY "@rsub s/(a)/\1b/i" "id:4,phase:4,pass,append:'x'"
        SecRule ARGS "@validateByteRange 1-9,65" "id:5,capture,multiMatch,tag:'a/b',t:urlDecodeUni,t:none"
        SecMarker END
        SecRuleUpdateTargetById 1 "!ARGS:c"
        SecRuleRemoveById 5 7-9
        """#.utf8)

    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    static func mutate(_ text: [UInt8], _ random: inout Generator) -> [UInt8] {
        var text = text
        let special = Array("\"'\\|,:!@&%{}()[]/\n \0\u{7F}*?+-=;#$^~".utf8) + [0xC3, 0xFF]
        for _ in 0..<Int.random(in: 1...6, using: &random) where !text.isEmpty {
            let place = Int.random(in: 0..<text.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: text[place] = special.randomElement(using: &random)!
            case 1: text.insert(special.randomElement(using: &random)!, at: place)
            case 2: text.remove(at: place)
            case 3:
                let end = min(text.count, place + Int.random(in: 1...40, using: &random))
                text.insert(contentsOf: text[place..<end], at: Int.random(in: 0...text.count, using: &random))
            default: text.removeSubrange(place..<min(text.count, place + Int.random(in: 1...40, using: &random)))
            }
        }
        return text
    }

    @Test(arguments: 1...8) func mutations(_ seed: Int) {
        var random = Generator(state: UInt64(seed))
        var refused = 0
        for _ in 0..<250 {
            let damaged = Self.mutate(Self.text, &random)
            switch compile(String(decoding: damaged, as: UTF8.self)) {
            case .success: break
            case .failure(let failure):
                refused += 1
                #expect(failure.errors.allSatisfy { $0.place.line >= 1 && $0.place.column >= 1 })
            }
        }
        #expect(refused > 125)
    }

    /// Twice the text in not much more than twice the time.
    @Test(arguments: ["SecAction id:1,\(String(repeating: "tag:a,", count: 20_000))pass",
        "SecRule \(String(repeating: "ARGS:a|", count: 20_000))ARGS x id:1",
        String(repeating: "SecNothing \"\n", count: 500), String(repeating: "\\\n", count: 50_000) + "x",
        "SecRule ARGS \"@rx \(String(repeating: "(", count: 50_000))\" id:1",
        "SecRule ARGS \"@rx \(String(repeating: "[[:alpha:]", count: 5_000))\" id:1",
        "SecRule ARGS \"@rx \(String(repeating: "a{1000}", count: 1_000))\" id:1",
    ])
    func largeTexts(_ text: String) {
        let clock = ContinuousClock()
        let seconds = clock.measure { _ = compile(text) }
        #expect(seconds < .seconds(20))
    }
}
