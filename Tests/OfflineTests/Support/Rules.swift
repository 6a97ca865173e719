// Rule text and configurations without files.

import Configuration
import Offline
import SecLang
import Testing

/// Files by path.
struct TestFiles: RuleFileReader, FileReader {
    var files: [String: String]

    func read(_ path: String) -> [UInt8]? { files[path].map { Array($0.utf8) } }
    func glob(_ pattern: String) -> [String] { files[pattern] == nil ? [] : [pattern] }
}

func replayer(
    _ rules: String, _ options: ReplayOptions = ReplayOptions()
) throws -> Replayer {
    let files = TestFiles(files: ["/r.conf": rules])
    do {
        return Replayer(try OfflinePolicy(ruleFiles: ["/r.conf"], reader: files), options)
    } catch {
        Issue.record("\(error.lines)")
        throw error
    }
}

/// What a raw request, and a response to it, come to.
func replay(
    _ rules: String, _ request: String, response: String? = nil, _ options: ReplayOptions = ReplayOptions()
) throws -> ReplayReport {
    let exchanges = try CaptureReader.read(
        Array(request.utf8), file: "q", response: response.map { (Array($0.utf8), "a") })
    return try replayer(rules, options).replay(exchanges[0])
}
