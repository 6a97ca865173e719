// Directives with plain arguments, by family.

internal import RuleStore

extension RuleSetBuilder {
    mutating func addSetting(_ directive: PlacedText, _ arguments: [PlacedText]) {
        guard let name = DirectiveName.table.resolve(directive, as: .directive, into: &diagnostics),
            check(arguments, count: name.argumentCount, of: directive)
        else { return }
        switch name.family {
        case .rules: setRules(name, arguments, directive)
        case .exclusions: change(name, arguments, directive)
        case .bodies: setBodies(name, arguments)
        case .parsing: setParsing(name, arguments)
        case .logging: setLogging(name, arguments[0])
        case .identity: setIdentity(name, arguments[0])
        case .inert: checkInert(name, arguments[0])
        }
    }

    private mutating func setRules(
        _ name: DirectiveName, _ arguments: [PlacedText], _ directive: PlacedText
    ) {
        switch name {
        case .defaultAction:
            setDefaults(ActionSyntax.parseList(arguments[0], into: &diagnostics), directive)
        case .ruleEngine:
            let expected = "On, Off or DetectionOnly"
            if let mode = value(of: name, arguments[0], in: ValueNames.engineModes, expected) {
                settings.mode = mode
            }
        case .componentSignature:
            let separator = settings.componentSignatures.isEmpty ? "" : "\n"
            settings.componentSignatures += separator + arguments[0].string
        default:
            preconditionFailure("\(name.rawValue) has a grammar of its own")
        }
    }

    private mutating func change(
        _ name: DirectiveName, _ arguments: [PlacedText], _ directive: PlacedText
    ) {
        switch name {
        case .ruleUpdateTargetByID, .ruleUpdateTargetByTag, .ruleUpdateTargetByMsg:
            updateTargets(name, arguments, directive)
        case .ruleUpdateActionByID: updateActions(name, arguments, directive)
        default: removeRules(name, arguments, directive)
        }
    }

    private mutating func setIdentity(_ name: DirectiveName, _ argument: PlacedText) {
        switch name {
        case .collectionTimeout:
            if let seconds = number(of: name, argument, in: 1...31_536_000, unit: "seconds") {
                settings.collectionTimeoutSeconds = seconds
            }
        case .webAppID: settings.webAppID = argument.string
        case .serverSignature: settings.serverSignature = argument.string
        default: settings.sensorID = argument.string
        }
    }

    private mutating func checkInert(_ name: DirectiveName, _ argument: PlacedText) {
        guard let words = name.acceptedWords, !words.contains(argument.string.lowercased()) else { return }
        refuse(argument, of: name.rawValue, expected: words.map(\.capitalized).joined(separator: " or "))
    }

    /// Whether the number of arguments fits; the first one too many is pointed at.
    mutating func check(
        _ arguments: [PlacedText], count expected: ClosedRange<Int>, of directive: PlacedText
    ) -> Bool {
        guard !expected.contains(arguments.count) else { return true }
        let place = arguments.count > expected.upperBound ? arguments[expected.upperBound] : directive
        diagnostics.report(
            .wrongArgumentCount(
                directive: directive.string, expected: expected, found: arguments.count), at: place)
        return false
    }

    mutating func refuse(_ value: PlacedText, of name: String, expected: String) {
        diagnostics.report(
            .invalidValue(of: name, found: value.string, expected: expected), at: value)
    }

    /// What the argument means; nil with a report when it is none of the table's words.
    mutating func value<Value>(
        of name: DirectiveName, _ argument: PlacedText, in table: [String: Value], _ expected: String
    ) -> Value? {
        if let value = table[argument.string.lowercased()] { return value }
        refuse(argument, of: name.rawValue, expected: expected)
        return nil
    }

    /// The number that the argument is; nil with a report when it is none or leaves `range`.
    mutating func number(
        of name: DirectiveName, _ argument: PlacedText, in range: ClosedRange<Int>, unit: String
    ) -> Int? {
        if let number = Number.parse(argument.bytes, in: range) { return number }
        refuse(argument, of: name.rawValue, expected: "\(range.lowerBound) to \(range.upperBound) \(unit)")
        return nil
    }
}

extension String {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
