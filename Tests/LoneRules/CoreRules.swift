// The conformance kit's rule set as its tests run it: every rule in DetectionOnly at the highest level.

package import RuleStore
package import SecLang

package enum CoreRules {
    /// - Parameter kit: Folder of the conformance kit.
    package static func draft(kit: String) throws(RuleErrors) -> RuleSetDraft {
        let reader = FileSystemReader()
        let files = ["test-engine.conf", "crs-setup.conf.example", "test-setup.conf"].map {
            "\(kit)/crs/\($0)"
        }
        let rules = reader.glob("\(kit)/crs/rules/*.conf").sorted()
        return try RuleCompiler.compile(files: files + rules, reader: reader).get()
    }
}
