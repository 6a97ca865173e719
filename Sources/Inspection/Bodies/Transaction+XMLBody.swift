// XML bodies: a tree, no arguments.

internal import BodyFormats
internal import Bytes
internal import RuleStore

extension Transaction {
    /// An empty body has no tree and is no failure, as in ModSecurity 2.
    func readXML(_ body: ByteView, isTruncated: Bool, _ rules: RuleSet) {
        guard !body.isEmpty else { return }
        var parser = XMLParser(limits: XMLLimits(documentBytes: max(body.count, 1)))
        parser.feed(body)
        let tree = XMLReading(parser.finish(), arena: arena)
        xml = tree
        guard let error = tree.error else { return }
        if case .malformed = error, isTruncated { return }
        failReading("XML parsing error: ", error.message)
    }
}
