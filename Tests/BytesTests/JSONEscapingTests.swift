// JSON strings out of any bytes.

import Bytes
import Foundation
import Testing

@Suite("JSON strings: RFC 8259 section 7") struct JSONEscapingTests {
    struct Row: CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var want: String
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "plain", bytes: Array("a b/c".utf8), want: "a b/c"),
        Row(name: "quote and backslash", bytes: Array("\"\\".utf8), want: "\\\"\\\\"),
        Row(name: "short escapes", bytes: [10, 13, 9], want: "\\n\\r\\t"),
        Row(name: "other controls", bytes: [0, 0x1F, 0x7F], want: "\\u0000\\u001f\\u007f"),
        Row(name: "two, three and four bytes", bytes: Array("é€😀".utf8), want: "é€😀"),
        Row(name: "C1 control", bytes: [0xC2, 0x85], want: "\\u0085"),
        Row(name: "first behind C1", bytes: [0xC2, 0xA0], want: "\u{A0}"),
        Row(name: "line separators", bytes: [0xE2, 0x80, 0xA8, 0xE2, 0x80, 0xA9], want: "\\u2028\\u2029"),
        Row(name: "Latin-1", bytes: [0x61, 0xE9, 0x62], want: "a\\u00e9b"),
        Row(name: "lone continuation", bytes: [0x80], want: "\\u0080"),
        Row(name: "overlong", bytes: [0xC0, 0xAF], want: "\\u00c0\\u00af"),
        Row(name: "overlong, three bytes", bytes: [0xE0, 0x80, 0xAF], want: "\\u00e0\\u0080\\u00af"),
        Row(name: "surrogate", bytes: [0xED, 0xA0, 0x80], want: "\\u00ed\\u00a0\\u0080"),
        Row(name: "past U+10FFFF", bytes: [0xF4, 0x90, 0x80, 0x80], want: "\\u00f4\\u0090\\u0080\\u0080"),
        Row(name: "cut sequence", bytes: [0xF0, 0x9F, 0x98], want: "\\u00f0\\u009f\\u0098"),
    ]

    static func escaped(_ bytes: [UInt8], limit: Int = .max) -> (text: [UInt8], omitted: Int) {
        var source = ByteBuffer()
        source.append(contentsOf: bytes)
        var buffer = ByteBuffer()
        let omitted = buffer.appendJSON(escaping: source.view, limitBytes: limit)
        return (buffer.view.array, omitted)
    }

    @Test(arguments: rows) func escape(_ row: Row) {
        let (text, omitted) = Self.escaped(row.bytes)
        #expect(String(decoding: text, as: UTF8.self) == row.want)
        #expect(omitted == 0)
    }

    /// A limit never cuts through a character or an escape, is never passed, and the count is right.
    @Test(arguments: rows) func everyLimit(_ row: Row) {
        let whole = Self.escaped(row.bytes).text
        for limit in 0...whole.count + 1 {
            let (text, omitted) = Self.escaped(row.bytes, limit: limit)
            #expect(text.count <= limit)
            #expect(whole.starts(with: text))
            let kept = Self.escaped(Array(row.bytes.dropLast(omitted))).text
            #expect(kept == text)
        }
    }

    /// A reader that is not ours takes it, whatever the bytes.
    @Test func anyBytesAreValid() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let json = [0x22] + Self.escaped(bytes).text + [0x22]
            let value = try JSONDecoder().decode([String].self, from: Data([0x5B] + json + [0x5D]))
            #expect(value.count == 1)
        }
    }

    @Test func writerSetsTheCommas() {
        var json = JSONWriter()
        json.beginObject()
        json.name("a")
        json.number(-1)
        json.name("b")
        json.beginArray()
        json.string("x")
        json.quoted(2)
        json.beginObject()
        json.endObject()
        json.boolean(false)
        json.endArray()
        json.name("c")
        json.beginObject()
        json.name(escaping: ByteView("k\""))
        json.raw(ByteView("1.1"))
        json.endObject()
        json.endObject()
        #expect(json.view.string == #"{"a":-1,"b":["x","2",{},false],"c":{"k\"":1.1}}"#)
        json.removeAll(keptBytes: 0)
        json.beginArray()
        json.endArray()
        #expect(json.view.string == "[]")
    }
}
