// XML: values of nodes that an XPath expression finds.

internal import BodyFormats
internal import Bytes
internal import RuleStore

extension Transaction {
    /// `XML` alone means the root.
    func visitXML(_ target: TargetRecord, _ rule: RuleRecord, _ rules: RuleSet, _ body: (ByteView) -> Void) {
        guard let xml else { return }
        var query = XMLQuery(path: target.hasPath ? target.key.string : XMLQuery.rootPath)
        for index in rule.namespaces {
            let namespace = rules.view.namespace(index)
            query.namespaces += [namespace.prefix.string, namespace.name.string]
        }
        do throws(XPathError) {
            for value in try xml.values(of: query, &scratch.xmlExpressions) { body(value) }
        } catch {
            noteXMLFault(error)
        }
    }

    func noteXMLFault(_ error: XPathError) {
        switch error {
        case .tooManyOperations, .tooManyValues, .valuesTooLong: breaches.insert(.xmlValues)
        // An unbound prefix: nothing is found, as in ModSecurity 2.
        case .invalid, .expressionTooLong, .failed: break
        }
    }
}
