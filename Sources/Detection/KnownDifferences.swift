// Where the detectors decide otherwise than the reference library (libinjection), and why. Everything else
// is meant to give its verdicts, and its fingerprints where both look at the same reading of a value.

/// The deliberate differences. Each is tested by its name in `KnownDifferenceTests`.
enum KnownDifferences {
    // MARK: SQL injection: let through here, reported there

    /// `a "LIKE" stamp`, `<a href="/apps/">`: a word or a path between double quotes, which makes the
    /// condition false or the statement invalid. ``SQLProse/isQuotation(_:_:)`` has the reasoning for each
    /// operator.
    static let quotedWord = "quoted word"

    /// `80% cotton and 20% wool`: percentages joined by AND narrow a condition at most.
    static let percentages = "percentages"

    /// `17-abcDEF--`: a number, names and two dashes without a blank are an identifier. The reference takes
    /// any folding before the dashes for intent; here only arithmetic without names is.
    static let identifierWithDashes = "identifier with dashes"

    /// `x/*`: a path or a pattern. A comment with a text in it stays an attack.
    static let emptyOpenComment = "empty open comment"

    /// `cats and dogs #1`, `cats and dogs -- the film`: two names and a remark.
    static let remarkAfterNames = "remark after names"

    /// `(cats) and dogs`: two names, a parenthesis between. What follows the second name decides.
    static let namesInParentheses = "names in parentheses"

    /// `cats and dogs union`: the reference takes the word for the operator; here a query has to follow.
    static let unionAfterNames = "union after names"

    // MARK: SQL injection: reported here, let through there

    /// `; drop table users --`: a stacked statement that ends in a comment is one without a value before it
    /// too.
    static let bareStackedStatement = "bare stacked statement"

    /// ILIKE, GLOB, REGEXP_LIKE, NVL, JSON_EXTRACT, GTID_SUBSET, LO_IMPORT and the like: words that the
    /// dialects have and the reference's list has not.
    static let newerWords = "newer words"

    /// `) union all select null--`: a closed parenthesis is reported with any query behind it.
    static let queryAfterParenthesis = "query after parenthesis"

    // MARK: Cross-site scripting: reported here, let through there

    /// `<p onnewevent=…>`: inside a tag of the value's own every `on…` attribute is a handler, known or
    /// not. In other contexts names of known events count, as `only=` in prose is none.
    static let unknownEvent = "unknown event"

    /// `href=java&Tab;script:`: named references that vanish inside a scheme are decoded, as browsers do.
    static let namedReference = "named reference"

    /// `ping`, `cite`, `manifest`, `codebase`, `longdesc` take URLs as well; `srcdoc` takes a document.
    static let moreAttributes = "more attributes"
}
