internal import BodyFormats
internal import Bytes
internal import Foundation
internal import Testing

@Suite("JSON: random documents") struct JSONFuzzTests {
    /// Random trees, written with random blanks and escapes, come back as they were made.
    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func roundTrip(_ seed: UInt64) {
        var random = FixedRandom(state: seed)
        for _ in 0..<400 {
            var generator = DocumentGenerator(random: random)
            generator.value(path: "json", depth: 0)
            random = generator.random
            #expect(JSONOutcome.of(generator.text) == JSONOutcome(values: generator.values))
        }
    }

    /// Damaged documents: never a trap, and accepted only where Foundation accepts them too.
    @Test(arguments: [5, 6, 7, 8] as [UInt64]) func damaged(_ seed: UInt64) {
        var random = FixedRandom(state: seed)
        var accepted = 0
        for _ in 0..<1_500 {
            var generator = DocumentGenerator(random: random)
            generator.value(path: "json", depth: 0)
            random = generator.random
            var bytes = Array(generator.text.utf8)
            for _ in 0...random.below(2) where !bytes.isEmpty {
                let place = random.below(bytes.count)
                switch random.below(3) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(Array("[]{},:\"\\0e.-\u{1} \n".utf8)[random.below(15)], at: place)
                }
            }
            let outcome = JSONOutcome.of(bytes)
            guard outcome.error == nil, !bytes.isEmpty, !Self.hasLoneSurrogate(bytes) else { continue }
            accepted += 1
            let oracle = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            #expect(oracle != nil, "accepted \(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(accepted > 50)
    }

    /// Foundation refuses these.
    private static func hasLoneSurrogate(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\\\\", with: "")
            .replacingOccurrences(of: "\\ud83d\\ude00", with: "")
            .range(of: "\\\\u[dD][89a-fA-F]", options: .regularExpression) != nil
    }

    @Test func randomBytes() {
        var random = FixedRandom(state: 9)
        for _ in 0..<20_000 {
            let bytes = random.bytes(random.below(24))
            if let error = JSONOutcome.of(bytes).error {
                #expect(error.offset >= 0 && error.offset <= bytes.count)
            }
        }
    }
}

/// Writes a document and the values that it must give.
struct DocumentGenerator {
    var random: FixedRandom
    var text = ""
    var values: [String] = []

    init(random: FixedRandom) { self.random = random }

    mutating func value(path: String, depth: Int) {
        blanks()
        switch random.below(depth > 4 ? 4 : 7) {
        case 0:
            let string = string()
            values.append("\(path)=\"\(string)\"")
        case 1:
            let number = ["0", "-1", "12.5", "1e9", "-0.0E-2"][random.below(5)]
            text += number
            values.append("\(path)=\(number)")
        case 2:
            let word = ["true", "false"][random.below(2)]
            text += word
            values.append("\(path)=\(word)")
        case 3:
            text += "null"
            values.append("\(path)=null")
        case 4, 5:
            text += "{"
            let count = random.below(4)
            for index in 0..<count {
                blanks()
                let key = string()
                blanks()
                text += ":"
                value(path: "\(path).\(key)", depth: depth + 1)
                if index + 1 < count { text += "," }
            }
            blanks()
            text += "}"
        default:
            text += "["
            let count = random.below(4)
            for index in 0..<count {
                value(path: "\(path).array_\(index)", depth: depth + 1)
                if index + 1 < count { text += "," }
            }
            blanks()
            text += "]"
        }
        blanks()
    }

    /// Writes a random string in quotes; returns what it means.
    private mutating func string() -> String {
        var meaning = ""
        text += "\""
        for _ in 0..<random.below(20) {
            switch random.below(12) {
            case 0:
                text += "\\n"
                meaning += "\n"
            case 1:
                text += "\\u00e9"
                meaning += "\u{E9}"
            case 2:
                text += "\\ud83d\\ude00"
                meaning += "😀"
            case 3:
                text += "信"
                meaning += "信"
            case 4:
                text += "\\\\"
                meaning += "\\"
            default:
                let letter = String(UnicodeScalar(UInt8(0x61 + random.below(26))))
                text += letter
                meaning += letter
            }
        }
        text += "\""
        return meaning
    }

    private mutating func blanks() {
        for _ in 0..<max(0, random.below(14) - 8) { text += [" ", "\n", "\t", "\r"][random.below(4)] }
    }
}
