internal import Bytes
import Testing

@testable import Detection

@Suite("OWASP CRS: rules 941100, 941101, 942100, 942101", .enabled(if: ConformanceKit.isPresent))
struct CoreRuleSetTests {
    static let rules: [(Int, String, Int)] = [
        (941100, "REQUEST-941-APPLICATION-ATTACK-XSS", 6), (941101, "REQUEST-941-APPLICATION-ATTACK-XSS", 3),
        (942100, "REQUEST-942-APPLICATION-ATTACK-SQLI", 12),
        (942101, "REQUEST-942-APPLICATION-ATTACK-SQLI", 11),
    ]

    @Test(arguments: rules) func regressionTests(_ rule: Int, _ folder: String, _ count: Int) throws {
        let tests = try CoreRuleSetTest.load(rule: rule, folder: folder)
        #expect(tests.count == count)
        for test in tests {
            let matches = test.values.contains { value in
                withView(value) { view in
                    rule < 942_000
                        ? CrossSiteScriptingDetector.detect(view) != nil
                        : SQLInjectionDetector.detect(view) != nil
                }
            }
            #expect(matches == test.mustMatch, "\(rule)-\(test.number)")
        }
    }
}
