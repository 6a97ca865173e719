// A rule set with its compiled programs, ready to run.

internal import Automata
internal import BodyFormats
package import Bytes
package import RuleStore

/// Why a rule set of the store can not be run.
package enum RuleSetLoadError: Error, Equatable, Sendable, CustomStringConvertible {
    case layout(RuleSetError)
    /// A compiled pattern, phrase set or address set is damaged.
    case program(index: Int, reason: String)

    package var description: String {
        switch self {
        case .layout(let error): "\(error)"
        case .program(let index, let reason): "program \(index) of the rule set: \(reason)"
        }
    }
}

/// One rule set of a generation: records and programs are read in place, nothing is copied.
///
/// Valid for as long as the bytes it was made from; a worker makes one for each set of a generation.
package final class RuleSet: Sendable {
    package let view: RuleSetView
    let programs: [CompiledProgram]
    /// By `RulePlan.rawValue`.
    let schedules: [PlanSchedule]
    let actions: [ReadyAction]
    /// Whether a rule asks for `pause`.
    let pauses: Bool
    /// Tells rule sets apart for the life of the process.
    var number: Int { schedules[0].number }
    /// By number of the program.
    private let selectors: [SelectorStart]
    /// Patterns that select members of TX and fit the name of a capture.
    private let captureSelectors: Set<Int>

    /// Checks everything once. Time grows linearly with the size of the blob.
    package init(validating blob: ByteView) throws(RuleSetLoadError) {
        do throws(RuleSetError) {
            view = try RuleSetView(validating: blob)
        } catch {
            throw .layout(error)
        }
        var programs: [CompiledProgram] = []
        programs.reserveCapacity(view.programCount)
        for index in 0..<view.programCount {
            let program = view.program(index)
            do throws(ProgramError) {
                programs.append(try CompiledProgram(kind: program.kind, bytes: program.bytes))
            } catch {
                throw .program(index: index, reason: "\(error)")
            }
        }
        self.programs = programs
        let view = view
        schedules = RulePlan.allCases.map { PlanSchedule(view, $0) }
        let actions = (0..<view.actionCount).map { ReadyAction(view.action($0), view) }
        self.actions = actions
        pauses = actions.contains { if case .other(.pause) = $0 { true } else { false } }
        captureSelectors = Self.captureSelectors(view, programs)
        selectors = programs.map { SelectorStart($0) }
    }

    private static func captureSelectors(_ view: RuleSetView, _ programs: [CompiledProgram]) -> Set<Int> {
        let matcher = PatternMatcher()
        let digits = ByteView("0123456789")
        var selectors: Set<Int> = []
        for index in 0..<view.targetCount {
            let target = view.target(index)
            guard target.variable == .tx, target.hasPattern, case .pattern(let program) = programs[target.program],
                digits.indices.contains(where: { matcher.matches(program, digits[$0..<($0 + 1)]) })
            else { continue }
            selectors.insert(target.program)
        }
        return selectors
    }

    /// Whether a target of TX looks at TX.0 to TX.9.
    func namesCaptures(_ target: TargetRecord) -> Bool {
        if target.hasKey { return TransactionVariables.isCapture(target.key) }
        return !target.hasPattern || captureSelectors.contains(target.program)
    }

    /// Whether a pattern of a selector fits a name.
    func selects(_ index: Int, _ name: ByteView, _ matcher: PatternMatcher) -> Bool {
        guard selectors[index].mayFit(name) else { return false }
        return matcher.matches(pattern(index), name)
    }

    /// A pattern that selects members of a collection.
    func pattern(_ index: Int) -> PatternProgram {
        guard case .pattern(let program) = programs[index] else {
            preconditionFailure("the layout admits no other program for a pattern")
        }
        return program
    }

    func phrases(_ index: Int) -> PhraseProgram {
        guard case .phrases(let program) = programs[index] else {
            preconditionFailure("the layout admits no other program for a phrase set")
        }
        return program
    }

    func addresses(_ index: Int) -> AddressProgram {
        guard case .addresses(let program) = programs[index] else {
            preconditionFailure("the layout admits no other program for an address set")
        }
        return program
    }

    func locations(_ index: Int) -> LocationDatabase {
        guard case .locations(let database) = programs[index] else {
            preconditionFailure("the layout admits no other program for @geoLookup")
        }
        return database
    }

    func grammar(_ index: Int) -> XMLGrammar {
        guard case .grammar(let grammar) = programs[index] else {
            preconditionFailure("the layout admits no other program for a grammar")
        }
        return grammar
    }

    func byteSet(_ index: Int) -> AllowedBytes {
        guard case .byteSet(let bytes) = programs[index] else {
            preconditionFailure("the layout admits no other program for a set of bytes")
        }
        return bytes
    }
}

/// A checked program of any kind.
enum CompiledProgram: Sendable {
    case pattern(PatternProgram)
    case phrases(PhraseProgram)
    case addresses(AddressProgram)
    case backtracking(BacktrackingPattern)
    case byteSet(AllowedBytes)
    case locations(LocationDatabase)
    case grammar(XMLGrammar)

    init(kind: ProgramDraft.Kind, bytes: ByteView) throws(ProgramError) {
        switch kind {
        case .pattern: self = .pattern(try PatternProgram(validating: bytes))
        case .phrases: self = .phrases(try PhraseProgram(validating: bytes))
        case .addresses: self = .addresses(try AddressProgram(validating: bytes))
        case .backtracking: self = .backtracking(try BacktrackingPattern(validating: bytes))
        case .byteSet: self = .byteSet(try AllowedBytes(validating: bytes))
        case .locations: self = .locations(try LocationDatabase(validating: bytes))
        case .dtd: self = try Self.grammar(.dtd, bytes)
        case .xmlSchema: self = try Self.grammar(.schema, bytes)
        }
    }

    private static func grammar(
        _ kind: XMLGrammar.Kind, _ text: ByteView
    ) throws(ProgramError) -> CompiledProgram {
        guard let grammar = XMLGrammar(kind, text: text) else { throw .invalidTable(offset: 0) }
        return .grammar(grammar)
    }
}
