// log_format: the forms of access_log's lines.

internal import RuleStore

struct LogFormatRegistry {
    private var formats: [String: (format: LogFormat, location: SourceLocation?)] = [
        "combined": (LogFormatRegistry.combined, nil)
    ]
    private var indices: [String: Int] = [:]
    /// The formats that some `access_log` names.
    private(set) var used: [LogFormat] = []

    /// nginx's form, which everything that reads access logs knows.
    private static let combined: LogFormat = {
        let text =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\""
        guard case .success(let parts) = LogFormatParser.parse(text) else {
            preconditionFailure("the built-in format has known variables only")
        }
        return LogFormat(parts: parts)
    }()

    mutating func define(_ directive: Directive, _ diagnostics: inout Diagnostics) {
        let name = directive.arguments[0]
        var texts = directive.arguments[1...]
        var escaping = LogFormat.Escaping.standard
        if let first = texts.first, first.text.hasPrefix("escape=") {
            switch first.text.dropFirst(7) {
            case "default": escaping = .standard
            case "json": escaping = .json
            case "none": escaping = .none
            default:
                diagnostics.report(
                    first.location,
                    .badValue(
                        directive: directive.spelling, expected: "escape=default, escape=json or escape=none",
                        found: first.text))
            }
            texts = texts.dropFirst()
        }
        guard !texts.isEmpty else {
            diagnostics.report(
                name.location,
                .badValue(directive: directive.spelling, expected: "a text behind the name", found: ""))
            return
        }
        if let known = formats[name.text] {
            diagnostics.report(
                name.location,
                .duplicate(what: "log_format \"\(name.text)\"", first: known.location ?? name.location))
            return
        }
        var parts: [LogFormat.Part] = []
        for text in texts {
            switch LogFormatParser.parse(text.text) {
            case .success(let more): parts += more
            case .failure(let reason): diagnostics.report(text.location, reason)
            }
        }
        formats[name.text] = (LogFormat(parts: parts, escaping: escaping), name.location)
    }

    /// The index of a format in ``used``; nil for a name that nobody has defined.
    mutating func index(of name: String) -> Int? {
        if let index = indices[name] { return index }
        guard let format = formats[name]?.format else { return nil }
        indices[name] = used.count
        used.append(format)
        return used.count - 1
    }

    var names: [String] { formats.keys.sorted() }
}
