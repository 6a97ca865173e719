// The requests of the core rule set's regression tests.

import Foundation

package enum RequestCorpus {
    /// All stages of all tests below a folder, in the order of files and tests.
    package static func requests(in folder: String) throws -> [CorpusRequest] {
        let names = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
        return try names.filter { $0.hasSuffix(".yaml") }.sorted().flatMap { name in
            let text = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            return requests(of: try YAMLReader.read([UInt8](text)))
        }
    }

    private static func requests(of file: YAMLNode) -> [CorpusRequest] {
        let rule = file["rule_id"]?.text ?? "?"
        return (file["tests"]?.items ?? []).flatMap { test in
            let stages = test["stages"]?.items ?? []
            return stages.indices.map { index in
                let stage = stages[index]["stage"] ?? stages[index]
                let name =
                    "\(rule)-\(test["test_id"]?.text ?? "?")" + (stages.count > 1 ? "/\(index + 1)" : "")
                return CorpusRequest(name: name, input: stage["input"] ?? .mapping([]))
            }
        }
    }

    /// What rules look at in such requests, each value once: targets and their parts, values of fields and
    /// of cookies, bodies, arguments as sent and decoded, and bodies of answers.
    package static func values(of requests: [CorpusRequest]) -> [[UInt8]] {
        var seen: Set<[UInt8]> = []
        var values: [[UInt8]] = []
        func add(_ value: some Sequence<UInt8>) {
            let value = Array(value)
            if seen.insert(value).inserted { values.append(value) }
        }
        func addPairs(_ text: some Collection<UInt8>, separator: UInt8) {
            for pair in text.split(separator: separator) {
                for side in pair.split(separator: UInt8(ascii: "="), maxSplits: 1) {
                    add(side)
                    add(CorpusCoding.formDecoded(side))
                }
            }
        }
        for request in requests {
            add(request.line)
            add(request.target)
            add(CorpusCoding.formDecoded(request.target))
            let path = request.target.prefix { $0 != UInt8(ascii: "?") }
            add(path)
            addPairs(request.target.dropFirst(path.count + 1), separator: UInt8(ascii: "&"))
            for field in request.fields {
                add(field.name)
                add(field.value)
                if String(decoding: field.name, as: UTF8.self).lowercased() == "cookie" {
                    addPairs(field.value, separator: UInt8(ascii: ";"))
                }
            }
            add(request.body)
            addPairs(request.body, separator: UInt8(ascii: "&"))
            add(request.answer.body)
        }
        return values
    }
}
