// How much of what a peer sends the engine takes in, and what happens past that.

/// Limits of one transaction. Past one of the first group the transaction is denied with 400 (in
/// DetectionOnly: noted), because what lies beyond was not judged; past one of the second group
/// values are shortened, which a log line tells.
package struct InspectionLimits: Equatable, Sendable {
    /// Arguments of query and body together.
    package var arguments = 8_192
    /// Header fields of the request, and again of the response.
    package var headers = 1_024
    package var cookies = 4_096
    /// Matches kept in MATCHED_VARS within one chain.
    package var matchedVariables = 65_536
    /// Members of TX; rules may make one per argument.
    package var txMembers = 16_384

    /// Items that sanitising actions name.
    package var sanitisedItems = 1_024
    /// Bytes of the name of one JSON value, from the root down.
    package var jsonNameBytes = 16_384

    /// Bytes of one value of TX.
    package var txValueBytes = 65_536
    /// Seconds that a record of a persistent collection may be kept from its last change on.
    package var collectionTimeoutSeconds = 10 * 365 * 86_400
    /// Bytes of a text after its macros were expanded.
    package var expandedTextBytes = 65_536
    /// Bytes of transformed values that are kept for reuse; past it they are worked out again for
    /// each rule, and a match keeps `matchedValueBytes` of the value.
    package var transformedBytes = 16 << 20
    package var matchedValueBytes = 4_096
    /// Longest time that `pause` makes an exchange wait.
    package var pauseMilliseconds = 30_000
    /// Bytes of a body after @rsub has rewritten it; past it the body stays as it is.
    package var rewrittenBodyBytes = 16 << 20
    /// Whether a rule matches a value for which its pattern took too much effort. Otherwise it does not,
    /// and whoever makes patterns work hard gets past them.
    package var matchesOnPatternEffort = true
    /// Matches, and assignments, that a recorder is told of; the other matches are counted.
    package var recordedMatches = 16_384
    /// Tried values that a recorder is told of; the others are counted.
    package var recordedTests = 1 << 20
    /// Matched-rule lines of one transaction; the others are counted.
    package var logLines = 1_000

    package init() {}
}

/// The limits that were passed.
struct LimitBreaches: OptionSet, Sendable {
    var rawValue: UInt32

    static let arguments = LimitBreaches(rawValue: 1)
    static let headers = LimitBreaches(rawValue: 2)
    static let cookies = LimitBreaches(rawValue: 4)
    static let matchedVariables = LimitBreaches(rawValue: 8)
    static let txMembers = LimitBreaches(rawValue: 16)
    static let txValue = LimitBreaches(rawValue: 32)
    static let expandedText = LimitBreaches(rawValue: 64)
    static let transformedValue = LimitBreaches(rawValue: 128)
    static let patternEffort = LimitBreaches(rawValue: 256)
    static let xmlValues = LimitBreaches(rawValue: 512)
    /// Of a value of a persistent collection.
    static let collectionValue = LimitBreaches(rawValue: 1_024)
    /// The dictionary did not take a value in.
    static let collectionRefusal = LimitBreaches(rawValue: 2_048)
    static let connectionState = LimitBreaches(rawValue: 1 << 20)

    /// Those past which something was not judged.
    static let denying: LimitBreaches = [
        .arguments, .headers, .cookies, .matchedVariables, .txMembers, .xmlValues, .connectionState,
    ]

    /// One name for a log line.
    var name: StaticString {
        if contains(.arguments) { return "arguments" }
        if contains(.headers) { return "header fields" }
        if contains(.cookies) { return "cookies" }
        if contains(.matchedVariables) { return "MATCHED_VARS" }
        if contains(.txMembers) { return "members of TX" }
        if contains(.xmlValues) { return "values of an XPath expression" }
        if contains(.connectionState) { return "what a connection remembers" }
        if contains(.txValue) { return "length of a TX value" }
        if contains(.transformedValue) { return "length of a transformed value" }
        if contains(.collectionValue) { return "length of a collection's value" }
        if contains(.collectionRefusal) { return "contention of a collection" }
        if contains(.patternEffort) { return "effort of a pattern" }
        return "length of an expanded text"
    }
}
