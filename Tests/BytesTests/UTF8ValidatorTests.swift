internal import Bytes
internal import Testing

@Suite("UTF-8: RFC 3629 section 4") struct UTF8ValidatorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        /// Index of the first byte that proves the text wrong; nil when it is valid so far.
        var wrongAt: Int?
        var isComplete = true
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "empty", bytes: [], wrongAt: nil),
        Row(name: "ASCII and NUL", bytes: [0x00, 0x41, 0x7F], wrongAt: nil),
        Row(name: "U+0080, least of two", bytes: [0xC2, 0x80], wrongAt: nil),
        Row(name: "U+07FF, largest of two", bytes: [0xDF, 0xBF], wrongAt: nil),
        Row(name: "U+0800, least of three", bytes: [0xE0, 0xA0, 0x80], wrongAt: nil),
        Row(name: "U+D7FF, before the surrogates", bytes: [0xED, 0x9F, 0xBF], wrongAt: nil),
        Row(name: "U+E000, behind the surrogates", bytes: [0xEE, 0x80, 0x80], wrongAt: nil),
        Row(name: "U+FFFF", bytes: [0xEF, 0xBF, 0xBF], wrongAt: nil),
        Row(name: "U+10000, least of four", bytes: [0xF0, 0x90, 0x80, 0x80], wrongAt: nil),
        Row(name: "U+10FFFF, the last", bytes: [0xF4, 0x8F, 0xBF, 0xBF], wrongAt: nil),
        Row(name: "kosme", bytes: Array("κόσμε".utf8), wrongAt: nil),
        Row(name: "continuation alone", bytes: [0x80], wrongAt: 0),
        Row(name: "last continuation alone", bytes: [0xBF], wrongAt: 0),
        Row(name: "overlong NUL, C0", bytes: [0xC0, 0x80], wrongAt: 0),
        Row(name: "overlong, C1", bytes: [0xC1, 0xBF], wrongAt: 0),
        Row(name: "overlong three", bytes: [0xE0, 0x9F, 0xBF], wrongAt: 1),
        Row(name: "overlong four", bytes: [0xF0, 0x8F, 0xBF, 0xBF], wrongAt: 1),
        Row(name: "first surrogate", bytes: [0xED, 0xA0, 0x80], wrongAt: 1),
        Row(name: "last surrogate", bytes: [0xED, 0xBF, 0xBF], wrongAt: 1),
        Row(name: "U+110000", bytes: [0xF4, 0x90, 0x80, 0x80], wrongAt: 1),
        Row(name: "lead F5", bytes: [0xF5, 0x80, 0x80, 0x80], wrongAt: 0),
        Row(name: "lead F8 of old", bytes: [0xF8, 0x88, 0x80, 0x80, 0x80], wrongAt: 0),
        Row(name: "FE", bytes: [0xFE], wrongAt: 0),
        Row(name: "FF", bytes: [0xFF], wrongAt: 0),
        Row(name: "two cut by ASCII", bytes: [0xC3, 0x28], wrongAt: 1),
        Row(name: "three cut by ASCII", bytes: [0xE2, 0x82, 0x28], wrongAt: 2),
        Row(name: "three cut by a lead", bytes: [0xE2, 0x82, 0xC3], wrongAt: 2),
        Row(name: "four cut late", bytes: [0xF0, 0x90, 0x80, 0x28], wrongAt: 3),
        Row(name: "two open", bytes: [0xC3], wrongAt: nil, isComplete: false),
        Row(name: "three open", bytes: [0xE2, 0x82], wrongAt: nil, isComplete: false),
        Row(name: "four open", bytes: [0xF0, 0x90, 0x80], wrongAt: nil, isComplete: false),
    ]

    /// Index at which a fresh validator fed byte by byte gives up, and whether it ends complete.
    static func byteAtATime(_ bytes: [UInt8]) -> (wrongAt: Int?, isComplete: Bool) {
        var validator = UTF8Validator()
        for (index, byte) in bytes.enumerated() {
            guard withView([byte], { validator.accept($0) }) else { return (index, false) }
        }
        return (nil, validator.isComplete)
    }

    @Test(arguments: rows) func byteAtATime(_ row: Row) {
        let outcome = Self.byteAtATime(row.bytes)
        #expect(outcome.wrongAt == row.wrongAt)
        if row.wrongAt == nil { #expect(outcome.isComplete == row.isComplete) }
    }

    /// Behind any run of ASCII, with any run behind it, cut anywhere: the same answer.
    @Test(arguments: rows) func anywhereAndCutAnywhere(_ row: Row) {
        for before in [0, 1, 3, 5, 7, 8, 9, 29, 30, 31, 32, 33, 64] {
            for after in [0, 1, 2, 3, 4, 7, 8, 33] where row.isComplete || after == 0 {
                let bytes =
                    Array(repeating: UInt8(0x61), count: before) + row.bytes
                    + Array(repeating: UInt8(0x7A), count: after)
                let isValid = row.wrongAt == nil && row.isComplete
                withView(bytes) { view in
                    #expect(UTF8Validator.isValid(view) == isValid)
                    for cut in 0...bytes.count {
                        var validator = UTF8Validator()
                        let accepted = validator.accept(view[..<cut]) && validator.accept(view[cut...])
                        #expect(accepted == (row.wrongAt == nil))
                        if accepted { #expect(validator.isComplete == row.isComplete) }
                    }
                }
            }
        }
    }

    /// All sequences of one and two bytes, all of three from each lead's edges, against the
    /// standard library's decoder.
    @Test func agreesWithTheStandardLibrary() {
        let edges: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xFF]
        var rows = 0
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                for rest in [[], [0x80], [0xBF, 0x80], [0x41, 0x42, 0x43]] as [[UInt8]] {
                    let bytes = [first, second] + rest
                    #expect(
                        withView(bytes) { UTF8Validator.isValid($0) }
                            == (String(validating: bytes, as: UTF8.self) != nil))
                    rows += 1
                }
            }
            for second in edges {
                for third in edges {
                    for fourth in edges {
                        let bytes = [first, second, third, fourth]
                        #expect(
                            withView(bytes) { UTF8Validator.isValid($0) }
                                == (String(validating: bytes, as: UTF8.self) != nil))
                        rows += 1
                    }
                }
            }
        }
        #expect(rows == 256 * (256 * 4 + 11 * 11 * 11))
    }

    @Test func randomText() {
        var random = FixedRandom(state: 3629)
        for _ in 0..<2_000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<40, using: &random) {
                let limit: UInt32 = [0x80, 0x800, 0x1_0000, 0x11_0000].randomElement(using: &random)!
                guard let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) else {
                    continue
                }
                bytes += Array(String(scalar).utf8)
            }
            if Bool.random(using: &random), !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            let expected = String(validating: bytes, as: UTF8.self) != nil
            #expect(withView(bytes) { UTF8Validator.isValid($0) } == expected)
            let slow = Self.byteAtATime(bytes)
            #expect((slow.wrongAt == nil && slow.isComplete) == expected)
        }
    }
}
