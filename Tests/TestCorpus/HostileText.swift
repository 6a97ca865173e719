// Long texts that make matchers slow: bytes of few kinds without order, a text again and again, and what
// a pattern begins with but never ends.

package struct HostileText: Sendable {
    package var name: String
    private var unit: [UInt8]
    /// Whether the bytes of `unit` come without order.
    private var isNoise: Bool

    package init(repeating unit: [UInt8], name: String) {
        self.name = name
        self.unit = unit
        isNoise = false
    }

    package init(noiseOf bytes: String) {
        name = "noise of \(bytes.debugDescription)"
        unit = Array(bytes.utf8)
        isNoise = true
    }

    private static func row(_ text: String) -> HostileText {
        HostileText(repeating: Array(text.utf8), name: "rows of \(text.debugDescription)")
    }

    /// For every rule.
    package static let general: [HostileText] = [
        HostileText(noiseOf: "\r\n"), HostileText(noiseOf: "'\"`"), HostileText(noiseOf: "a \t<='\">/(,)"),
        row("/**/"),
        row("("), row(" "), row("\\"), row("a "), row("%25"), row("&#x41;"), row("../"), row("0"),
    ]

    /// For a rule with that pattern: what it looks for, the same cut short, and its first bytes.
    package static func own(to pattern: [UInt8]) -> [HostileText] {
        guard let sample = PatternSample(pattern) else { return [] }
        var texts: [HostileText] = []
        for number in [0, 7] {
            let whole = Array(sample.text(choosing: number).prefix(longestUnit))
            guard whole.count > 1 else { continue }
            let parts = [
                ("its text", whole), ("its text cut short", Array(whole.dropLast())),
                ("its beginning", Array(whole.prefix(max(1, min(whole.count / 2, 8))))),
            ]
            texts += parts.map { HostileText(repeating: $0.1, name: "\($0.0), \(number)") }
        }
        return texts
    }

    /// Longest text that is repeated: of one much longer 4 KiB would hold no whole number.
    private static var longestUnit: Int { 512 }

    /// So many bytes, or a little less: what is repeated is there as a whole, so that a text of any length
    /// begins and ends in the same way.
    package func bytes(_ count: Int) -> [UInt8] {
        var state: UInt64 = 99
        let count = isNoise ? count : count - count % unit.count
        return (0..<count).map { index in
            guard isNoise else { return unit[index % unit.count] }
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return unit[Int((state >> 33) % UInt64(unit.count))]
        }
    }
}
