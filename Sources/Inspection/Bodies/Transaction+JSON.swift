// JSON bodies: each scalar is an argument.

internal import BodyFormats
internal import Bytes
internal import RuleStore

extension Transaction {
    func readJSON(_ body: ByteView, isTruncated: Bool, _ rules: RuleSet) {
        let limits = JSONLimits(
            depth: rules.view.jsonDepthLimit, keyBytes: self.limits.jsonNameBytes,
            pathBytes: self.limits.jsonNameBytes)
        var parser = JSONParser(body, limits: limits, arena: arena)
        do throws(JSONError) {
            while let value = try parser.next() {
                guard appendArgument(name: arena.copy(parser.path), value: value.text, rules) else { return }
            }
        } catch {
            if case .unexpectedEnd = error, isTruncated { return }
            failReading("JSON parsing error: ", error.message)
        }
    }
}
