// Whether a chain's stages fit: known, with known arguments, slots that match, each no oftener than it may be.

package import RuleStore

/// Checks chains against a catalogue and has each stage make what its workers need.
package struct ChainChecker {
    private let catalogue: StageCatalogue
    private let read: (String) throws(StageError) -> [UInt8]
    package private(set) var errors: [ChainError] = []
    /// `file:line:column: warning: ...`
    package private(set) var warnings: [String] = []

    /// - Parameter read: Gives the content of a file that a stage's argument names.
    package init(_ catalogue: StageCatalogue, read: @escaping (String) throws(StageError) -> [UInt8]) {
        self.catalogue = catalogue
        self.read = read
    }

    /// The pipeline with the data of its stages; faults are in `errors`.
    package mutating func compile(_ pipeline: PipelinePolicy) -> PipelinePolicy {
        var pipeline = pipeline
        pipeline.links = compile(pipeline.links, in: pipeline.name)
        checkRepetitions(pipeline)
        checkSlots(pipeline.links, before: nil)
        warnOfPhases(pipeline)
        return pipeline
    }

    private mutating func compile(_ links: [PipelineLink], in name: String) -> [PipelineLink] {
        links.map { link in
            switch link {
            case .stage(let stage): .stage(compile(stage))
            case .parallel(let branches): .parallel(branches.map { compile($0, in: name) })
            }
        }
    }

    private mutating func compile(_ stage: StagePolicy) -> StagePolicy {
        guard let type = catalogue.type(named: stage.name) else {
            errors.append(
                ChainError(
                    place: stage.place,
                    text:
                        "unknown stage \"\(stage.name)\", expected one of \(catalogue.names.joined(separator: ", "))"
                ))
            return stage
        }
        guard checkArguments(stage, type.description) else { return stage }
        var stage = stage
        do throws(StageError) {
            let arguments = StageArguments(stage)
            _ = try arguments.milliseconds(StageArguments.timeout)
            // What the configuration itself has compiled for the stage stays.
            let made = try type.prepare(arguments, read: read)
            if !made.isEmpty { stage.data = made }
        } catch {
            errors.append(ChainError(place: stage.place, text: "stage \"\(stage.name)\": \(error.text)"))
        }
        return stage
    }

    private mutating func checkArguments(_ stage: StagePolicy, _ description: StageDescription) -> Bool {
        let before = errors.count
        var seen: Set<String> = []
        for argument in stage.arguments where argument.name != StageArguments.timeout {
            guard let parameter = description.parameters.first(where: { $0.name == argument.name }) else {
                let written = argument.name.isEmpty ? argument.value : "\(argument.name)="
                let known = description.parameters.map { $0.name.isEmpty ? $0.expected : "\($0.name)=" }
                report(
                    stage,
                    "unknown argument \"\(written)\", expected "
                        + (known + ["\(StageArguments.timeout)="]).joined(separator: ", "))
                continue
            }
            if !seen.insert(argument.name).inserted, !parameter.isRepeatable {
                report(stage, "\"\(argument.name)\" is given twice")
            }
        }
        for parameter in description.parameters where parameter.isRequired && !seen.contains(parameter.name) {
            let name = parameter.name.isEmpty ? "" : "\(parameter.name)="
            report(stage, "missing \(name)\(parameter.expected)")
        }
        return errors.count == before
    }

    private mutating func report(_ stage: StagePolicy, _ text: String) {
        errors.append(ChainError(place: stage.place, text: "stage \"\(stage.name)\": \(text)"))
    }

    private mutating func checkRepetitions(_ pipeline: PipelinePolicy) {
        var first: [String: StagePolicy] = [:]
        for stage in pipeline.stages {
            guard let earlier = first[stage.name] else {
                first[stage.name] = stage
                continue
            }
            if catalogue.description(of: stage.name)?.isRepeatable == false {
                report(stage, "may stand once in a pipeline, and stands at \(earlier.place) already")
            }
        }
    }

    /// Each stage must take all that its predecessor gives on.
    ///
    /// - Returns: The last stages, which the next link follows.
    @discardableResult
    private mutating func checkSlots(_ links: [PipelineLink], before: [StagePolicy]?) -> [StagePolicy]? {
        var previous = before
        for link in links {
            switch link {
            case .stage(let stage):
                checkFit(stage, behind: previous)
                previous = [stage]
            case .parallel(let branches):
                let ends = branches.compactMap { checkSlots($0, before: previous) }
                previous = ends.flatMap { $0 }
            }
        }
        return previous
    }

    private mutating func checkFit(_ stage: StagePolicy, behind previous: [StagePolicy]?) {
        guard let own = catalogue.description(of: stage.name) else { return }
        guard let previous else { return }
        for earlier in previous {
            guard let given = catalogue.description(of: earlier.name) else { continue }
            if own.sink.isEmpty {
                report(
                    stage,
                    "is a source and has no sink, so it can not stand behind \"\(earlier.name)\" at \(earlier.place)"
                )
            } else if given.src.isEmpty {
                report(
                    stage,
                    "stands behind \"\(earlier.name)\" at \(earlier.place), which ends the chain: it has no src"
                )
            } else if given.src.isDisjoint(with: own.sink) {
                report(
                    stage,
                    "takes \(Self.names(own.sink)), but \"\(earlier.name)\" at \(earlier.place) gives \(Self.names(given.src))"
                )
            }
        }
    }

    private static func names(_ slots: Set<SlotType>) -> String {
        SlotType.allCases.filter { slots.contains($0) }.map(\.rawValue).joined(separator: ", ")
    }

    /// Order holds within a phase: a stage that only acts earlier than one before it does so all the same.
    private mutating func warnOfPhases(_ pipeline: PipelinePolicy) {
        var latest: (stage: StagePolicy, phase: PipelinePhase)?
        for stage in pipeline.stages {
            guard
                let phases = catalogue.description(of: stage.name)?.phases.filter({
                    $0 != .message && $0 != .logging
                }),
                let first = phases.min(), let last = phases.max()
            else { continue }
            if let latest, last < latest.phase {
                warnings.append(
                    "\(stage.place): warning: \"\(stage.name)\" acts on \(last.name), before "
                        + "\"\(latest.stage.name)\" at \(latest.stage.place), which stands before it and acts on \(latest.phase.name)"
                )
            }
            if latest == nil || first > latest!.phase { latest = (stage, first) }
        }
    }
}

extension StageArguments {
    /// How long a stage may wait; an argument of every stage.
    package static let timeout = "timeout"

    package init(_ stage: StagePolicy) { self.init(stage.arguments.map { ($0.name, $0.value) }) }
}
