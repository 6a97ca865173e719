// Is a value, put into a page as applications do, still text?

package import Bytes

/// Looks for cross-site scripting in a value of a request.
package enum CrossSiteScriptingDetector {
    /// Reads `input` as the continuation of each context of a page; the first that runs script wins.
    ///
    /// Linear in the input, five passes at most; no allocation but the name tables, once, on first use.
    package static func detect(_ input: ByteView) -> CrossSiteScriptingFinding? {
        // Script needs an element or an attribute with a value.
        let hasBracket = input.contains(ASCII.byte("<"))
        guard hasBracket || input.contains(ASCII.byte("=")) else { return nil }
        for context in HTMLContext.allCases {
            let canLeaveContext =
                switch context {
                case .text: hasBracket
                case .unquotedValue: true
                case .singleQuotedValue: input.contains(0x27)
                case .doubleQuotedValue: input.contains(0x22)
                case .backquotedValue: input.contains(0x60)
                }
            if canLeaveContext, let finding = judge(input, context) { return finding }
        }
        return nil
    }

    /// Whether an attack must have a byte like this one: an element, or an attribute with a value.
    package static func isNeeded(_ byte: UInt8) -> Bool { byte == ASCII.byte("<") || byte == ASCII.byte("=") }

    /// Builds what the first calls would build.
    package static func prepare() {
        _ = MarkupNames.isDangerousElement(ByteView("prepare"))
        _ = MarkupNames.attributeKind(ByteView("onprepare"), isInTag: false)
    }

    private static func judge(_ input: ByteView, _ context: HTMLContext) -> CrossSiteScriptingFinding? {
        var tokenizer = HTMLTokenizer(input, context: context)
        var attribute = AttributeKind.harmless
        var isInTag = false
        while let token = tokenizer.next() {
            if let reason = reason(token, input[token.start..<token.end], &attribute, &isInTag) {
                return CrossSiteScriptingFinding(
                    context: context, reason: reason, range: token.start..<token.end)
            }
        }
        return nil
    }

    private static func reason(
        _ token: HTMLToken, _ text: ByteView, _ attribute: inout AttributeKind, _ isInTag: inout Bool
    ) -> ScriptingReason? {
        let valueKind = attribute
        attribute = .harmless
        switch token.type {
        case .text, .tagEnd, .selfClosingEnd, .closingTag: return nil
        case .documentType: return .documentType
        case .tagName:
            isInTag = true
            return MarkupNames.isDangerousElement(text) ? .element : nil
        case .attributeName:
            attribute = MarkupNames.attributeKind(text, isInTag: isInTag)
            return nil
        case .attributeValue: return reason(forValue: text, of: valueKind)
        case .comment: return isDangerousComment(text) ? .comment : nil
        }
    }

    private static func reason(forValue value: ByteView, of kind: AttributeKind) -> ScriptingReason? {
        switch kind {
        case .harmless: nil
        case .eventHandler: .eventHandler
        case .banned: .attribute
        case .namespaceDeclaration: .namespaceDeclaration
        case .style: .style
        case .url: ScriptURL.runsScript(value) ? .scriptURL : nil
        case .attributeReference:
            MarkupNames.attributeKind(value, isInTag: true) == .harmless ? nil : .animatedAttribute
        }
    }

    /// Internet Explorer ended a comment at a backquote, and read conditional comments, `<?xml` and
    /// `<?import`; entities are declared in what looks like a comment.
    private static func isDangerousComment(_ text: ByteView) -> Bool {
        if text.contains(0x60) { return true }
        let marks: [StaticString] = ["[if", "xml", "import", "entity"]
        return marks.contains { mark in
            text.count > mark.utf8CodeUnitCount
                && text[..<mark.utf8CodeUnitCount].equalsIgnoringASCIICase(mark)
        }
    }
}
