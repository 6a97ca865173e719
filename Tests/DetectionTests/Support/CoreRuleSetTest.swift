// The regression tests of the OWASP Core Rule Set for the rules that call the detectors.

internal import Bytes

/// One test: the parts of its request that the rule looks at, and whether the rule must match.
struct CoreRuleSetTest {
    var rule: Int
    var number: String
    var values: [[UInt8]]
    var mustMatch: Bool

    /// Reads `REQUEST-…/<rule>.yaml` as far as these tests use YAML: one key and one scalar a line.
    static func load(rule: Int, folder: String) throws -> [CoreRuleSetTest] {
        let text = String(decoding: try ConformanceKit.bytes("ftw/\(folder)/\(rule).yaml"), as: UTF8.self)
        var tests: [CoreRuleSetTest] = []
        var number = ""
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon].drop { $0 == " " || $0 == "-" }
            let value = scalar(line[line.index(after: colon)...].drop { $0 == " " })
            switch key {
            case "test_id":
                number = value
                fields = [:]
            case "uri", "data", "User-Agent", "Referer", "Cookie": fields[String(key)] = value
            case "expect_ids", "no_expect_ids":
                tests.append(
                    CoreRuleSetTest(
                        rule: rule, number: number, values: values(of: rule, fields),
                        mustMatch: key == "expect_ids"))
            default: break
            }
        }
        return tests
    }

    private static func scalar(_ text: Substring) -> String {
        guard let quote = text.first, quote == "\"" || quote == "'", text.count > 1 else {
            return String(text)
        }
        let inner = text.dropFirst().dropLast()
        if quote == "'" { return String(inner.replacing("''", with: "'")) }
        let marked = inner.replacing("\\\\", with: "\u{1}").replacing("\\\"", with: "\"")
        return String(marked.replacing("\u{1}", with: "\\"))
    }

    /// The values of the rule's variables, raw and decoded (urlDecodeUni; NULs do not occur in these tests).
    private static func values(of rule: Int, _ fields: [String: String]) -> [[UInt8]] {
        let target = fields["uri"] ?? "/"
        let path = target.prefix { $0 != "?" }
        var texts: [Substring]
        switch rule {
        case 942101: texts = [path, path.split(separator: "/").last ?? ""]
        case 941101: texts = [path, fields["Referer"].map { $0[...] } ?? ""]
        default:
            texts = [fields["User-Agent"].map { $0[...] } ?? ""]
            if rule == 942100 { texts.append(fields["Referer"].map { $0[...] } ?? "") }
            let body = fields["data"] ?? ""
            if body.hasPrefix("<?xml") {
                texts += body.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            } else {
                for pair in target.dropFirst(path.count + 1).split(separator: "&")
                    + body.split(separator: "&")
                {
                    let parts = pair.split(separator: "=", maxSplits: 1)
                    texts += parts.map { $0[...] }
                }
            }
        }
        return texts.flatMap { text in [Array(text.utf8), decoded(Array(text.utf8))] }
    }

    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == ASCII.byte("%"), index + 2 < bytes.count,
                let high = ASCII.hexValue(bytes[index + 1]),
                let low = ASCII.hexValue(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index] == ASCII.byte("+") ? ASCII.space : bytes[index])
                index += 1
            }
        }
        return result
    }
}
