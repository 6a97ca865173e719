// Why a configuration is refused.

/// A refusal to load a configuration, printed as `file:line:column: error: reason`.
package struct ConfigurationError: Error, Hashable, Sendable {
    package enum Reason: Error, Hashable, Sendable {
        // Files.
        case unreadable(path: String)
        case fileTooLarge(limitBytes: Int)
        case notUTF8
        case includesTooDeep(limit: Int)
        case includeCycle(path: String)
        case tooManyFiles(limit: Int)
        case noSuchFile(path: String)

        // Text.
        case unexpected(found: String, expected: String)
        case unexpectedEnd(expected: String, opening: SourceLocation?)
        case unterminatedQuote(Character)
        case controlCharacter(UInt8)
        case wordTooLong(limitBytes: Int)
        case blocksTooDeep(limit: Int)

        // Directives.
        case unknownDirective(String, closest: String?)
        case wrongContext(directive: String, found: String, allowed: [String])
        case wrongArgumentCount(directive: String, expected: ClosedRange<Int>, found: Int)
        case missingBlock(directive: String)
        case unexpectedBlock(directive: String)
        case duplicate(what: String, first: SourceLocation)

        // Values.
        case badValue(directive: String, expected: String, found: String)
        case unknownParameter(directive: String, found: String, expected: [String])
        case unknownVariable(String, closest: String?)
        case badVariable(text: String)
        case badPattern(pattern: String, reason: String)
        case hostNotFound(directive: String, host: String)
        case noServers(upstream: String)
        /// Of a file that `waf_websocket_schema` names.
        case badSchema(what: String)
        /// Something of nginx's language that this program does not do.
        case refused(directive: String, why: String)
    }

    package var location: SourceLocation
    package var reason: Reason

    init(_ location: SourceLocation, _ reason: Reason) {
        self.location = location
        self.reason = reason
    }
}

/// All that is wrong with a configuration, in the order of its text, and the warnings beside.
package struct ConfigurationErrors: Error, Equatable, Sendable, CustomStringConvertible {
    /// Never empty.
    package var errors: [ConfigurationError]
    package var warnings: [ConfigurationWarning]

    /// One line each, errors first, no line feed at the end.
    package var description: String {
        (errors.map(\.description) + warnings.map(\.description)).joined(separator: "\n")
    }
}
