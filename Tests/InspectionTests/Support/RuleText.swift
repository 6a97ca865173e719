// Rule sets from rule text.

import Bytes
import Inspection
import RuleStore
import SecLang
import Testing

/// Compiles rule text; what is wrong with it fails the test.
func compiled(_ text: String) throws -> RuleSetDraft {
    let reader = ProbeReader(files: ["/main.conf": Array(text.utf8)])
    switch RuleCompiler.compile(files: ["/main.conf"], reader: reader) {
    case .success(let draft): return draft
    case .failure(let errors):
        Issue.record("\(errors)")
        throw errors
    }
}

/// What rules log for a request: id and msg of each line.
func matches(_ rules: String, _ request: TestRequest = TestRequest(), isDetectOnly: Bool = false) throws
    -> [String]
{
    try Harness(compiled(rules)).send(request, isDetectOnly: isDetectOnly).matches
}
