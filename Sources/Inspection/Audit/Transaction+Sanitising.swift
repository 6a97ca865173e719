// sanitiseArg, sanitiseMatched, sanitiseMatchedBytes, sanitiseRequestHeader, sanitiseResponseHeader.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Remembers what is not to be shown.
    ///
    /// - Parameters:
    ///   - match: The value that the rule has matched; nil for a SecAction.
    ///   - captured: What the operator matched of it, where the rule captures.
    func sanitise(
        _ subject: SanitiseSubject, _ name: ByteView, _ match: SelectedValue?, captured: ByteView?
    ) {
        guard audit.collects else { return }
        var redaction: Redaction?
        switch subject {
        case .argument: redaction = Redaction(subject: .argument, name: arena.copy(name))
        case .requestHeader: redaction = Redaction(subject: .requestField, name: arena.copy(name))
        case .responseHeader: redaction = Redaction(subject: .responseField, name: arena.copy(name))
        case .matched: redaction = match.map { Self.redaction(of: $0) }
        case .matchedBytes:
            redaction = match.map { Self.redaction(of: $0) }
            guard let captured, !captured.isEmpty else { break }
            let (first, last) = Self.keptEnds(name)
            redaction?.bytes = captured
            redaction?.keptFirst = first
            redaction?.keptLast = last
        }
        if let redaction { audit.redact(redaction, limit: limits.sanitisedItems) }
    }

    private static func redaction(of match: SelectedValue) -> Redaction {
        switch (match.variable, match.key) {
        case (.args, let key?), (.argsGet, let key?), (.argsPost, let key?):
            Redaction(subject: .argument, name: key)
        case (.requestHeaders, let key?): Redaction(subject: .requestField, name: key)
        case (.responseHeaders, let key?): Redaction(subject: .responseField, name: key)
        case (.requestCookies, let key?): Redaction(subject: .cookie, name: key)
        default: Redaction(subject: .anywhere, name: .empty, bytes: match.value)
        }
    }

    /// `1/4`: one byte at the front and four at the end stay readable.
    private static func keptEnds(_ text: ByteView) -> (first: Int, last: Int) {
        guard let slash = text.firstIndex(of: ASCII.byte("/")) else { return (0, 0) }
        func number(_ text: ByteView) -> Int { min(max(0, LeadingNumber.read(text)), 1 << 30) }
        return (number(text[..<slash]), number(text[(slash + 1)...]))
    }

    // MARK: The request's target and body

    func redactedTarget() -> RedactedText {
        var text = RedactedText(request.target, limitBytes: AuditLimits.uriBytes)
        if audit.redactsEverything { text.hideAll() }
        guard !audit.redactions.isEmpty, let rules else { return text }
        if let mark = request.target.firstIndex(of: ASCII.byte("?")) {
            hideArguments(in: request.target, from: mark + 1, rules, &text)
        }
        hideAnywhere(in: request.target, &text)
        return text
    }

    /// The body as it came. An argument whose place in it is not known, as its processor has decoded it
    /// to something that does not stand there, hides the body as a whole.
    func redactedBody(_ body: ByteView, limitBytes: Int) -> RedactedText {
        var text = RedactedText(body, limitBytes: limitBytes)
        if audit.redactsEverything { text.hideAll() }
        guard !audit.redactions.isEmpty, let rules else { return text }
        switch request.processor {
        case .urlEncoded, .none: hideArguments(in: body, from: 0, rules, &text)
        case .multipart, .json, .xml: hidePlacedArguments(in: body, &text)
        }
        hideAnywhere(in: body, &text)
        return text
    }

    /// Walks `name=value&name=value` and hides the values of names that are sanitised.
    private func hideArguments(
        in text: ByteView, from begin: Int, _ rules: RuleSet, _ shown: inout RedactedText
    ) {
        var start = begin
        while start < text.count {
            let end = text.firstIndex(of: rules.view.argumentSeparator, from: start) ?? text.count
            if let equals = text[start..<end].firstIndex(of: ASCII.byte("=")) {
                let name = URLDecode.apply(text[start..<start + equals], in: arena)
                let place = start + equals + 1
                for redaction in audit.redactions where redaction.names(.argument, name) {
                    shown.hide(redaction.hiddenRanges(in: text[place..<end]), from: place)
                }
            }
            start = end + 1
        }
    }

    /// Multipart, JSON and XML: values lie in the body as they are, or are looked for there.
    private func hidePlacedArguments(in body: ByteView, _ shown: inout RedactedText) {
        for index in arguments.fromBody {
            let argument = arguments[index]
            for redaction in audit.redactions where redaction.names(.argument, argument.name) {
                if argument.value.isEmpty { continue }
                if let place = argument.value.offset(in: body) {
                    shown.hide(redaction.hiddenRanges(in: argument.value), from: place)
                } else if body.firstRange(of: argument.value) != nil {
                    let whole = Redaction(subject: .anywhere, name: .empty, bytes: argument.value)
                    shown.hide(whole.hiddenRanges(in: body, isWholeOtherwise: false), from: 0)
                } else {
                    shown.hideAll()
                }
            }
        }
    }

    private func hideAnywhere(in text: ByteView, _ shown: inout RedactedText) {
        for redaction in audit.redactions where redaction.subject == .anywhere {
            shown.hide(redaction.hiddenRanges(in: text, isWholeOtherwise: false), from: 0)
        }
    }

    // MARK: Fields

    func redactedField(_ field: NamedValue, of subject: Redaction.Subject, limitBytes: Int) -> RedactedText {
        var text = RedactedText(field.value, limitBytes: limitBytes)
        if audit.redactsEverything { text.hideAll() }
        for redaction in audit.redactions {
            switch redaction.subject {
            case .anywhere:
                text.hide(redaction.hiddenRanges(in: field.value, isWholeOtherwise: false), from: 0)
            case .cookie where subject == .requestField && field.name.equalsIgnoringASCIICase("Cookie"):
                hideCookies(redaction, in: field.value, &text)
            case .argument, .cookie: break
            case .requestField, .responseField:
                if redaction.names(subject, field.name) {
                    text.hide(redaction.hiddenRanges(in: field.value), from: 0)
                }
            }
        }
        return text
    }

    private func hideCookies(_ redaction: Redaction, in field: ByteView, _ shown: inout RedactedText) {
        for cookie in cookies.members where redaction.names(.cookie, cookie.name) {
            guard let place = cookie.value.offset(in: field) else { continue }
            shown.hide(redaction.hiddenRanges(in: cookie.value), from: place)
        }
    }
}
