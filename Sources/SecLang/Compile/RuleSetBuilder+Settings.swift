// Directives with plain arguments: the engine's settings, defaults, removals.

internal import RuleStore

extension RuleSetBuilder {
    mutating func addSetting(_ directive: PlacedText, _ arguments: [PlacedText]) {
        guard let name = DirectiveName.table.resolve(directive, as: .directive, into: &diagnostics),
            check(arguments, count: name.argumentCount, of: directive)
        else { return }
        switch name {
        case .rule, .action, .marker, .include:
            preconditionFailure("\(name.rawValue) has a grammar of its own")
        case .defaultAction:
            setDefaults(ActionSyntax.parseList(arguments[0], into: &diagnostics), directive)
        case .ruleRemoveByID:
            interruptChain(by: directive)
            for argument in arguments { removeRules(argument, directive) }
        case .componentSignature:
            break
        case .ruleEngine:
            let expected = "On, Off or DetectionOnly"
            if let mode = value(of: name, arguments[0], in: ValueNames.engineModes, expected) {
                settings.mode = mode
            }
        case .requestBodyAccess, .responseBodyAccess:
            setAccess(name, arguments[0])
        case .requestBodyLimitAction, .responseBodyLimitAction:
            setLimitAction(name, arguments[0])
        case .requestBodyLimit, .requestBodyNoFilesLimit, .responseBodyLimit:
            setLimit(name, arguments[0])
        case .responseBodyMimeType: addBodyTypes(arguments)
        case .responseBodyMimeTypesClear:
            settings.responseBodyTypes = []
            hasOwnBodyTypes = true
        case .argumentSeparator:
            guard arguments[0].count == 1 else {
                return refuse(arguments[0], of: name.rawValue, expected: "one byte")
            }
            settings.argumentSeparator = arguments[0][0]
        }
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
}
