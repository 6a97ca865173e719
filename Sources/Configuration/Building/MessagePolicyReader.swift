// waf_websocket_*: what messages have to be.

internal import RuleStore

enum MessagePolicyReader {
    /// Takes one directive. A value that is wrong is reported, and the inherited one stays.
    static func apply(
        _ directive: Directive, to messages: inout MessagePolicy, _ diagnostics: inout Diagnostics
    ) {
        switch directive.name {
        case .wafWebSocketAction: messages.denial = denial(directive) ?? messages.denial
        case .wafWebSocketProtocol: messages.format = format(directive) ?? messages.format
        case .wafWebSocketMalformed: messages.closesMalformed = directive.choice != "inspect"
        case .wafWebSocketOrigins:
            guard let list = list(directive, &diagnostics, isValid: isOrigin, "an origin") else { return }
            messages.origins = list.words.map { $0.lowercased() }
            messages.acceptsNoOrigin = list.hasNone
        case .wafWebSocketSubprotocols:
            guard let list = list(directive, &diagnostics, isValid: isToken, "a subprotocol's name") else { return }
            messages.subprotocols = list.words
            messages.acceptsNoSubprotocol = list.hasNone
        case .wafWebSocketRate:
            if let rate = rate(directive, { DecimalNumber.parse($0) }, "N/s", &diagnostics) {
                messages.messagesPerSecond = rate
            }
        case .wafWebSocketByteRate:
            if let rate = rate(directive, { SizeValue.bytes(String($0)) }, "SIZE/s", &diagnostics) {
                messages.bytesPerSecond = rate
            }
        case .wafWebSocketMaxFragments: messages.maxFragments = directive.number ?? messages.maxFragments
        case .wafWebSocketIdleTimeout:
            messages.idleMilliseconds = directive.milliseconds ?? messages.idleMilliseconds
        default: preconditionFailure("not a directive about messages")
        }
    }

    /// - Returns: nil when the value is wrong; a file of nil is `off`.
    static func schemaFile(
        _ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> RuleFile?? {
        let argument = directive.arguments[0]
        guard argument.text != "off" else { return .some(nil) }
        guard !argument.text.isEmpty else {
            diagnostics.report(
                argument.location, .badValue(directive: directive.spelling, expected: "a file", found: argument.text))
            return nil
        }
        let path = context.paths.besideConfiguration(argument.text)
        return RuleFile(path: path, location: argument.location)
    }

    private static func denial(_ directive: Directive) -> MessagePolicy.Denial? {
        switch directive.choice {
        case "close": .close
        case "drop": .drop
        case "log": .log
        default: nil
        }
    }

    private static func format(_ directive: Directive) -> MessagePolicy.Format? {
        switch directive.choice {
        case "auto": .auto
        case "text": .text
        case "json": .json
        case "jsonrpc": .jsonRPC
        case "graphql": .graphQL
        case "socketio": .socketIO
        case "stomp": .stomp
        case "signalr": .signalR
        default: nil
        }
    }

    // MARK: Lists

    /// `any` by itself, or words of which `none` stands for their absence, as in nginx's
    /// valid_referers.
    private static func list(
        _ directive: Directive, _ diagnostics: inout Diagnostics, isValid: (String) -> Bool, _ expected: String
    ) -> (words: [String], hasNone: Bool)? {
        if directive.arguments.count == 1, directive.arguments[0].text == "any" { return ([], false) }
        var words: [String] = []
        var hasNone = false
        for word in directive.arguments {
            if word.text == "none" {
                hasNone = true
            } else if isValid(word.text), word.text != "any" {
                words.append(word.text)
            } else {
                diagnostics.report(
                    word.location,
                    .badValue(directive: directive.spelling, expected: expected, found: word.text))
                return nil
            }
        }
        guard !words.isEmpty else {
            diagnostics.report(
                directive.location,
                .badValue(directive: directive.spelling, expected: "\(expected) beside \"none\"", found: "none"))
            return nil
        }
        return (words, hasNone)
    }

    /// `[SCHEME://] [*.] HOST [:PORT]`, or `null`, which browsers send for pages without an origin.
    private static func isOrigin(_ text: String) -> Bool {
        var rest = Substring(text)
        if let scheme = rest.utf8.firstRange(of: "://".utf8) {
            guard scheme.lowerBound > rest.startIndex, rest[..<scheme.lowerBound].allSatisfy(\.isLetter) else {
                return false
            }
            rest = rest[scheme.upperBound...]
        }
        if rest.hasPrefix("*.") { rest = rest.dropFirst(2) }
        return !rest.isEmpty
            && rest.utf8.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F && !"/*?#@,\"".utf8.contains(byte)
            }
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains(byte)
            }
    }

    // MARK: Rates

    /// - Returns: nil when the value is wrong; a rate of nil is `off`.
    private static func rate(
        _ directive: Directive, _ parse: (Substring) -> Int?, _ shape: String, _ diagnostics: inout Diagnostics
    ) -> Int?? {
        let word = directive.arguments[0]
        if word.text == "off" { return .some(nil) }
        if word.text.hasSuffix("/s"), let number = parse(word.text.dropLast(2)), largestRates.contains(number) {
            return number
        }
        diagnostics.report(
            word.location,
            .badValue(
                directive: directive.spelling, expected: "\(shape), 1 to \(largestRates.upperBound)", found: word.text))
        return nil
    }

    /// So that a second's worth, in thousandths, fits into a word.
    private static let largestRates = 1...(1 << 40)
}
