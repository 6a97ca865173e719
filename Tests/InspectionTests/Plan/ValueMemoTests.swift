// What is remembered of values must never be more than what is so.

import Bytes
import RuleStore
import Testing

@testable import Inspection

@Suite("Remembered values") struct ValueMemoTests {
    private static func view(_ text: String) -> ByteView { lasting(Array(text.utf8)) }

    private static func lasting(_ bytes: [UInt8]) -> ByteView {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 8)
        unsafe copy.copyBytes(from: bytes)
        return unsafe ByteView(unowned: UnsafeRawBufferPointer(rebasing: copy[..<bytes.count]))
    }

    @Test func toldApartByBytesConcernsAndFocus() {
        var memo = ValueMemo()
        let value = Self.view("gzip, deflate")
        #expect(memo.find(value, hash: 7, identity: 1, focus: 1).isNone)
        let place = memo.insert(value, hash: 7, identity: 1, focus: 1)
        #expect(!memo.find(value, hash: 7, identity: 1, focus: 1).isNone)
        #expect(memo.find(value, hash: 7, identity: 2, focus: 1).isNone)
        #expect(memo.find(value, hash: 7, identity: 1, focus: 2).isNone)
        #expect(memo.find(Self.view("gzip, deflatE"), hash: 7, identity: 1, focus: 1).isNone)
        memo.admit(65, at: place)
        #expect(memo.rows[memo.row(place) + 1] == 2)
        memo.ruleOut(65, at: place)
        #expect(memo.rows[memo.row(place) + 1] == 0)
    }

    @Test func aPlaceThatMadeRoomIsNotWrittenTo() {
        var memo = ValueMemo()
        let first = memo.insert(Self.view("a"), hash: 7, identity: 1, focus: 1)
        // Two places share a hash: the third value takes the place of the first.
        _ = memo.insert(Self.view("b"), hash: 7, identity: 1, focus: 1)
        let third = memo.insert(Self.view("c"), hash: 7, identity: 1, focus: 1)
        #expect(memo.row(first) == memo.row(third))
        memo.admit(3, at: third)
        memo.ruleOut(3, at: first)
        #expect(memo.rows[memo.row(third)] == 8)
        #expect(memo.find(Self.view("a"), hash: 7, identity: 1, focus: 1).isNone)
        #expect(!memo.find(Self.view("b"), hash: 7, identity: 1, focus: 1).isNone)
    }

    @Test func lengthIsBounded() {
        #expect(ValueMemo.admits(Self.lasting([UInt8](repeating: 0x61, count: ValueMemo.mostBytes)), words: 1))
        #expect(!ValueMemo.admits(Self.lasting([UInt8](repeating: 0x61, count: ValueMemo.mostBytes + 1)), words: 1))
        #expect(ValueMemo.admits(.empty, words: ValueMemo.mostWords))
        #expect(!ValueMemo.admits(.empty, words: ValueMemo.mostWords + 1))
    }

    @Test func secretsAreNotKept() {
        #expect(VariableName.requestHeaders.isMemorable(Self.view("User-Agent")))
        #expect(!VariableName.requestHeaders.isMemorable(Self.view("authorization")))
        #expect(!VariableName.requestHeaders.isMemorable(Self.view("Cookie")))
        #expect(VariableName.argsNames.isMemorable(nil))
        for variable in [VariableName.args, .requestCookies, .requestURI, .requestBody, .tx] {
            #expect(!variable.isMemorable(nil))
        }
    }

    @Test func concernsAreToldApart() {
        let blob = Self.lasting([UInt8](repeating: 0xFF, count: 256))
        func concern(_ row: Int) -> PlanSchedule.Concern {
            PlanSchedule.Concern(row: row, entryCount: 1, steps: StepSet(), triggers: 0)
        }
        func identity(_ rows: [Int]) -> UInt64? {
            var set = ConcernSet()
            set.fit(words: 1)
            set.set(concern(rows[0]), blob)
            for row in rows.dropFirst() { set.join(concern(row), blob) }
            return set.identity
        }
        let combinations = [[0], [8], [0, 8], [8, 0], [0, 0], [0, 8, 16], [16, 8, 0]]
        #expect(Set(combinations.map { identity($0) }).count == combinations.count)
        #expect(!combinations.contains { identity($0) == nil })
        #expect(identity([0, 8, 16, 24]) == nil)
    }

    @Test("a value met again still matches what depends on more than the value") func macrosAreAskedAgain() throws {
        var rules = DraftBuilder()
        rules.rule(1, phase: 1, [.key(.requestHeaders, "X-Set")], try rules.rx("^on$")) {
            $0.actions = [.setting("word=gzip")]
        }
        rules.rule(2, phase: 1, [.all(.requestHeaders)], .text(.contains, "%{tx.word}x"))
        rules.rule(3, phase: 1, [.all(.requestHeaders)], try rules.rx("gzip$"))
        let harness = try Harness(rules.draft)
        var request = TestRequest("/")
        request.headers += [("Accept-Encoding", Array("gzipx".utf8)), ("X-Other", Array("gzip".utf8))]
        var other = request
        other.headers.append(("X-Set", Array("on".utf8)))
        for _ in 0..<3 {
            #expect(harness.send(request).matches == ["2 ", "3 "])
            #expect(harness.send(other).matches == ["1 ", "2 ", "3 "])
        }
        harness.scratch.usesGates = false
        #expect(harness.send(request).matches == ["2 ", "3 "])
        #expect(harness.send(other).matches == ["1 ", "2 ", "3 "])
    }

    @Test("multiMatch on a value met again") func everyStep() throws {
        var rules = DraftBuilder()
        rules.rule(1, phase: 1, [.all(.requestHeaders)], try rules.rx("^ABC|^abc$")) {
            $0.transformations = [.lowercase]
            $0.matchesEveryTransformation = true
        }
        let harness = try Harness(rules.draft)
        var request = TestRequest("/")
        request.headers = [("X-A", Array("Abc".utf8)), ("X-B", Array("ABC".utf8)), ("X-C", Array("abd".utf8))]
        let first = harness.send(request)
        #expect(first.matches == ["1 ", "1 ", "1 "])
        for _ in 0..<3 { #expect(harness.send(request).log == first.log) }
        harness.scratch.usesGates = false
        #expect(harness.send(request).log == first.log)
    }
}
