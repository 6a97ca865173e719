// A body read as XML, and what rules have asked of it so far.

internal import BodyFormats
internal import Bytes

/// The tree of one transaction's body. Rules ask for the same values many times: each is worked out once,
/// and its view stays the same, so that transformations of it are found again.
final class XMLReading {
    private let document: XMLDocument
    private let arena: Arena
    /// By expression with its namespaces, as the rules write them.
    private var results: [XMLQuery: ContiguousArray<ByteView>] = [:]

    /// - Parameter arena: Outlives the reading.
    init(_ document: consuming XMLDocument, arena: Arena) {
        self.document = document
        self.arena = arena
    }

    var error: XMLError? { document.error }

    func follows(_ grammar: XMLGrammar) -> Bool { document.follows(grammar) }

    /// The values of the nodes that the query finds, in document order.
    ///
    /// - Parameter expressions: Compiled expressions of the worker.
    /// - Throws: What the query would cost is more than a limit allows.
    func values(
        of query: XMLQuery, _ expressions: inout XMLExpressionTable
    ) throws(XPathError) -> ContiguousArray<ByteView> {
        if let known = results[query] { return known }
        var values: ContiguousArray<ByteView> = []
        switch query.path {
        case XMLQuery.rootPath:
            if let text = document.rootText(in: arena) { values.append(text) }
        case XMLQuery.attributePath:
            document.forEachAttributeValue(in: arena) { values.append($0) }
        default:
            // An expression that the compiler of rules let pass.
            guard let expression = expressions.expression(for: query) else { break }
            try document.evaluate(expression, limits: XPathLimits(), in: arena) { values.append($0) }
        }
        results[query] = values
        return values
    }
}

/// An XPath expression of a rule, with the prefixes that the rule binds.
struct XMLQuery: Hashable {
    var path: String
    var namespaces: [String] = []

    /// What CRS asks for, which needs no XPath.
    static let rootPath = "/*"
    static let attributePath = "//@*"
}

/// The expressions that a worker has compiled.
struct XMLExpressionTable {
    private var known: [XMLQuery: XPathExpression] = [:]
    /// Rule sets come and go; their expressions are few.
    private static let keptExpressions = 256

    mutating func expression(for query: XMLQuery) -> XPathExpression? {
        if let expression = known[query] { return expression }
        var bindings: [XMLNamespace] = []
        for index in stride(from: 0, to: query.namespaces.count - 1, by: 2) {
            bindings.append(XMLNamespace(prefix: query.namespaces[index], uri: query.namespaces[index + 1]))
        }
        do throws(XPathError) {
            let expression = try XPathExpression(query.path, namespaces: bindings)
            if known.count >= Self.keptExpressions { known.removeAll() }
            known[query] = expression
            return expression
        } catch {
            return nil
        }
    }
}
