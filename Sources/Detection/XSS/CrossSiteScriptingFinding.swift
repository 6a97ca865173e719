// What the cross-site scripting detector says about a value.

/// Where in a page the value is taken to stand.
package enum HTMLContext: UInt8, CaseIterable, Sendable {
    /// Between tags.
    case text
    /// Inside a tag, in or behind a value without quotes.
    case unquotedValue
    case singleQuotedValue
    case doubleQuotedValue
    /// Old versions of Internet Explorer took backquotes as quotes.
    case backquotedValue
}

/// What in the value runs script, or brings in what can.
package enum ScriptingReason: UInt8, Sendable {
    case documentType
    case element
    case eventHandler
    case namespaceDeclaration
    case attribute
    case style
    case scriptURL
    case animatedAttribute
    case comment
}

/// Where and why a value is an attack.
package struct CrossSiteScriptingFinding: Equatable, Sendable {
    package var context: HTMLContext
    package var reason: ScriptingReason
    /// The offending bytes, as offsets into the input.
    package var range: Range<Int>
}
