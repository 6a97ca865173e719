internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("JSON: RFC 8259, names as in libmodsecurity") struct JSONParserTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var document: String
        var values: [String]
        var testDescription: String { document.debugDescription }

        init(_ document: String, _ values: String...) {
            self.document = document
            self.values = values
        }
    }

    static let accepted: [Row] = [
        Row(""),
        Row("{}"), Row("[]"), Row(" [ ] "), Row("[[],[[]],{}]"), Row("{\"a\":{},\"b\":[]}"),
        Row("\"hello\"", "json=\"hello\""), Row("\"\"", "json=\"\""),
        Row("0", "json=0"), Row(" 1 ", "json=1"), Row("-0", "json=-0"), Row("-12", "json=-12"),
        Row("3.5e2", "json=3.5e2"), Row("1E+10", "json=1E+10"), Row("1e-07", "json=1e-07"),
        Row("0.000", "json=0.000"), Row("0e0", "json=0e0"),
        Row("123456789012345678901234567890.5", "json=123456789012345678901234567890.5"),
        Row("true", "json=true"), Row("false", "json=false"), Row("null", "json=null"),
        Row("{\"a\":{\"b\":{\"c\":\"x\"}}}", "json.a.b.c=\"x\""),
        Row(
            "{\"l\":[1,\"two\",true,null,3.5e2]}", "json.l.array_0=1", "json.l.array_1=\"two\"",
            "json.l.array_2=true", "json.l.array_3=null", "json.l.array_4=3.5e2"),
        Row("{\"o\":[{\"k\":\"v\"},{\"k\":\"w\"}]}", "json.o.array_0.k=\"v\"", "json.o.array_1.k=\"w\""),
        Row(
            "{\"m\":[[1,2],[3]]}", "json.m.array_0.array_0=1", "json.m.array_0.array_1=2",
            "json.m.array_1.array_0=3"),
        Row("{\"d\":1,\"d\":2,\"Ab\":4}", "json.d=1", "json.d=2", "json.Ab=4"),
        Row(
            "[\"x\",{\"a\":1},[2,3]]", "json.array_0=\"x\"", "json.array_1.a=1", "json.array_2.array_0=2",
            "json.array_2.array_1=3"),
        Row("[[],1,{},2]", "json.array_1=1", "json.array_3=2"),
        Row("{\"\":1}", "json.=1"), Row("{\"a.b\":1}", "json.a.b=1"), Row("{\"a\\u002eb\":1}", "json.a.b=1"),
        Row("{\"a\":[1],\"b\":2}", "json.a.array_0=1", "json.b=2"),
        Row("\t{ \"a\" :\r\n1 , \"b\":\t[ ] }\n", "json.a=1"),
        Row("{\n                    \"a\":                 1\n}", "json.a=1"),
        Row("\"\u{7F}\"", "json=\"\u{7F}\""),
        Row("\"κόσμε 信息 😀\"", "json=\"κόσμε 信息 😀\""),
        Row("\"a\\\"b\\\\c\\/d\"", "json=\"a\"b\\c/d\""),
        Row("\"\\b\\f\\n\\r\\t\"", "json=\"\u{8}\u{C}\n\r\t\""),
        Row("\"\\u0041\\u00e9\\u20AC\\u0000\"", "json=\"Aé€\u{0}\""),
        Row("\"\\ud83d\\uDE00\"", "json=\"😀\""), Row("\"\\uDBFF\\uDFFF\"", "json=\"\u{10FFFF}\""),
        Row("\"\\ud800\"", "json=\"\u{FFFD}\""), Row("\"\\udc00x\"", "json=\"\u{FFFD}x\""),
        Row("\"\\ud800\\ud83d\\ude00\"", "json=\"\u{FFFD}😀\""),
        Row("\"\\ud800\\n\"", "json=\"\u{FFFD}\n\""),
        Row("\"\\ud800\\u0041\"", "json=\"\u{FFFD}A\""), Row("\"\\ud800u\"", "json=\"\u{FFFD}u\""),
        Row("\"\\\\u0041\"", "json=\"\\u0041\""),
    ]

    @Test(arguments: accepted) func accept(_ row: Row) {
        #expect(JSONOutcome.of(row.document) == JSONOutcome(values: row.values))
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var document: [UInt8]
        var error: JSONError
        var values: [String]
        var testDescription: String { String(decoding: document, as: UTF8.self).debugDescription }

        init(_ document: String, _ error: JSONError, _ values: String...) {
            self.document = Array(document.utf8)
            self.error = error
            self.values = values
        }

        init(bytes: [UInt8], _ error: JSONError) {
            document = bytes
            self.error = error
            values = []
        }
    }

    static let refused: [Refusal] = [
        Refusal(" ", .unexpectedEnd(offset: 1)), Refusal("a", .unexpectedByte(0x61, offset: 0)),
        Refusal("{", .unexpectedEnd(offset: 1)), Refusal("[", .unexpectedEnd(offset: 1)),
        Refusal("}", .unexpectedByte(0x7D, offset: 0)), Refusal("[}", .unexpectedByte(0x7D, offset: 1)),
        Refusal("{\"a\":1,\"b\":", .unexpectedEnd(offset: 11), "json.a=1"),
        Refusal("{\"a\":1,}", .unexpectedByte(0x7D, offset: 7), "json.a=1"),
        Refusal("{,}", .unexpectedByte(0x2C, offset: 1)), Refusal("{1:2}", .unexpectedByte(0x31, offset: 1)),
        Refusal("{'a':1}", .unexpectedByte(0x27, offset: 1)),
        Refusal("{a:1}", .unexpectedByte(0x61, offset: 1)),
        Refusal("{\"a\"}", .unexpectedByte(0x7D, offset: 4)),
        Refusal("{\"a\" 1}", .unexpectedByte(0x31, offset: 5)),
        Refusal("{\"a\":}", .unexpectedByte(0x7D, offset: 5)),
        Refusal("{\"a\"::1}", .unexpectedByte(0x3A, offset: 5)),
        Refusal("{\"a\":1 \"b\":2}", .unexpectedByte(0x22, offset: 7), "json.a=1"),
        Refusal("{\"a\":1]", .unexpectedByte(0x5D, offset: 6), "json.a=1"),
        Refusal("[1,]", .unexpectedByte(0x5D, offset: 3), "json.array_0=1"),
        Refusal("[,1]", .unexpectedByte(0x2C, offset: 1)),
        Refusal("[1,,2]", .unexpectedByte(0x2C, offset: 3), "json.array_0=1"),
        Refusal("[1 2]", .unexpectedByte(0x32, offset: 3), "json.array_0=1"),
        Refusal("[1}", .unexpectedByte(0x7D, offset: 2), "json.array_0=1"),
        Refusal("[1", .unexpectedEnd(offset: 2), "json.array_0=1"),
        Refusal("[1:2]", .unexpectedByte(0x3A, offset: 2), "json.array_0=1"),
        Refusal("1 2", .trailingBytes(offset: 2), "json=1"), Refusal("{}{}", .trailingBytes(offset: 2)),
        Refusal("[]]", .trailingBytes(offset: 2)), Refusal("1,", .trailingBytes(offset: 1), "json=1"),
        Refusal("true x", .trailingBytes(offset: 5), "json=true"),
        Refusal("[1]\u{0}", .trailingBytes(offset: 3), "json.array_0=1"),
        Refusal("tru", .unexpectedEnd(offset: 3)), Refusal("True", .unexpectedByte(0x54, offset: 0)),
        Refusal("nulk", .unexpectedByte(0x6B, offset: 3)),
        Refusal("truey", .trailingBytes(offset: 4), "json=true"),
        Refusal("NaN", .unexpectedByte(0x4E, offset: 0)),
        Refusal("-Infinity", .unexpectedByte(0x49, offset: 1)),
        Refusal("01", .trailingBytes(offset: 1), "json=0"), Refusal("-", .unexpectedEnd(offset: 1)),
        Refusal("+1", .unexpectedByte(0x2B, offset: 0)), Refusal(".5", .unexpectedByte(0x2E, offset: 0)),
        Refusal("1.", .unexpectedEnd(offset: 2)), Refusal("1.e5", .unexpectedByte(0x65, offset: 2)),
        Refusal("1e", .unexpectedEnd(offset: 2)), Refusal("1e+", .unexpectedEnd(offset: 3)),
        Refusal("0x10", .trailingBytes(offset: 1), "json=0"),
        Refusal("--1", .unexpectedByte(0x2D, offset: 1)),
        Refusal("-01", .trailingBytes(offset: 2), "json=-0"),
        Refusal("1e5.2", .trailingBytes(offset: 3), "json=1e5"),
        Refusal("\"", .unexpectedEnd(offset: 1)), Refusal("\"abc", .unexpectedEnd(offset: 4)),
        Refusal("\"abcdefghijklmnop", .unexpectedEnd(offset: 17)), Refusal("\"\\", .unexpectedEnd(offset: 2)),
        Refusal("\"\\u12", .unexpectedEnd(offset: 5)), Refusal("\"\\x41\"", .invalidEscape(offset: 1)),
        Refusal("\"\\'\"", .invalidEscape(offset: 1)), Refusal("\"\\u12g4\"", .invalidEscape(offset: 1)),
        Refusal("\"ab\\U0041\"", .invalidEscape(offset: 3)),
        Refusal("\"\\\u{0}\"", .invalidEscape(offset: 1)),
        Refusal("\"a\tb\"", .controlCharacter(9, offset: 2)),
        Refusal("\"a\nb\"", .controlCharacter(10, offset: 2)),
        Refusal("\"abcdefghijk\u{0}\"", .controlCharacter(0, offset: 12)),
        Refusal("\"\u{1F}\"", .controlCharacter(31, offset: 1)),
        Refusal("{\"a\n\":1}", .controlCharacter(10, offset: 3)),
        Refusal("// c\n1", .unexpectedByte(0x2F, offset: 0)),
        Refusal("[1/**/]", .unexpectedByte(0x2F, offset: 2), "json.array_0=1"),
        Refusal("\u{FEFF}1", .unexpectedByte(0xEF, offset: 0)),
        Refusal("\u{A0}1", .unexpectedByte(0xC2, offset: 0)),
        Refusal("\u{C}1", .unexpectedByte(0x0C, offset: 0)),
        Refusal(bytes: [0x22, 0x80, 0x22], .invalidUTF8(offset: 1)),
        Refusal(bytes: [0x22, 0xC0, 0xAF, 0x22], .invalidUTF8(offset: 1)),
        Refusal(bytes: [0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8(offset: 1)),
        Refusal(bytes: [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8(offset: 1)),
        Refusal(bytes: [0x22, 0xE2, 0x82, 0x22], .invalidUTF8(offset: 1)),
        Refusal(bytes: Array("\"abcdefgh".utf8) + [0xFF] + Array("ijkl\"".utf8), .invalidUTF8(offset: 1)),
        Refusal(bytes: [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], .invalidUTF8(offset: 2)),
        // UTF-16, either way round.
        Refusal(bytes: [0x5B, 0x00, 0x5D, 0x00], .unexpectedByte(0, offset: 1)),
        Refusal(bytes: [0x00, 0x5B, 0x00, 0x5D], .unexpectedByte(0, offset: 0)),
    ]

    @Test(arguments: refused) func refuse(_ row: Refusal) {
        #expect(JSONOutcome.of(row.document) == JSONOutcome(values: row.values, error: row.error))
    }

    /// What a prefix delivers is what the whole document starts with, but for a number that was
    /// cut, and it always ends too early.
    @Test(arguments: accepted) func everyPrefixEndsTooEarly(_ row: Row) {
        let document = Array(row.document.utf8)
        let last = document.last.map { $0 == 0x7D || $0 == 0x5D || $0 == 0x22 } ?? false
        guard last else { return }
        for cut in 1..<document.count {
            let outcome = JSONOutcome.of(Array(document[..<cut]))
            #expect(outcome.error == .unexpectedEnd(offset: cut))
            #expect(outcome.values.count <= row.values.count)
            for (early, whole) in zip(outcome.values, row.values) { #expect(whole.hasPrefix(early)) }
            #expect(outcome.values.dropLast() == row.values.prefix(max(0, outcome.values.count - 1)))
        }
    }

    @Test func failureStays() throws {
        withView("[1,x]") { view in
            let arena = Arena()
            var parser = JSONParser(view, limits: JSONLimits(), arena: arena)
            #expect((try? parser.next()) != nil)
            for _ in 0..<3 {
                #expect(throws: JSONError.unexpectedByte(0x78, offset: 3)) { _ = try parser.next() }
            }
        }
    }

    @Test func plainStringsAreSlices() throws {
        try withView("{\"key\":\"plain\",\"other\":\"esc\\n\"}") { view in
            let arena = Arena()
            var parser = JSONParser(view, limits: JSONLimits(), arena: arena)
            let plain = try #require(try parser.next())
            #expect(plain.text.isIdentical(to: view[8..<13]) && plain.offset == 8)
            #expect(arena.allocatedBytes == 0)
            let escaped = try #require(try parser.next())
            #expect(escaped.text.equals("esc\n") && arena.allocatedBytes == 4)
            #expect(try parser.next() == nil && parser.valueCount == 2 && parser.position == view.count)
            #expect(try parser.next() == nil)
        }
    }

    /// Strings of every length around the word size, with the stop at every place.
    @Test func everyStopAtEveryPlace() {
        for length in 0..<40 {
            let plain = String(repeating: "x", count: length)
            #expect(
                JSONOutcome.of("[\"\(plain)\",1]").values == ["json.array_0=\"\(plain)\"", "json.array_1=1"])
            #expect(JSONOutcome.of("\"\(plain)\\n\"").values == ["json=\"\(plain)\n\""])
            #expect(JSONOutcome.of("\"\(plain)é\(plain)\"").values == ["json=\"\(plain)é\(plain)\""])
            #expect(JSONOutcome.of("\"\(plain)\u{1}!\"").error == .controlCharacter(1, offset: 1 + length))
            let broken = Array("\"\(plain)".utf8) + [0xC3] + Array("\(plain)\"".utf8)
            #expect(JSONOutcome.of(broken).error == .invalidUTF8(offset: 1))
        }
    }

    @Test(arguments: refused) func messagesSayWhere(_ row: Refusal) {
        #expect(row.error.message.contains("\(row.error.offset)"))
    }
}
