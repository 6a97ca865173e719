// Damaged rule sets: an error or a set that can be read through, never a trap.

import Bytes
import Testing

@testable import RuleStore

@Suite("Rule set damage") struct RuleSetDamageTests {
    /// Reads everything that a worker could read.
    static func walk(_ view: RuleSetView) -> Int {
        var sum = view.requestBodyLimitBytes & 1
        func readText(_ index: Int) {
            for part in view.parts(ofText: index) {
                if case .literal(let bytes) = view.textPart(part) { sum += bytes.count }
            }
        }
        for plan in RulePlan.allCases {
            let list = view.plan(plan)
            var entry = 0
            while entry < list.count {
                sum += view.rule(list.rule(entry)).line
                let next = list.resume(entry)
                precondition(next > entry && next <= list.count)
                entry += 1
            }
        }
        for index in 0..<view.ruleCount {
            let rule = view.rule(index)
            sum += rule.targets.reduce(0) { $0 + view.target($1).key.count }
            for action in rule.actions.map({ view.action($0) }) {
                switch action {
                case .assign(let assignment):
                    readText(assignment.name)
                    readText(assignment.value)
                case .openCollection(_, let key, _): readText(key)
                case .age(_, _, let name, let value):
                    readText(name)
                    readText(value)
                case .sanitise(_, let name): readText(name)
                case .inject(_, let text), .pause(let text): readText(text)
                case .control(.removeRules(let selection)):
                    for place in view.selection(selection) { sum += view.selectionRange(place).count }
                case .control(.removeTarget(let selection, let target)):
                    for place in view.selection(selection) { sum += view.selectionRange(place).count }
                    sum += view.target(target).key.count
                case .control: sum += 1
                }
            }
            for place in rule.namespaces { sum += view.namespace(place).name.count }
            readText(rule.location)
            for tag in rule.tags { readText(view.tag(tag)) }
            for text in [rule.operatorText, rule.message, rule.logData] { readText(text) }
            sum += rule.version(in: view).count + rule.file(in: view).count + rule.revision(in: view).count
            sum += (rule.program ?? 0) + rule.status + (rule.severity ?? 0)
            sum += rule.disruption == .deny ? 1 : 0
            sum += rule.isChained && rule.kindIsRunnable ? view.rule(index + 1).line : 0
            var node = rule.transformation
            while node != 0 { node = view.transformation(node).parent }
        }
        for index in 0..<view.programCount { sum += view.program(index).bytes.count }
        _ =
            view.mode == .on && view.requestBodyLimitAction == .reject
            && view.responseBodyLimitAction == .reject
        _ = view.inspectsResponseBody(ofType: ByteView("text/html"))
        _ = view.isAccumulated(ByteView("score"))
        _ = view.isReadByMessages(.requestHeaders, key: ByteView("host"))
        return sum
    }

    static func outcome(_ bytes: [UInt8]) -> RuleSetError? {
        RuleSetLayoutTests.withView(bytes) { blob in
            do throws(RuleSetError) {
                _ = walk(try RuleSetView(validating: blob))
                return nil
            } catch {
                return error
            }
        }
    }

    @Test func everyByteFlipped() {
        let good = RuleSetEncoder.encode(RuleSetLayoutTests.sample)
        #expect(Self.outcome(good) == nil)
        var refused = 0
        for index in good.indices {
            for mask in [0x01, 0x80, 0xFF] as [UInt8] {
                var bad = good
                bad[index] ^= mask
                if Self.outcome(bad) != nil { refused += 1 }
            }
        }
        // Strings, ids and line numbers may hold anything; most of the rest may not.
        #expect(refused > 1_000)
    }

    @Test func cutAtEveryLength() {
        let good = RuleSetEncoder.encode(RuleSetLayoutTests.sample)
        for count in 0..<good.count { #expect(Self.outcome(Array(good[..<count])) != nil) }
        #expect(Self.outcome(good + [0]) == .wrongSize(found: good.count + 1, expected: good.count))
    }

    @Test func randomWords() {
        let good = RuleSetEncoder.encode(RuleSetLayoutTests.sample)
        var state: UInt64 = 1
        for _ in 0..<5_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var bad = good
            let word = Int(state >> 33) % (good.count / 4)
            let values: [UInt32] = [0, 1, 63, 64, 0x7FFF_FFFF, 0xFFFF_FFFF, UInt32(good.count)]
            let value = values[Int(state >> 20) % values.count]
            for byte in 0..<4 { bad[word * 4 + byte] = UInt8(truncatingIfNeeded: value >> UInt32(byte * 8)) }
            _ = Self.outcome(bad)
        }
    }

    @Test func headerIsNamed() {
        var other = RuleSetEncoder.encode(RuleSetDraft())
        #expect(Self.outcome([]) == .notARuleSet)
        other[4] = 99
        #expect(Self.outcome(other) == .otherVersion(found: 99, expected: RuleSetLayout.version))
        other[0] = 0
        #expect(Self.outcome(other) == .notARuleSet)
    }

    /// A draft that breaks its promises is refused when it is read.
    @Test func brokenDrafts() {
        var chain = RuleSetDraft()
        var rule = RuleDraft()
        rule.isChained = true
        chain.rules = [rule]
        #expect(Self.outcome(RuleSetEncoder.encode(chain)) == .damagedRecord(section: "rules", record: 0))
        var program = RuleSetDraft()
        rule.isChained = false
        rule.test = OperatorDraft(name: .rx)
        program.rules = [rule]
        #expect(Self.outcome(RuleSetEncoder.encode(program)) == .damagedRecord(section: "rules", record: 0))
        var long = RuleSetDraft()
        rule.test = OperatorDraft(name: .unconditionalMatch)
        rule.transformations = (0..<RuleSetLayout.pipelineLimit).map {
            $0 % 2 == 0 ? .lowercase : .removeNulls
        }
        long.rules = [rule]
        #expect(Self.outcome(RuleSetEncoder.encode(long)) == nil)
        rule.transformations.append(.urlDecode)
        long.rules = [rule]
        #expect(
            Self.outcome(RuleSetEncoder.encode(long))
                == .damagedRecord(section: "transformations", record: RuleSetLayout.pipelineLimit))
    }
}

extension RuleRecord {
    /// Markers have no next link.
    var kindIsRunnable: Bool { id != 0 || isAction || operatorName != .unconditionalMatch }
}
