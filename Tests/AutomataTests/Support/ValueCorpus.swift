// Values as rules see them: what the kit's requests and vectors carry, whole and in parts, as
// sent and percent-decoded, and small changes of all that.

import Bytes
import Foundation

enum ValueCorpus {
    /// PCRE2 takes cubic time on some values; longer ones would take minutes.
    static var longestValue: Int { 512 }

    /// - Parameter mutations: Changed copies per value.
    static func values(mutations: Int) throws -> [[UInt8]] {
        var seen: Set<[UInt8]> = []
        var values: [[UInt8]] = []
        func add(_ value: [UInt8]) {
            guard value.count <= longestValue, seen.insert(value).inserted else { return }
            values.append(value)
        }
        for file in ConformanceKit.files(in: "ftw", withExtension: "yaml") {
            for line in try ConformanceKit.text(of: file).split(separator: "\n") {
                for part in parts(of: line) { add(part) }
            }
        }
        for file in ConformanceKit.files(in: "operators", withExtension: "json") {
            let name = file.deletingPathExtension().lastPathComponent
            for vector in try ConformanceKit.vectors(of: name) where name != "ipMatch" {
                add(vector.input)
            }
        }
        var generator = SeededGenerator(seed: 0x5EED)
        for value in values {
            for _ in 0..<mutations { add(mutated(value, &generator)) }
        }
        return values
    }

    /// The values of a line `key: value`: whole, decoded, and split as arguments are.
    private static func parts(of line: Substring) -> [[UInt8]] {
        let text = line.trimmingCharacters(in: .whitespaces)
        guard let colon = text.firstIndex(of: ":") else { return text.isEmpty ? [] : [Array(text.utf8)] }
        var value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        if value.count >= 2, let quote = value.first, quote == value.last, quote == "\"" || quote == "'" {
            value = String(value.dropFirst().dropLast())
                .replacingOccurrences(of: "\\\"", with: "\"").replacingOccurrences(of: "\\\\", with: "\\")
                .replacingOccurrences(of: "\\r", with: "\r").replacingOccurrences(of: "\\n", with: "\n")
        }
        var parts = [Array(value.utf8), decoded(Array(value.utf8))]
        for argument in value.split(whereSeparator: { $0 == "&" || $0 == "?" }) {
            guard let equals = argument.firstIndex(of: "=") else { continue }
            parts.append(decoded(Array(argument[argument.index(after: equals)...].utf8)))
        }
        return parts
    }

    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = ASCII.hexValue(bytes[index + 1]), let low = ASCII.hexValue(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func mutated(
        _ value: [UInt8], _ generator: inout SeededGenerator
    ) -> [UInt8] {
        var value = value
        let spice = Array("\n\r\0\u{0B} '\"`()<>;|&=-/*\\$.,{}[]%#@!aZ09_".utf8) + [0x80, 0xA0, 0xFF]
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0...value.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: value.insert(spice.randomElement(using: &generator) ?? 0x20, at: place)
            case 1 where place < value.count: value.remove(at: place)
            case 2 where place < value.count:
                value[place] = spice.randomElement(using: &generator) ?? 0x20
            case 3 where place < value.count: value[place] ^= 0x20
            default: value = Array(value[place...] + value[..<place])
            }
        }
        return value
    }
}
