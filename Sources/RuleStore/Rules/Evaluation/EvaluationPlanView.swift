// An evaluation plan read in place.

package import Bytes

/// The rows of one plan. Offsets are of bytes in `blob`; a row has `rowWords` 64-bit words, one bit an
/// entry of the plan of the same name.
package struct EvaluationPlanView: Sendable {
    package let blob: ByteView
    package let rowWords: Int
    package let entryCount: Int
    package let unplannedOffset, freeOffset: Int
    package let stepCount: Int
    package let sourceCount: Int
    /// `slotCount` rows for each of the 256 bytes: entries of whose classes the byte is.
    package let gatesOffset: Int
    private let lengthsOffset: Int
    private let wordsOffset, stepsOffset, sourcesOffset, selectorsOffset, gateRecordsOffset: Int
    private let stringsOffset: Int

    init(_ view: RuleSetView, _ plan: RulePlan) {
        blob = view.blob
        wordsOffset = view.evaluationWordsOffset
        stringsOffset = view.stringsOffset
        let record = view.evaluationPlansOffset + plan.rawValue * EvaluationFormat.PlanWord.count * 4
        func word(_ word: EvaluationFormat.PlanWord) -> Int {
            Int(view.blob.loadUInt32(at: record + word.rawValue * 4))
        }
        rowWords = word(.rowWords)
        entryCount = view.plan(plan).count
        unplannedOffset = wordsOffset + word(.unplanned) * 8
        freeOffset = wordsOffset + word(.free) * 8
        lengthsOffset = wordsOffset + word(.lengths) * 8
        gatesOffset = wordsOffset + word(.gates) * 8
        stepCount = word(.stepCount)
        sourceCount = word(.sourceCount)
        stepsOffset = view.stepsOffset + word(.firstStep) * EvaluationFormat.stepRecordBytes
        sourcesOffset = view.sourcesOffset + word(.firstSource) * EvaluationFormat.sourceRecordBytes
        selectorsOffset = view.selectorsOffset
        gateRecordsOffset = view.gateRecordsOffset + word(.firstGate) * EvaluationFormat.gateRecordBytes
    }

    package static var mostSteps: Int { EvaluationFormat.mostSteps }

    /// Classes that are tested for all entries at once; rows of classes are that many rows.
    package static var slotCount: Int { EvaluationFormat.slots }

    /// Entries for which a value of that many bytes is long enough.
    package func lengthRow(bytes: Int) -> Int {
        lengthsOffset + min(bytes, EvaluationFormat.lengthCount - 1) * rowWords * 8
    }

    /// Node of the tree of transformations; step 0 is node 0, the value itself.
    package func node(ofStep step: Int) -> Int { Int(blob.loadUInt32(at: stepsOffset + step * 4)) }

    package func source(_ index: Int) -> EvaluationSource {
        let record = sourcesOffset + index * EvaluationFormat.sourceRecordBytes
        let first = Int(blob.loadUInt32(at: record + 8))
        return EvaluationSource(
            variable: VariableName(rawValue: blob.loadUInt32(at: record))!,
            row: wordsOffset + Int(blob.loadUInt32(at: record + 4)) * 8,
            selectors: first..<(first + Int(blob.loadUInt32(at: record + 12))))
    }

    package func selector(_ index: Int) -> EvaluationSelector {
        let record = selectorsOffset + index * EvaluationFormat.selectorRecordBytes
        let start = stringsOffset + Int(blob.loadUInt32(at: record + 4))
        let text = blob[start..<(start + Int(blob.loadUInt32(at: record + 8)))]
        let row = wordsOffset + Int(blob.loadUInt32(at: record + 20)) * 8
        switch EvaluationFormat.SelectorKind(rawValue: blob.loadUInt32(at: record))! {
        case .key: return .key(text, hash: blob.loadUInt32(at: record + 12), row: row)
        case .pattern: return .pattern(program: Int(blob.loadUInt32(at: record + 16)), row: row)
        case .path: return .path(text, row: row)
        }
    }

    /// The classes of which a value must have a byte each, four words a class; the first `slotCount` are those
    /// of the rows.
    package func classes(ofEntry entry: Int) -> (offset: Int, count: Int) {
        words(at: gateRecordsOffset + entry * EvaluationFormat.gateRecordBytes)
    }

    /// The sets of pairs of which a value must have one each, `BytePair.wordCount` words a set.
    package func pairSets(ofEntry entry: Int) -> (offset: Int, count: Int) {
        words(at: gateRecordsOffset + entry * EvaluationFormat.gateRecordBytes + 8)
    }

    private func words(at record: Int) -> (offset: Int, count: Int) {
        (wordsOffset + Int(blob.loadUInt32(at: record)) * 8, Int(blob.loadUInt32(at: record + 4)))
    }
}

/// A variable that planned entries look at.
package struct EvaluationSource: Sendable {
    package let variable: VariableName
    /// Entries that look at every member, or at the value of a single variable.
    package let row: Int
    package let selectors: Range<Int>
}

/// Entries that look at some members only.
package enum EvaluationSelector: Sendable {
    /// The hash is `ByteView.caseInsensitiveHash` of the key.
    case key(ByteView, hash: UInt32, row: Int)
    case pattern(program: Int, row: Int)
    /// XPath.
    case path(ByteView, row: Int)

    package var row: Int {
        switch self {
        case .key(_, _, let row), .pattern(_, let row), .path(_, let row): row
        }
    }
}
