// The arguments of listen.

internal import RuleStore

/// A `listen` line, its host not yet resolved.
struct ListenValue: Equatable {
    var host: HostAndPort.Host
    var port: UInt16
    var isDefault = false

    static let shape = "ADDRESS[:PORT], PORT or unix:PATH"

    /// - Parameter defaultPort: What an address without a port stands for.
    static func parse(_ arguments: [Word], defaultPort: UInt16) -> Result<ListenValue, ConfigurationError> {
        let directive = DirectiveName.listen.spelling
        guard let word = arguments.first else { preconditionFailure("the table gives listen an argument") }
        guard var value = address(word.text, defaultPort: defaultPort) else {
            let reason = ConfigurationError.Reason.badValue(
                directive: directive, expected: shape, found: word.text)
            return .failure(ConfigurationError(word.location, reason))
        }
        for parameter in arguments.dropFirst() {
            guard parameter.text == "default_server" else {
                let reason = ConfigurationError.Reason.unknownParameter(
                    directive: directive, found: parameter.text, expected: ["\"default_server\""])
                return .failure(ConfigurationError(parameter.location, reason))
            }
            value.isDefault = true
        }
        return .success(value)
    }

    private static func address(_ text: String, defaultPort: UInt16) -> ListenValue? {
        if let port = HostAndPort.port(text) { return ListenValue(host: .address("0.0.0.0"), port: port) }
        if text == "*" { return ListenValue(host: .address("0.0.0.0"), port: defaultPort) }
        if text.hasPrefix("*:") {
            return HostAndPort.port(text.dropFirst(2)).map {
                ListenValue(host: .address("0.0.0.0"), port: $0)
            }
        }
        guard let parsed = HostAndPort(text) else { return nil }
        if case .socket = parsed.host { return ListenValue(host: parsed.host, port: 0) }
        return ListenValue(host: parsed.host, port: parsed.port ?? defaultPort)
    }
}
