// One thing that is wrong with rule text.

package struct RuleError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        // Files
        case unreadableFile(String)
        case noFileMatches(String)
        case includedTooDeep(limit: Int)
        case includedInItself(String)

        // Lines and arguments
        case missingClosingQuote(Character)
        case textBehindQuote
        case wrongArgumentCount(directive: String, expected: ClosedRange<Int>, found: Int)
        case invalidValue(of: String, found: String, expected: String)

        // Words of the language
        case unknown(Word, String, closest: String?)
        /// A word of the language that is refused, with the reason.
        case unsupported(Word, String, why: String)

        // Variables
        case missingVariable
        case onlyExclusions
        case countedExclusion
        case missingSelector(String)
        case missingClosingSlash
        case textBehindVariable
        case notACollection(String)
        case invalidPath

        // Operators
        case missingOperatorName
        case missingOperatorArgument(String)
        case invalidPattern(String)
        case macroInPattern(String)
        case invalidAddress(String)
        case invalidAddressInFile(String, file: String, line: Int)
        case invalidDatabase(String)
        case invalidGrammar(String, file: String)
        case substitutionTargets

        // Actions
        case missingAction
        case textBehindAction
        case missingActionValue(String)
        case unexpectedActionValue(String)
        case malformedAssignment
        case missingRuleID
        case duplicateRuleID(UInt32, first: SourcePlace)
        case notInDefaultAction(String)
        case notInUpdate(String)
        case defaultActionWithoutPhase
        case defaultActionWithoutDisruption

        // Chains
        case onlyOnChainStarter(String)
        case unfinishedChain
        case chainInterrupted(by: String)
    }

    /// Kinds of words, each with a table of its own in `Vocabulary`.
    package enum Word: String, Equatable, Sendable {
        case directive, variable, `operator`, transformation, action, control, collection
    }

    package var place: SourcePlace
    package var reason: Reason
    /// The physical line, and under it a line with a caret below the offending word.
    package var excerpt: String

    package init(place: SourcePlace, reason: Reason, excerpt: String) {
        self.place = place
        self.reason = reason
        self.excerpt = excerpt
    }

    package var description: String { "\(place): error: \(reason.text)" }
}
