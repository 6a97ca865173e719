// ModSecurity 3's engine tests, as far as they hold for an engine that means what ModSecurity 2 means.

import Foundation
import SecLang
import Testing

@Suite("ModSecurity 3's engine tests", .enabled(if: ConformanceKit.isPresent)) struct RegressionTests {
    private func names(_ groups: [(reason: String, cases: [String])]) -> Set<String> {
        Set(groups.flatMap(\.cases))
    }

    /// Loads and runs every case: what is not as it is there is in ``NotPortable``, and nothing else is.
    @Test func cases() throws {
        let cases = try RegressionCase.all()
        #expect(cases.count == 487)
        var refused: Set<String> = []
        var loaded: Set<String> = []
        var answers: Set<String> = []
        var logs: Set<String> = []
        var statuses = 0
        for one in cases {
            switch try one.run() {
            case .notLoaded:
                if one.loadError == nil { refused.insert(one.name) }
            case .ran(let status, let log):
                guard one.loadError == nil else {
                    loaded.insert(one.name)
                    continue
                }
                if one.status != nil { statuses += 1 }
                if status != one.status ?? 200 { answers.insert(one.name) }
                if let pattern = one.errorLog, log.range(of: pattern, options: .regularExpression) == nil {
                    logs.insert(one.name)
                }
            }
        }
        #expect(refused.subtracting(names(NotPortable.refused)) == [])
        #expect(loaded.subtracting(names(NotPortable.loaded)) == [])
        #expect(answers.subtracting(names(NotPortable.answers)) == [])
        #expect(logs.subtracting(names(NotPortable.logs)) == [])
        #expect(cases.filter { $0.loadError != nil }.count == 22)
        let ran = cases.count - refused.count - 22
        print("ModSecurity 3's cases: \(ran) ran, \(statuses) with a status, \(refused.count) do not load")
        #expect(ran >= 388)
    }
}
