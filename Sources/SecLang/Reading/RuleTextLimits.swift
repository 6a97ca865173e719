// What a load of rules may cost. Rule text is the operator's, so the limits stop accidents (a file
// that includes itself through a link, a log named in place of a rule file), not attacks.

package enum RuleTextLimits {
    /// Files open inside one another: the first file counts 1.
    package static let includeDepth = 16
    /// Size of one rule or data file.
    package static let fileBytes = 16 << 20
    /// Size of a database of addresses: those of cities have some 100 MB.
    package static let databaseBytes = 256 << 20
    /// Bytes of a physical line that an excerpt shows.
    package static let excerptBytes = 100
}
