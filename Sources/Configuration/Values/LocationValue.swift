// The arguments of location.

/// A location's modifier and path, nginx's glued form (`=/path`) included.
struct LocationValue: Equatable {
    enum Modifier: String {
        case none = ""
        case exact = "="
        case prefixFinal = "^~"
        case pattern = "~"
        case caselessPattern = "~*"
    }
    var modifier: Modifier
    var path: String
    /// Of the path or pattern.
    var location: SourceLocation

    static func parse(_ arguments: [Word]) -> Result<LocationValue, ConfigurationError> {
        let directive = DirectiveName.location.spelling
        guard let first = arguments.first, let last = arguments.last else {
            preconditionFailure("the table gives a location at least one argument")
        }
        if first.text.hasPrefix("@") {
            let why = "named locations are not supported"
            return .failure(ConfigurationError(first.location, .refused(directive: directive, why: why)))
        }
        var value = LocationValue(modifier: .none, path: last.text, location: last.location)
        if arguments.count == 2 {
            guard let modifier = Modifier(rawValue: first.text), modifier != .none else {
                let expected = "\"=\", \"^~\", \"~\" or \"~*\""
                return .failure(
                    ConfigurationError(
                        first.location, .badValue(directive: directive, expected: expected, found: first.text)
                    ))
            }
            value.modifier = modifier
        } else if let glued = [Modifier.exact, .prefixFinal, .caselessPattern, .pattern].first(where: {
            first.text.hasPrefix($0.rawValue)
        }) {
            value.modifier = glued
            value.path = String(first.text.dropFirst(glued.rawValue.count))
        }
        guard !value.path.isEmpty else {
            return .failure(
                ConfigurationError(
                    last.location, .badValue(directive: directive, expected: "a path", found: last.text)))
        }
        return .success(value)
    }
}
