// Transformed values, each worked out once per evaluation.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// `value` after the transformations that lead to `node`; `value` itself when they change nothing.
    func transformed(_ value: ByteView, node: Int, _ rules: RuleSet) -> ByteView {
        guard node != 0 else { return value }
        if let known = scratch.cache.find(value, node: node) { return known }
        let record = rules.view.transformation(node)
        let before = transformed(value, node: record.parent, rules)
        if before.isEmpty, !record.name.fillsEmptyValue { return before }
        let keeps = keepsTransformedValues
        let result = record.name.apply(to: before, in: keeps ? arena : scratch.temporary)
        if result.count > before.count, TransformationLimits.isFull(result.count) {
            breaches.insert(.transformedValue)
        }
        if keeps { scratch.cache.store(result, for: value, node: node) }
        return result
    }

    /// Whether there is room for more values that live as long as the transaction.
    var keepsTransformedValues: Bool { arena.allocatedBytes < limits.transformedBytes }

    /// Gives back what was worked out for one value only.
    func forgetTemporaryValues() {
        if scratch.temporary.allocatedBytes > 0 { scratch.temporary.reset() }
    }

    /// A value that a match keeps: itself, or its beginning once nothing longer can be kept.
    func kept(_ value: ByteView) -> ByteView {
        guard scratch.temporary.allocatedBytes > 0 else { return value }
        return arena.copy(value[..<min(value.count, limits.matchedValueBytes)])
    }
}
