// A `server` line of an upstream.

internal import RuleStore

enum UpstreamServerReader {
    private static let parameters = [
        "\"weight=N\"", "\"max_fails=N\"", "\"fail_timeout=TIME\"", "\"backup\"", "\"down\"",
    ]
    /// Weights are summed over a group.
    private static let weights = 1...65_535
    private static let failures = 0...1_000_000

    /// One server for each address of the host; empty when the line is wrong.
    static func read(
        _ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> [UpstreamPolicy.Server] {
        let address = directive.arguments[0]
        var pattern = UpstreamPolicy.Server(address: ListenAddress(host: "", port: 0))
        var isRight = true
        for parameter in directive.arguments.dropFirst() {
            if let reason = fault(of: parameter.text, directive.spelling, &pattern) {
                diagnostics.report(parameter.location, reason)
                isRight = false
            }
        }
        guard let target = HostAndPort(address.text) else {
            let shape = "HOST[:PORT], ADDRESS[:PORT] or unix:PATH"
            diagnostics.report(
                address.location,
                .badValue(directive: directive.spelling, expected: shape, found: address.text))
            return []
        }
        let addresses = context.addresses(
            of: target.host, port: target.port ?? 80, for: directive.spelling, at: address.location,
            &diagnostics)
        guard isRight else { return [] }
        return addresses.map {
            var server = pattern
            server.address = $0
            return server
        }
    }

    /// Takes one parameter; what is wrong with it, or nil.
    private static func fault(
        of text: String, _ directive: String, _ server: inout UpstreamPolicy.Server
    ) -> ConfigurationError.Reason? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count == 2 ? String(parts[1]) : nil
        switch (String(parts[0]), value) {
        case ("backup", nil): server.isBackup = true
        case ("down", nil): server.isDown = true
        case ("weight", let value?):
            guard let number = DecimalNumber.parse(value), weights.contains(number) else {
                return bad(directive, "weight=", weights, text)
            }
            server.weight = number
        case ("max_fails", let value?):
            guard let number = DecimalNumber.parse(value), failures.contains(number) else {
                return bad(directive, "max_fails=", failures, text)
            }
            server.maxFails = number
        case ("fail_timeout", let value?):
            guard let time = TimeValue.milliseconds(value),
                (0...DirectiveTable.longestMilliseconds).contains(time)
            else {
                return .badValue(
                    directive: directive, expected: "fail_timeout= and a time such as 10s", found: text)
            }
            server.failTimeoutMilliseconds = time
        default: return .unknownParameter(directive: directive, found: text, expected: parameters)
        }
        return nil
    }

    private static func bad(
        _ directive: String, _ name: String, _ range: ClosedRange<Int>, _ found: String
    ) -> ConfigurationError.Reason {
        let expected = "\(name) and a number from \(range.lowerBound) to \(range.upperBound)"
        return .badValue(directive: directive, expected: expected, found: found)
    }
}
