// waf_target and its like: what holds in a block.

internal import RuleStore

/// The directives about a target, each inherited by itself: the URI may come from `http` and the time-out from
/// a location.
struct TargetReader {
    private var settings = TargetPolicy(uri: "")
    /// Where `waf_target` stands; nil: off.
    private(set) var location: SourceLocation?

    /// nil where nothing is asked.
    var policy: TargetPolicy? { location == nil ? nil : settings }

    /// With another URI.
    func policy(uri: String) -> TargetPolicy {
        var policy = settings
        policy.uri = uri
        policy.location = nil
        return policy
    }

    mutating func apply(_ directive: Directive, _ diagnostics: inout Diagnostics) {
        switch directive.name {
        case .wafTarget: readURI(directive, &diagnostics)
        case .wafTargetTimeout:
            settings.timeoutMilliseconds = directive.milliseconds ?? settings.timeoutMilliseconds
        case .wafTargetFailure: settings.failure = directive.choice == "block" ? .block : .pass
        case .wafTargetMode: settings.mode = directive.choice == "async" ? .async : .hold
        case .wafTargetSample: readSample(directive, &diagnostics)
        case .wafTargetMaxBody: settings.maxBodyBytes = directive.sizeBytes ?? settings.maxBodyBytes
        case .wafTargetInFlight: settings.inFlight = directive.number ?? settings.inFlight
        case .wafTargetMessages: settings.asksMessages = directive.choice != "off"
        case .wafTargetBreaker: readBreaker(directive, &diagnostics)
        case .wafTargetCache: readCache(directive, &diagnostics)
        default: preconditionFailure("not a directive about a target")
        }
    }

    private mutating func readURI(_ directive: Directive, _ diagnostics: inout Diagnostics) {
        let word = directive.arguments[0]
        guard word.text != "off" else {
            location = nil
            return
        }
        guard word.text.hasPrefix("/"), word.text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            diagnostics.report(
                word.location,
                .badValue(directive: directive.spelling, expected: "a URI or \"off\"", found: word.text))
            return
        }
        settings.uri = word.text
        settings.location = nil
        location = word.location
    }

    private mutating func readSample(_ directive: Directive, _ diagnostics: inout Diagnostics) {
        let word = directive.arguments[0]
        let number = word.text.hasSuffix("%") ? DecimalNumber.parse(word.text.dropLast()) : nil
        guard let number, number <= 100 else {
            diagnostics.report(
                word.location,
                .badValue(directive: directive.spelling, expected: "0% to 100%", found: word.text))
            return
        }
        settings.samplePercent = number
    }

    private mutating func readBreaker(_ directive: Directive, _ diagnostics: inout Diagnostics) {
        let words = directive.arguments
        if words.count == 1, words[0].text == "off" {
            settings.breakerFailures = 0
            return
        }
        guard words.count == 2, let failures = DecimalNumber.parse(words[0].text[...]), failures > 0,
            let time = TimeValue.milliseconds(words[1].text), time > 0
        else {
            let found = words.map(\.text).joined(separator: " ")
            diagnostics.report(
                words[0].location,
                .badValue(
                    directive: directive.spelling, expected: "a number of failures and a time", found: found))
            return
        }
        settings.breakerFailures = failures
        settings.breakerMilliseconds = time
    }

    private mutating func readCache(_ directive: Directive, _ diagnostics: inout Diagnostics) {
        let words = directive.arguments
        settings.cacheKey = nil
        if words[0].text == "off", words.count == 1 {
            settings.cacheMilliseconds = 0
            return
        }
        guard let time = TimeValue.milliseconds(words[0].text) else {
            diagnostics.report(
                words[0].location,
                .badValue(directive: directive.spelling, expected: "a time or \"off\"", found: words[0].text))
            return
        }
        settings.cacheMilliseconds = time
        guard words.count == 2 else { return }
        switch TemplateParser.parse(words[1].text) {
        case .success(let key): settings.cacheKey = key
        case .failure(let reason): diagnostics.report(words[1].location, reason)
        }
    }
}
