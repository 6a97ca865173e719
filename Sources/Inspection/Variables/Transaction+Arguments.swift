// ARGS and its relatives.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// ARGS_COMBINED_SIZE; nil for the collections.
    func argumentScalar(_ variable: VariableName) -> ByteView? {
        variable == .argsCombinedSize ? number(arguments.combinedBytes) : nil
    }

    func visitArguments(_ variable: VariableName, _ body: MemberVisitor) {
        let range: Range<Int>
        switch variable {
        case .argsGet, .argsGetNames: range = arguments.fromQuery
        case .argsPost, .argsPostNames: range = arguments.fromBody
        default: range = arguments.all
        }
        let showsNames = variable == .argsNames || variable == .argsGetNames || variable == .argsPostNames
        for index in range {
            let member = arguments[index]
            guard body(member.name, member.nameHash, showsNames ? member.name : member.value) else { return }
        }
    }
}
