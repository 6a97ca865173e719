// How much of a transaction an entry of the audit log shows.

/// Bytes of JSON, escapes included. What is cut is named in the entry's `truncated`. An entry with
/// every member at its limit still fits a line.
package enum AuditLimits {
    static let requestBodyBytes = 64 << 10
    static let responseBodyBytes = 64 << 10
    static let uriBytes = 16 << 10
    /// Of all fields of the request, and again of the response.
    static let fieldsBytes = 48 << 10
    static let messagesBytes = 64 << 10
    static let filesBytes = 16 << 10
    static let matchedRulesBytes = 16 << 10
    /// Of every other text: names, addresses, the method.
    static let textBytes = 1 << 10
    static let componentsBytes = 4 << 10
    /// What a line takes at most: the sum of these.
    package static let entryBytes =
        requestBodyBytes + responseBodyBytes + uriBytes + 2 * fieldsBytes + messagesBytes + filesBytes
        + matchedRulesBytes + componentsBytes + 32 * textBytes
    /// Bytes of memory kept between entries.
    static let keptBytes = 64 << 10
}
