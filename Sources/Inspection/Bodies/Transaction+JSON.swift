// JSON bodies: each scalar is an argument.

internal import BodyFormats
internal import Bytes
internal import RuleStore

extension Transaction {
    func readJSON(_ body: ByteView, isTruncated: Bool, _ rules: RuleSet) {
        do throws(JSONError) {
            try addJSON(body, rules)
        } catch {
            if case .unexpectedEnd = error, isTruncated { return }
            failReading("JSON parsing error: ", error.message)
        }
    }

    /// What was read before an error stays.
    func addJSON(_ text: ByteView, _ rules: RuleSet) throws(JSONError) {
        let limits = JSONLimits(
            depth: rules.view.jsonDepthLimit, keyBytes: self.limits.jsonNameBytes,
            pathBytes: self.limits.jsonNameBytes)
        var parser = JSONParser(text, limits: limits, arena: arena)
        while let value = try parser.next() {
            guard nameArrays(in: parser.path, rules) else { return }
            guard appendArgument(name: arena.copy(parser.path), value: value.text, rules) else { return }
        }
    }

    /// An array that begins gets an argument of its own name, without value: rules that look for a word at
    /// the end of a name would miss it behind the number of an element.
    ///
    /// - Returns: false when there is room for no further argument.
    private func nameArrays(in path: ByteView, _ rules: RuleSet) -> Bool {
        let first = ByteView(".array_0")
        var start = 0
        while let range = path.firstRange(of: first, from: start) {
            start = range.upperBound
            guard start == path.count || path[start] == ASCII.byte(".") else { continue }
            // Further values of the same first element were announced with it.
            if isFirst(in: path[..<start]) {
                guard appendArgument(name: arena.copy(path[..<range.lowerBound]), value: .empty, rules) else {
                    return false
                }
            }
        }
        return true
    }

    /// Whether the argument before lies outside the element `path` names.
    private func isFirst(in path: ByteView) -> Bool {
        guard arguments.count > arguments.bodyStart else { return true }
        return !arguments[arguments.count - 1].name.hasPrefix(path)
    }
}
