// What one XML document may cost.

/// Limits of ``XMLParser``.
package struct XMLLimits: Equatable, Sendable {
    /// Largest document, as it came.
    package var documentBytes: Int
    /// Elements open at the same time; libxml2 itself takes no more than `maximumDepth`.
    package var depth: Int
    /// Elements, attributes, namespace and entity declarations, CDATA sections, comments and
    /// processing instructions: each takes 100 to 250 bytes, whatever its size in the document.
    package var nodes: Int
    /// Attributes of one tag, and default attributes that the document declares. What libxml2
    /// does with them takes the square of their number.
    package var attributesPerElement: Int
    /// Namespace declarations of the whole document: each name with a prefix is looked up in them.
    package var namespaces: Int
    /// What entities and default attributes add to the document: each reference costs what it
    /// expands to, and what its entity refers to counts once more on each level.
    package var expandedBytes: Int

    package static var maximumDepth: Int { 255 }

    package init(
        documentBytes: Int = 1 << 20, depth: Int = 128, nodes: Int = 100_000, attributesPerElement: Int = 256,
        namespaces: Int = 256, expandedBytes: Int = 32 << 10
    ) {
        precondition(
            documentBytes >= 0 && depth >= 0 && nodes >= 0 && attributesPerElement >= 0 && namespaces >= 0
                && expandedBytes >= 0, "a limit can not be negative")
        precondition(depth <= Self.maximumDepth, "deeper than libxml2 parses")
        self.documentBytes = documentBytes
        self.depth = depth
        self.nodes = nodes
        self.attributesPerElement = attributesPerElement
        self.namespaces = namespaces
        self.expandedBytes = expandedBytes
    }
}

/// Limits of one XPath evaluation.
package struct XPathLimits: Equatable, Sendable {
    /// Longest expression.
    package var expressionBytes: Int
    /// Steps of the evaluation, as libxml2 counts them: nodes visited and operations done.
    package var operations: Int
    /// Values that may come out.
    package var values: Int
    /// Bytes of all values together: an element's value holds those of the elements in it.
    package var valueBytes: Int

    package init(
        expressionBytes: Int = 4_096, operations: Int = 1_000_000, values: Int = 10_000,
        valueBytes: Int = 4 << 20
    ) {
        precondition(
            expressionBytes >= 0 && operations > 0 && values >= 0 && valueBytes >= 0,
            "a limit can not be negative, and no operation at all is no evaluation")
        self.expressionBytes = expressionBytes
        self.operations = operations
        self.values = values
        self.valueBytes = valueBytes
    }
}
