internal import Bytes
import Testing

@testable import Detection

@Suite("Speed: both detectors on one harmless argument") struct SpeedTests {
    static let values: [String] = [
        "The quick brown fox jumps over the dogs.", "ann.smith@example.com", "2024-05-01T10:20:30Z",
        "it's a nice day, isn't it? \"quoted\" word", "Mozilla/5.0 (X11; Linux x86_64; rv:109.0)",
    ]

    /// The bound is loose, for machines that do other things; the figure printed is what counts.
    @Test(arguments: values) func harmlessArgument(_ value: String) {
        SQLInjectionDetector.prepare()
        CrossSiteScriptingDetector.prepare()
        let rounds = 20_000
        let time = withView(value) { view in
            ContinuousClock().measure {
                for _ in 0..<rounds {
                    _ = SQLInjectionDetector.detect(view)
                    _ = CrossSiteScriptingDetector.detect(view)
                }
            }
        }
        let nanoseconds = Int(time / rounds / .nanoseconds(1))
        print("both detectors, \(value.utf8.count) bytes: \(nanoseconds) ns")
        #expect(nanoseconds < 200_000)
    }
}
