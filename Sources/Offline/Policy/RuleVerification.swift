// `rules verify`: what compiling rule files finds.

package import Reports
internal import RuleStore
package import SecLang

package struct RuleVerification: Sendable {
    /// Errors with their carets; empty: the rules can be loaded.
    package var errors: [String] = []
    /// `file:line: warning: reason`
    package var warnings: [String] = []
    package var files: [String]
    /// nil when there are errors.
    package var totals: RuleSetTotals?

    /// - Parameter files: Paths in the order of loading, patterns expanded.
    package init(files: [String], reader: some RuleFileReader) {
        self.files = files
        switch RuleCompiler.compile(files: files, reader: reader) {
        case .failure(let failure): errors = failure.errors.map(\.page)
        case .success(let draft):
            warnings = RuleDoubts.lines(of: draft)
            do throws(OfflinePolicyError) {
                totals = try OfflinePolicy.totals(of: draft)
            } catch {
                errors = error.lines
            }
        }
    }

    package var json: JSONValue {
        .object([
            ("ok", .boolean(errors.isEmpty)), ("files", .strings(files)), ("errors", .strings(errors)),
            ("warnings", .strings(warnings)), ("totals", totals?.json ?? .null),
        ])
    }
}

extension OfflinePolicy {
    /// Lays the set out and reads it back, as a worker would.
    fileprivate static func totals(of draft: RuleSetDraft) throws(OfflinePolicyError) -> RuleSetTotals {
        let bytes = RuleSetEncoder.encode(draft)
        do throws(RuleSetError) {
            return try withView(of: bytes) { view throws(RuleSetError) in
                RuleSetTotals(try RuleSetView(validating: view), bytes: bytes.count)
            }
        } catch {
            throw OfflinePolicyError(["error: \(error)"])
        }
    }
}
