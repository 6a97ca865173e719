// What a value must have before a rule is tried on it at all.

internal import Bytes
internal import RuleStore

package struct GateDescription: Codable, Equatable, Sendable {
    /// Shortest value that is tried.
    package var minimumBytes: Int
    /// Classes of which a value has a byte: how many bytes each has.
    package var classes: [Int]
    /// Sets of which a value has two neighbouring bytes.
    package var pairSets: Int

    var json: JSONValue {
        .object([
            ("minimum_bytes", .integer(minimumBytes)),
            ("classes", .array(classes.map { .integer($0) })), ("pair_sets", .integer(pairSets)),
        ])
    }

    var text: String {
        var parts: [String] = []
        if minimumBytes > 0 { parts.append("at least \(Count.text(minimumBytes, "byte"))") }
        if !classes.isEmpty {
            let sizes = classes.map(String.init).joined(separator: ", ")
            parts.append("a byte of each class of \(sizes) bytes")
        }
        if pairSets > 0 { parts.append("a pair of bytes of \(Count.text(pairSets, "set"))") }
        return parts.isEmpty ? "open: every value is tried" : parts.joined(separator: ", ")
    }
}

extension RuleSetView {
    /// nil for an entry that is not planned: its variables may change while the phase runs.
    func gate(ofEntry entry: Int, in plan: RulePlan) -> GateDescription? {
        let rows = evaluation(plan)
        func has(_ row: Int) -> Bool {
            rows.blob.loadUInt64(at: row + entry / 64 * 8) >> UInt64(entry % 64) & 1 != 0
        }
        guard !has(rows.unplannedOffset) else { return nil }
        // No length is told apart behind this one.
        let longest = 1 << 20
        var minimum = 0
        while minimum < 256, !has(rows.lengthRow(bytes: minimum)) { minimum += 1 }
        guard has(rows.lengthRow(bytes: longest)) else { return nil }
        let gate = rows.classes(ofEntry: entry)
        let classes = (0..<gate.count).map { index in
            (0..<4).reduce(0) {
                $0 + rows.blob.loadUInt64(at: gate.offset + index * 32 + $1 * 8).nonzeroBitCount
            }
        }
        return GateDescription(
            minimumBytes: minimum, classes: classes, pairSets: rows.pairSets(ofEntry: entry).count)
    }
}
