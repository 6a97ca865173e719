// `shared_dict NAME SIZE redis=HOST:PORT` and what may stand behind it.

internal import RuleStore
internal import SharedDictionary

/// The parameters of one directive, behind name and size.
struct RedisReader {
    private static let parameters = ["redis=", "redis_prefix=", "redis_interval=", "redis_password_file="]

    private var settings: RedisSettings?
    private var prefix: String?
    private var interval: Int?
    private var passwordPath: String?
    private var isRight = true

    /// - Returns: nil when there are none, or one is wrong, which is reported.
    static func read(
        _ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> RedisSettings? {
        var reader = RedisReader()
        for word in directive.arguments.dropFirst(2) {
            let fault = reader.fault(of: word, directive.spelling, context, &diagnostics)
            guard let fault else { continue }
            diagnostics.report(word.location, fault)
            reader.isRight = false
        }
        let hasOthers = reader.prefix != nil || reader.interval != nil || reader.passwordPath != nil
        if reader.isRight, reader.settings == nil, hasOthers {
            let fault = ConfigurationError.Reason.refused(
                directive: directive.spelling, why: "redis_ parameters need redis=")
            diagnostics.report(directive.location, fault)
        }
        guard reader.isRight, var settings = reader.settings else { return nil }
        settings.prefix = reader.prefix ?? settings.prefix
        settings.intervalMilliseconds = reader.interval ?? settings.intervalMilliseconds
        settings.passwordPath = reader.passwordPath
        return settings
    }

    /// Takes one parameter; what is wrong with it, or nil.
    private mutating func fault(
        of word: Word, _ directive: String, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> ConfigurationError.Reason? {
        let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            return .unknownParameter(directive: directive, found: word.text, expected: Self.parameters)
        }
        func bad(_ expected: String) -> ConfigurationError.Reason {
            .badValue(directive: directive, expected: expected, found: word.text)
        }
        let value = String(parts[1])
        switch parts[0] {
        case "redis":
            guard let target = HostAndPort(value) else {
                return bad("redis= and host, host:port or unix:/path")
            }
            let port = target.port ?? RedisSettings.defaultPort
            let addresses = context.addresses(
                of: target.host, port: port, for: directive, at: word.location, &diagnostics)
            // A name without an address has been reported.
            guard let first = addresses.first else {
                isRight = false
                return nil
            }
            settings = RedisSettings(host: first.host, port: first.port)
        case "redis_prefix":
            guard RedisSettings.isPrefix(value) else {
                let limit = RedisSettings.prefixBytes
                return bad("redis_prefix= and at most \(limit) letters, digits, _, -, . and :")
            }
            prefix = value
        case "redis_interval":
            guard let time = TimeValue.milliseconds(value), RedisSettings.intervalRange.contains(time) else {
                return bad("redis_interval= and a time from 10ms to 10s")
            }
            interval = time
        case "redis_password_file":
            guard !value.isEmpty else { return bad("redis_password_file= and a path") }
            passwordPath = context.paths.besideConfiguration(value)
        default: return .unknownParameter(directive: directive, found: word.text, expected: Self.parameters)
        }
        return nil
    }
}
