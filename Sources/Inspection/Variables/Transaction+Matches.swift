// MATCHED_VAR, MATCHED_VARS and their names.

internal import Bytes
internal import RuleStore

extension Transaction {
    func matchScalar(_ variable: VariableName) -> ByteView? {
        switch variable {
        case .matchedVariable: matched.last?.value ?? .empty
        case .matchedVariableName: matched.last.map { name(of: $0) } ?? .empty
        default: nil
        }
    }

    func visitMatches(names: Bool, _ body: MemberVisitor) {
        for index in matched.all.indices {
            let match = matched.all[index]
            let name = name(of: match)
            guard body(name, name.caseInsensitiveHash, names ? name : match.value) else { return }
        }
    }

    /// `ARGS:id`, in the arena.
    func name(of selected: SelectedValue) -> ByteView {
        scratch.text.removeAll(keepingCapacity: true)
        selected.appendName(to: &scratch.text)
        return arena.copy(scratch.text.view)
    }
}
