// Records of a rule set, read in place.

package import Bytes

/// One rule or action. Two words and an index; every property is a load from the store.
package struct RuleRecord: Sendable {
    let blob: ByteView
    let offset: Int
    /// The rule's place in the set; the next link of a chain stands behind it.
    package let index: Int

    private func word(_ word: RuleSetLayout.RuleWord) -> UInt32 {
        blob.loadUInt32(at: offset + word.rawValue * 4)
    }

    private func has(_ flag: UInt32) -> Bool { word(.flags) & flag != 0 }

    package var isAction: Bool { word(.kind) == RuleDraft.Kind.action.rawValue }
    package var isMarker: Bool { word(.kind) == RuleDraft.Kind.marker.rawValue }
    package var id: UInt32 { word(.id) }
    package var phase: Int { Int(word(.phase)) }
    package var isChained: Bool { has(RuleSetLayout.RuleFlag.isChained) }
    package var captures: Bool { has(RuleSetLayout.RuleFlag.captures) }
    package var matchesEveryTransformation: Bool { has(RuleSetLayout.RuleFlag.matchesEveryTransformation) }
    package var logs: Bool { has(RuleSetLayout.RuleFlag.logs) }
    package var auditLogs: Bool { has(RuleSetLayout.RuleFlag.auditLogs) }
    package var isNegated: Bool { has(RuleSetLayout.RuleFlag.isNegated) }
    package var hasExclusions: Bool { has(RuleSetLayout.RuleFlag.hasExclusions) }
    package var targets: Range<Int> { range(.firstTarget, .targetCount) }
    package var operatorName: OperatorName { OperatorName(rawValue: word(.operatorName))! }
    /// Text index of the operator's argument.
    package var operatorText: Int { Int(word(.operatorText)) }
    /// Index of the operator's program, nil without one.
    package var program: Int? {
        let index = word(.program)
        return index == RuleSetLayout.none ? nil : Int(index)
    }
    /// Node of the tree of transformations; 0: none.
    package var transformation: Int { Int(word(.transformation)) }
    package var disruption: Disruption { Disruption(rawValue: word(.disruption))! }
    package var status: Int { Int(word(.status)) }
    package var actions: Range<Int> { range(.firstAction, .actionCount) }
    package var namespaces: Range<Int> { range(.firstNamespace, .namespaceCount) }
    /// 0 when not given.
    package var accuracy: Int { Int(word(.accuracy)) }
    /// 0 when not given.
    package var maturity: Int { Int(word(.maturity)) }
    /// Text indices.
    package var location: Int { Int(word(.location)) }
    package var message: Int { Int(word(.message)) }
    package var logData: Int { Int(word(.logData)) }
    package var tags: Range<Int> { range(.firstTag, .tagCount) }
    /// 0 (EMERGENCY) to 7 (DEBUG).
    package var severity: Int? {
        let severity = word(.severity)
        return severity == RuleSetLayout.none ? nil : Int(severity)
    }
    package var line: Int { Int(word(.line)) }

    package func version(in view: RuleSetView) -> ByteView { string(.versionOffset, in: view) }
    package func revision(in view: RuleSetView) -> ByteView { string(.revisionOffset, in: view) }
    package func file(in view: RuleSetView) -> ByteView { string(.fileOffset, in: view) }

    private func string(_ first: RuleSetLayout.RuleWord, in view: RuleSetView) -> ByteView {
        view.string(at: offset + first.rawValue * 4)
    }

    private func range(_ first: RuleSetLayout.RuleWord, _ count: RuleSetLayout.RuleWord) -> Range<Int> {
        let start = Int(word(first))
        return start..<(start + Int(word(count)))
    }
}

/// One variable of a rule's list.
package struct TargetRecord: Sendable {
    package let variable: VariableName
    let flags: UInt32
    /// The XPath expression where `hasPath`; empty unless that or `hasKey`.
    package let key: ByteView
    /// `ByteView.caseInsensitiveHash` of the key.
    package let keyHash: UInt32
    /// Index of the selector's pattern; meaningless unless `hasPattern`.
    package let program: Int

    package var hasKey: Bool { flags & RuleSetLayout.TargetFlag.key != 0 }
    package var hasPattern: Bool { flags & RuleSetLayout.TargetFlag.pattern != 0 }
    package var hasPath: Bool { flags & RuleSetLayout.TargetFlag.path != 0 }
    package var isCounted: Bool { flags & RuleSetLayout.TargetFlag.isCounted != 0 }
    package var isExcluded: Bool { flags & RuleSetLayout.TargetFlag.isExcluded != 0 }
}

/// One part of a text with macros.
package enum TextPart: Sendable {
    case literal(ByteView)
    /// `keyHash` is the key's `ByteView.caseInsensitiveHash`.
    case variable(VariableName, key: ByteView?, keyHash: UInt32)
}

/// A node of the tree of transformations: what it adds to the list that `parent` stands for.
package struct TransformationRecord: Sendable {
    package let parent: Int
    package let name: TransformationName
}

/// The chains that a phase or a message walks, in order.
package struct PlanView: Sendable {
    let blob: ByteView
    let offset: Int
    package let count: Int

    /// Index of the starter.
    package func rule(_ entry: Int) -> Int { Int(blob.loadUInt32(at: offset + entry * 8)) }
    /// The entry to go on with when the chain matched; past `entry`, at most `count`.
    package func resume(_ entry: Int) -> Int { Int(blob.loadUInt32(at: offset + entry * 8 + 4)) }
}
