// @validateDTD, @validateSchema

internal import BodyFormats

/// Whether a body breaks the rules of its grammar: it is no XML at all, or not such XML. As in
/// ModSecurity, a match is a violation.
enum GrammarViolation {
    static func matches(_ body: XMLReading?, _ grammar: XMLGrammar) -> Bool {
        guard let body, body.error == nil else { return true }
        return !body.follows(grammar)
    }
}
