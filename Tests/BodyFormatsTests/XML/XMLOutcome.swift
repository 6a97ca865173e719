// What a document gives, as values that a table can hold.

internal import BodyFormats
internal import Bytes

struct XMLOutcome: Equatable, Sendable {
    var rootText: String?
    var attributes: [String] = []
    var error: XMLError?
    var isMalformed = false

    /// - Parameter pieceBytes: Size of the pieces in which the document is fed.
    static func of(
        _ document: [UInt8], limits: XMLLimits = XMLLimits(), pieceBytes: Int = .max
    ) -> XMLOutcome {
        let arena = Arena()
        let tree = parse(document, limits: limits, pieceBytes: pieceBytes)
        var outcome = XMLOutcome()
        outcome.rootText = tree.rootText(in: arena)?.string
        tree.forEachAttributeValue(in: arena) { outcome.attributes.append($0.string) }
        outcome.error = tree.error
        if case .malformed? = tree.error {
            outcome.isMalformed = true
            outcome.error = nil
        }
        return outcome
    }

    static func of(_ document: String, limits: XMLLimits = XMLLimits()) -> XMLOutcome {
        of(Array(document.utf8), limits: limits)
    }

    static func parse(
        _ document: [UInt8], limits: XMLLimits = XMLLimits(), pieceBytes: Int = .max
    ) -> XMLDocument {
        var parser = XMLParser(limits: limits)
        withView(document) { view in
            var rest = view
            while !rest.isEmpty {
                let count = min(pieceBytes, rest.count)
                parser.feed(rest[..<count])
                rest = rest[count...]
            }
        }
        return parser.finish()
    }

    static func select(
        _ expression: String, _ document: String, namespaces: [XMLNamespace] = [],
        limits: XPathLimits = XPathLimits()
    ) throws(XPathError) -> [String] {
        let compiled = try XPathExpression(expression, namespaces: namespaces, limits: limits)
        let tree = parse(Array(document.utf8))
        let arena = Arena()
        var values: [String] = []
        try tree.evaluate(compiled, limits: limits, in: arena) { values.append($0.string) }
        return values
    }
}
