// Compiled programs in figures.

internal import Automata
internal import Bytes
package import RuleStore

extension RuleSetView {
    /// A program that is damaged shows its kind and size alone.
    func description(ofProgram number: Int) -> ProgramDescription {
        let (kind, bytes) = program(number)
        let users = (0..<ruleCount).count { !rule($0).isMarker && rule($0).program == number }
        var description = ProgramDescription(
            number: number, kind: kind.title, bytes: bytes.count, users: users)
        do throws(ProgramError) {
            switch kind {
            case .pattern:
                let facts = try PatternProgram(validating: bytes).facts
                description.instructions = facts.instructionCount
                description.byteClasses = facts.classCount
                description.groups = facts.groupCount
                description.starterBytes = facts.starterCount
            case .phrases: description.phrases = try PhraseProgram(validating: bytes).phraseCount
            case .addresses: description.ranges = try AddressProgram(validating: bytes).rangeCount
            case .backtracking: description.groups = try BacktrackingPattern(validating: bytes).groupCount
            case .byteSet:
                description.members = bytes.indices.reduce(0) { $0 + bytes[$1].nonzeroBitCount }
            // Their size says what there is to say.
            case .locations, .dtd, .xmlSchema: break
            }
        } catch {
            return description
        }
        return description
    }
}

extension ProgramDraft.Kind {
    package var title: String {
        switch self {
        case .pattern: "pattern"
        case .phrases: "phrases"
        case .addresses: "addresses"
        case .backtracking: "backtracking pattern"
        case .byteSet: "byte set"
        case .locations: "locations"
        case .dtd: "DTD"
        case .xmlSchema: "XML Schema"
        }
    }
}
