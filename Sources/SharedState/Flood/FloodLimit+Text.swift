// How a rate is written: `100r/s`, `20r/m`.

extension FloodLimit {
    /// A rate as nginx's limit_req_zone takes it; nil for other text. The range is not checked here.
    package static func rate(_ text: some StringProtocol) -> (count: Int, period: Period)? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty, let count = Int(digits) else { return nil }
        switch text.dropFirst(digits.count) {
        case "r/s": return (count, .second)
        case "r/m": return (count, .minute)
        default: return nil
        }
    }
}
