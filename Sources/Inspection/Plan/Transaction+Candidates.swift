// Looks at all values of a phase before its rules are walked.

internal import Automata
internal import BodyFormats
internal import Bytes
internal import RuleStore

extension Transaction {
    /// Finds out which rules of the plan may match which values.
    func findCandidates(_ schedule: PlanSchedule, _ focus: PlanFocus, _ rules: RuleSet) {
        scratch.candidates.begin(schedule.view, focus)
        let sources = focus.sources
        for index in sources.indices {
            let source = sources[index]
            if source.variable == .xml {
                addXML(source, schedule)
            } else if source.variable.isCollection {
                addMembers(source, number: index, schedule, rules)
            } else if let concern = source.concern, let value = scalar(source.variable) {
                scratch.candidates.concerns.set(concern, schedule.view.blob)
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
                guard names(selector.selector, name, hash: hash, rules) else { continue }
                if !isPlain {
                    scratch.candidates.concerns.join(selector.concern, blob)
                } else if let concern = source.concern {
                    scratch.candidates.concerns.set(concern, blob)
                    scratch.candidates.concerns.join(selector.concern, blob)
                } else {
                    scratch.candidates.concerns.set(selector.concern, blob)
                }
                isPlain = false
            }
            if isPlain {
                guard let concern = source.concern else { return true }
                scratch.candidates.concerns.set(concern, blob)
            }
            add(source.variable, key: name, value, source: isPlain ? number : nil, schedule)
            return !isAbandoned
        }
    }

    /// Whether a selector names the member.
    private func names(
        _ selector: EvaluationSelector, _ name: ByteView, hash: UInt32, _ rules: RuleSet
    ) -> Bool {
        switch selector {
        case .key(let key, let keyHash, _): keyHash == hash && key.equalsIgnoringASCIICase(name)
        case .pattern(let program, _): rules.selects(program, name, scratch.matcher)
        case .path: false
        }
    }

    private func addXML(_ source: PlanSchedule.Source, _ schedule: PlanSchedule) {
        guard let xml else { return }
        func add(_ path: String, _ key: ByteView, _ concern: PlanSchedule.Concern) {
            do throws(XPathError) {
                for value in try xml.values(of: XMLQuery(path: path), &scratch.xmlExpressions) {
                    scratch.candidates.concerns.set(concern, schedule.view.blob)
                    self.add(.xml, key: nil, value, path: key, source: nil, schedule)
                }
            } catch {
                noteXMLFault(error)
            }
        }
        if let concern = source.concern { add(XMLQuery.rootPath, .empty, concern) }
        for (selector, concern) in source.selectors {
            if case .path(let path, _) = selector { add(path.string, path, concern) }
        }
    }

    private func add(
        _ variable: VariableName, key: ByteView?, _ value: ByteView, path: ByteView? = nil, source: Int?,
        _ schedule: PlanSchedule
    ) {
        let member = CandidateTable.Member(variable: variable, key: key, value: value, path: path, next: -1)
        scratch.candidates.add(member, source: source, schedule) { name, bytes in
            guard keepsTransformedValues else { return nil }
            scratch.mayPause()
            let result = name.apply(to: bytes, in: arena)
            if result.count > bytes.count, TransformationLimits.isFull(result.count) {
                breaches.insert(.transformedValue)
            }
            return result
        }
        scratch.mayPause()
    }
}
