// Rule sets from rule text.

import Bytes
import RuleStore
import SecLang
import Testing

/// A compiled rule set and the bytes that it lies in.
///
/// Checked by nobody else: nothing changes after the initialiser, so that tests of any thread may read.
final class CompiledRules: @unchecked Sendable {
    private var blob = ByteBuffer()
    let view: RuleSetView
    let byteCount: Int

    init(_ text: String) throws {
        switch RuleCompiler.compile(files: ["/r.conf"], reader: OneFile(text: text)) {
        case .failure(let errors):
            Issue.record("\(errors)")
            throw errors
        case .success(let draft): blob.append(contentsOf: RuleSetEncoder.encode(draft))
        }
        byteCount = blob.count
        view = try RuleSetView(validating: blob.view)
    }
}

private struct OneFile: RuleFileReader {
    var text: String
    func read(_ path: String) -> [UInt8]? { path == "/r.conf" ? Array(text.utf8) : nil }
    func glob(_ pattern: String) -> [String] { [] }
}
