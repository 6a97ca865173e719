// append, prepend: text that rules put before and behind the content of a response.

package import Bytes
internal import RuleStore

package struct ContentInjection: Sendable {
    package fileprivate(set) var prefix = ByteView.empty
    package fileprivate(set) var suffix = ByteView.empty

    package init() {}

    package var isEmpty: Bool { prefix.isEmpty && suffix.isEmpty }
    package var byteCount: Int { prefix.count + suffix.count }
}

extension Transaction {
    /// What is to be sent around the content; nothing where rules are not enforced, as traffic is left as
    /// it is there. Views live as long as the transaction.
    package var contentInjection: ContentInjection { enforces ? injection : ContentInjection() }

    /// Without SecContentInjection nothing happens, and of several the last one counts, as in
    /// ModSecurity 2.
    func inject(_ place: InjectionPlace, text: Int, _ rules: RuleSet) {
        guard rules.view.injectsContent, !plan.isMessage, plan != .logging else { return }
        let text = arena.copy(expand(text, rules))
        switch place {
        case .before: injection.prefix = text
        case .behind: injection.suffix = text
        }
    }
}
