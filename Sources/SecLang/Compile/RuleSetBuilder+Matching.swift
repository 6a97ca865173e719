// How a rule looks at values: t, capture, multiMatch and xmlns.

internal import RuleStore

extension RuleSetBuilder {
    mutating func applyMatching(_ word: ResolvedAction, to rule: inout RuleDraft) {
        switch word.name {
        case .capture: rule.captures = true
        case .multiMatch: rule.matchesEveryTransformation = true
        case .t: applyTransformation(word.value, to: &rule)
        default: addNamespace(word, to: &rule)
        }
    }

    private mutating func applyTransformation(_ value: PlacedText, to rule: inout RuleDraft) {
        let found = TransformationName.table.resolve(value, as: .transformation, into: &diagnostics)
        guard let transformation = found else { return }
        if let transformation {
            rule.transformations.append(transformation)
        } else {
            // `none` also takes off what the defaults brought.
            rule.transformations = []
        }
    }

    /// `xmlns:soap=http://schemas.xmlsoap.org/soap/envelope/`
    private mutating func addNamespace(_ word: ResolvedAction, to rule: inout RuleDraft) {
        var cursor = TextCursor(word.value)
        let prefix = cursor.take { $0 == UInt8(ascii: "=") }
        let hasName = cursor.take(UInt8(ascii: "="))
        // The name may stand in quotes of its own.
        var name = cursor.rest
        let quote = UInt8(ascii: "'")
        if name.count >= 2, name[0] == quote, name[name.count - 1] == quote {
            name = name[1..<name.count - 1]
        }
        // Relative names are deprecated and mean a missing scheme here, as in libmodsecurity.
        guard !prefix.isEmpty, hasName, name.bytes.contains(UInt8(ascii: ":")) else {
            return refuse(word.value, of: word.name.rawValue, expected: "prefix=URI")
        }
        rule.namespaces += [prefix.bytes, name.bytes]
    }
}
