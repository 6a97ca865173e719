// An action whose name is known and whose form fits.

struct ResolvedAction {
    var name: ActionName
    /// The name as written, for errors to point at.
    var place: PlacedText
    /// Empty for actions that take none.
    var value: PlacedText
}

extension [ResolvedAction] {
    func has(_ name: ActionName) -> Bool { contains { $0.name == name } }
}

extension RuleSetBuilder {
    /// The actions that can be compiled further; what is wrong with others is reported.
    mutating func resolve(_ actions: [ActionSyntax]) -> [ResolvedAction] {
        var resolved: [ResolvedAction] = []
        for action in actions {
            guard
                let name = ActionName.table.resolve(action.name, as: .action, into: &diagnostics)
            else { continue }
            if name.valueRule == .required, action.value?.isEmpty ?? true {
                diagnostics.report(.missingActionValue(name.rawValue), at: action.name)
            } else if name.valueRule == .none, let value = action.value {
                diagnostics.report(.unexpectedActionValue(name.rawValue), at: value)
            } else {
                resolved.append(
                    ResolvedAction(
                        name: name, place: action.name, value: action.value ?? action.name[0..<0]))
            }
        }
        return resolved
    }
}
