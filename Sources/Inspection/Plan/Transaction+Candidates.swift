// Looks at all values of a phase before its rules are walked.

internal import Automata
internal import BodyFormats
internal import Bytes
internal import RuleStore

extension Transaction {
    /// Finds out which rules of the plan may match which values.
    func findCandidates(_ schedule: PlanSchedule, _ rules: RuleSet) {
        scratch.candidates.begin(schedule.view)
        for index in schedule.sources.indices {
            let source = schedule.sources[index]
            if source.variable == .xml {
                addXML(source, schedule)
            } else if source.variable.isCollection {
                addMembers(source, number: index, schedule, rules)
            } else if source.hasRow, let value = scalar(source.variable) {
                scratch.candidates.setConcerns(schedule.view.blob, row: source.row)
                add(source.variable, key: nil, value, source: nil, schedule)
            }
        }
    }

    private func addMembers(
        _ source: PlanSchedule.Source, number: Int, _ schedule: PlanSchedule, _ rules: RuleSet
    ) {
        let blob = schedule.view.blob
        visitMembers(of: source.variable) { name, hash, value in
            var isPlain = true
            for selector in source.selectors {
                guard let row = row(selector, name, hash: hash, rules) else { continue }
                if isPlain { scratch.candidates.setConcerns(blob, row: source.row) }
                isPlain = false
                scratch.candidates.addConcerns(blob, row: row)
            }
            if isPlain {
                guard source.hasRow else { return true }
                scratch.candidates.setConcerns(blob, row: source.row)
            }
            add(source.variable, key: name, value, source: isPlain ? number : nil, schedule)
            return true
        }
    }

    /// The row of a selector that names the member.
    private func row(
        _ selector: EvaluationSelector, _ name: ByteView, hash: UInt32, _ rules: RuleSet
    ) -> Int? {
        switch selector {
        case .key(let key, let keyHash, let row):
            keyHash == hash && key.equalsIgnoringASCIICase(name) ? row : nil
        case .pattern(let program, let row):
            scratch.matcher.matches(rules.pattern(program), name) ? row : nil
        case .path: nil
        }
    }

    private func addXML(_ source: PlanSchedule.Source, _ schedule: PlanSchedule) {
        guard let xml else { return }
        func add(_ path: String, _ key: ByteView, row: Int) {
            do throws(XPathError) {
                for value in try xml.values(of: XMLQuery(path: path), &scratch.xmlExpressions) {
                    scratch.candidates.setConcerns(schedule.view.blob, row: row)
                    self.add(.xml, key: nil, value, path: key, source: nil, schedule)
                }
            } catch {
                noteXMLFault(error)
            }
        }
        if source.hasRow { add(XMLQuery.rootPath, .empty, row: source.row) }
        for selector in source.selectors {
            if case .path(let path, let row) = selector { add(path.string, path, row: row) }
        }
    }

    private func add(
        _ variable: VariableName, key: ByteView?, _ value: ByteView, path: ByteView? = nil, source: Int?,
        _ schedule: PlanSchedule
    ) {
        let member = CandidateTable.Member(variable: variable, key: key, value: value, path: path, next: -1)
        scratch.candidates.add(member, source: source, schedule) { name, bytes in
            guard keepsTransformedValues else { return nil }
            let result = name.apply(to: bytes, in: arena)
            if result.count > bytes.count, TransformationLimits.isFull(result.count) {
                breaches.insert(.transformedValue)
            }
            return result
        }
    }
}
