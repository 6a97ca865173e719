// Elements and attributes that run script, load it, or change how the rest of the page is read.

internal import Bytes

/// What an attribute's name says about its value.
enum AttributeKind: Sendable {
    case harmless
    /// An event handler: any value is script.
    case eventHandler
    /// Any value is refused: it binds data or markup into the page.
    case banned
    /// A namespace, under which any name may get another meaning.
    case namespaceDeclaration
    /// The value is a URL.
    case url
    /// The value is a style sheet, which can run script in old browsers and cover the page in new ones.
    case style
    /// The value names an attribute that an animation sets.
    case attributeReference
}

enum MarkupNames {
    /// Elements that run or load script, frames, plug-ins and style, redirect the page or change its
    /// base, and those of Internet Explorer and of XML vocabularies that do the like. XSS is what testers
    /// write.
    private static let elements = MarkupNameTable(
        """
        SCRIPT NOSCRIPT STYLE LINK META BASE
        IFRAME FRAME FRAMESET VMLFRAME FENCEDFRAME PORTAL OBJECT EMBED APPLET
        COMMENT ISINDEX IMPORT XML HANDLER LISTENER XSS
        """)

    /// SVG runs script in many places, XSL builds any markup.
    private static let elementPrefixes = MarkupNameTable("SVG XSL")

    private static let namespacePrefixes = MarkupNameTable("XMLNS XLINK")
    private static let urls = MarkupNameTable(
        """
        ACTION BACKGROUND BY CITE CODEBASE DYNSRC FOLDER FORMACTION FROM HANDLER HREF LONGDESC LOWSRC MANIFEST
        PING POSTER SRC TO VALUES
        """)
    private static let banned = MarkupNameTable("DATAFORMATAS DATASRC SRCDOC")
    private static let styles = MarkupNameTable("STYLE FILTER")
    private static let attributeReferences = MarkupNameTable("ATTRIBUTENAME")

    private static let shortestElementBytes = 3
    private static let shortestPrefixedAttributeBytes = 5

    /// Whether an element of this name is an attack whatever it holds. A name with a prefix (`x:script`)
    /// means nothing without a declaration of the prefix, which is refused as such.
    static func isDangerousElement(_ name: ByteView) -> Bool {
        guard name.count >= shortestElementBytes else { return false }
        return elements.contains(name) || elementPrefixes.containsPrefix(of: name)
    }

    /// - Parameter isInTag: The name stands in a tag of the value's own, where every `on…` is a handler;
    ///   elsewhere it may be prose and only known events count.
    static func attributeKind(_ name: ByteView, isInTag: Bool) -> AttributeKind {
        guard name.count >= 2 else { return .harmless }
        if name.count >= shortestPrefixedAttributeBytes {
            if isEventHandler(name, isInTag: isInTag) { return .eventHandler }
            if namespacePrefixes.containsPrefix(of: name) { return .namespaceDeclaration }
        }
        if urls.contains(name) { return .url }
        if styles.contains(name) { return .style }
        if banned.contains(name) { return .banned }
        if attributeReferences.contains(name) { return .attributeReference }
        return .harmless
    }

    private static func isEventHandler(_ name: ByteView, isInTag: Bool) -> Bool {
        guard ASCII.lowercased(name[0]) == ASCII.byte("o"), ASCII.lowercased(name[1]) == ASCII.byte("n")
        else {
            return false
        }
        let event = name[2...]
        if EventNames.table.containsPrefix(of: event) { return true }
        return isInTag && event.indices.allSatisfy { ASCII.isLetter(event[$0]) }
    }
}
