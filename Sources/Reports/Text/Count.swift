// Numbers with their nouns.

package enum Count {
    /// `1 rule`, `2 rules`
    package static func text(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
