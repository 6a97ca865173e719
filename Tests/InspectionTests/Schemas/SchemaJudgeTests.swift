// Messages against JSON Schemas: the keywords of 2020-12 that are supported.

import Automata
import BodyFormats
import Bytes
import RuleStore
import Testing

@testable import Configuration
@testable import Inspection

@Suite("JSON Schema: 2020-12 core") struct SchemaJudgeTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var schema: String
        var valid: [String]
        var invalid: [String]
        var testDescription: String { schema }
    }

    static func fault(_ schema: String, _ text: String) throws -> SchemaFault? {
        var diagnostics = Diagnostics()
        let draft = SchemaCompiler.compile(Array(schema.utf8), file: "s.json", &diagnostics)
        let errors = diagnostics.sortedErrors.map(\.description)
        let compiled = try MessageSchema(#require(draft, "\(errors)").encoded)
        let bytes = ByteText(text)
        let arena = Arena()
        return try withExtendedLifetime((bytes, arena)) {
            var tape = JSONTape()
            try tape.read(bytes.view, limits: JSONLimits(), arena: arena)
            return SchemaJudge.fault(in: tape, against: compiled, matcher: PatternMatcher())
        }
    }

    static let rows: [Row] = [
        Row(schema: "true", valid: ["1", "{}"], invalid: []),
        Row(schema: "false", valid: [], invalid: ["1", "{}"]),
        Row(schema: "{}", valid: ["1", "null"], invalid: []),
        Row(schema: #"{"type":"integer"}"#, valid: ["1", "-3", "1.0", "1e3", "10e-1", "0.0"], invalid: ["1.5", "1e-1", "\"1\""]),
        Row(schema: #"{"type":["string","null"]}"#, valid: ["\"\"", "null"], invalid: ["1", "[]", "true"]),
        Row(schema: #"{"type":"number"}"#, valid: ["1", "1.5"], invalid: ["true", "\"1\""]),
        Row(schema: #"{"required":["a","b"]}"#, valid: [#"{"a":1,"b":2}"#, "7"], invalid: [#"{"a":1}"#, "{}"]),
        Row(
            schema: #"{"properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            valid: ["{}", #"{"a":"x"}"#], invalid: [#"{"a":1}"#, #"{"b":"x"}"#, #"{"a":"x","a":1}"#, #"{"a":1,"a":"x"}"#]),
        Row(
            schema: #"{"patternProperties":{"^x-":{"type":"number"}},"additionalProperties":{"type":"string"}}"#,
            valid: [#"{"x-a":1,"b":"s"}"#], invalid: [#"{"x-a":"s"}"#, #"{"b":1}"#]),
        Row(schema: #"{"enum":["a",1,null,{"k":[1,2]}]}"#, valid: ["\"a\"", "1.0", "null", #"{"k":[1,2.0]}"#], invalid: ["\"b\"", "2", #"{"k":[2,1]}"#, #"{"k":[1,2],"l":0}"#]),
        Row(schema: #"{"const":"x"}"#, valid: ["\"x\"", "\"\\u0078\""], invalid: ["\"y\"", "1"]),
        Row(schema: #"{"const":100}"#, valid: ["100", "1e2", "100.00"], invalid: ["1000", "10", "\"100\""]),
        Row(schema: #"{"pattern":"^a+$"}"#, valid: ["\"aa\"", "5"], invalid: ["\"ab\"", "\"\""]),
        Row(schema: #"{"minLength":2,"maxLength":3}"#, valid: ["\"ab\"", "\"äöü\""], invalid: ["\"a\"", "\"abcd\""]),
        Row(schema: #"{"minimum":1,"maximum":2.5}"#, valid: ["1", "2.5", "25e-1", "1.0001"], invalid: ["0.9999", "2.51", "-2"]),
        Row(schema: #"{"exclusiveMinimum":0,"exclusiveMaximum":10}"#, valid: ["0.1", "9.99"], invalid: ["0", "10", "-0"]),
        Row(schema: #"{"maximum":9007199254740993}"#, valid: ["9007199254740993"], invalid: ["9007199254740994", "1e400"]),
        Row(schema: #"{"multipleOf":0.01}"#, valid: ["1.23", "5", "0", "1e9999"], invalid: ["1.234", "1e-3"]),
        Row(schema: #"{"multipleOf":3}"#, valid: ["9", "-12", "3e5"], invalid: ["10", "1e5", "3.5"]),
        Row(schema: #"{"items":{"type":"number"},"minItems":1,"maxItems":2}"#, valid: ["[1]", "[1,2]", "{}"], invalid: ["[]", "[1,2,3]", "[\"a\"]"]),
        Row(schema: #"{"prefixItems":[{"const":"e"}],"items":false}"#, valid: ["[]", "[\"e\"]"], invalid: ["[\"f\"]", "[\"e\",1]"]),
        Row(schema: #"{"minProperties":1,"maxProperties":1}"#, valid: [#"{"a":1}"#], invalid: ["{}", #"{"a":1,"b":1}"#]),
        Row(schema: #"{"allOf":[{"type":"number"},{"minimum":3}]}"#, valid: ["3"], invalid: ["2", "\"3\""]),
        Row(schema: #"{"anyOf":[{"type":"string"},{"minimum":3,"type":"number"}]}"#, valid: ["3", "\"\""], invalid: ["2", "null"]),
        Row(schema: #"{"oneOf":[{"minimum":3},{"maximum":5}]}"#, valid: ["2", "6"], invalid: ["4"]),
        Row(schema: #"{"not":{"type":"string"}}"#, valid: ["1"], invalid: ["\"x\""]),
        Row(
            schema: ##"{"$defs":{"n":{"properties":{"next":{"$ref":"#/$defs/n"},"v":{"type":"number"}},"required":["v"]}},"$ref":"#/$defs/n"}"##,
            valid: [#"{"v":1,"next":{"v":2}}"#], invalid: [#"{"v":1,"next":{}}"#, "{}"]),
        Row(schema: ##"{"properties":{"a~b/c":{"type":"null"},"d":{"$ref":"#/properties/a~0b~1c"}}}"##, valid: [#"{"d":null}"#], invalid: [#"{"d":1}"#]),
        Row(schema: #"{"title":"t","format":"email","description":"d","default":1,"examples":[]}"#, valid: ["1"], invalid: []),
    ]

    @Test(arguments: rows) func judge(_ row: Row) throws {
        for text in row.valid { #expect(try Self.fault(row.schema, text) == nil, "\(text)") }
        for text in row.invalid { #expect(try Self.fault(row.schema, text) != nil, "\(text)") }
    }

    @Test func theFaultIsNamedWithItsPlace() throws {
        let schema = #"{"properties":{"user":{"properties":{"ids":{"items":{"maximum":5}}}}}}"#
        let fault = try Self.fault(schema, #"{"x":[1,2],"user":{"ids":[1,2,9]}}"#)
        #expect(fault == SchemaFault(keyword: "maximum", place: "json.user.ids.array_2"))
        let choice = try Self.fault(#"{"items":{"anyOf":[{"type":"null"},{"type":"string"}]}}"#, "[null,1]")
        #expect(choice == SchemaFault(keyword: "anyOf", place: "json.array_1"))
    }

    /// Branches inside branches: refused for its effort instead of judged without end.
    @Test func effortIsBounded() throws {
        let schema = ##"{"anyOf":[{"properties":{"x":{"$ref":"#"}},"required":["y"]},{"properties":{"x":{"$ref":"#"}},"required":["z"]}]}"##
        let deep = String(repeating: #"{"x":"#, count: 60) + "1" + String(repeating: "}", count: 60)
        #expect(try Self.fault(schema, deep)?.keyword == "limit of effort")
    }

    @Test("numbers are compared without rounding", arguments: [
        ("1", "1.0", 0), ("-1", "1", -1), ("0", "-0", 0), ("0.1", "0.10", 0), ("123", "12.3e1", 0),
        ("1e400", "1e399", 1), ("-1e400", "-1e399", -1), ("0.000001", "1e-6", 0), ("99", "100", -1),
        ("1.05", "1.5", -1), ("0", "0.0000001", -1), ("100000000000000000001", "100000000000000000002", -1),
    ])
    func compare(_ left: String, _ right: String, _ want: Int) {
        let (first, second) = (ByteText(left), ByteText(right))
        withExtendedLifetime((first, second)) {
            #expect(DecimalText(first.view).compare(DecimalText(second.view)) == want)
            #expect(DecimalText(second.view).compare(DecimalText(first.view)) == -want)
        }
    }

    @Test func damagedSchemasAreRefused() throws {
        var diagnostics = Diagnostics()
        let text = #"{"properties":{"a":{"pattern":"x"}},"anyOf":[{"type":"object"}],"required":["a"]}"#
        let draft = SchemaCompiler.compile(Array(text.utf8), file: "s", &diagnostics)
        let bytes = try #require(draft).encoded
        _ = try MessageSchema(bytes)
        for length in bytes.indices {
            // Pools at the end may be cut where nothing names the last bytes; never a trap.
            _ = try? MessageSchema(Array(bytes[..<length]))
        }
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0xFF
            _ = try? MessageSchema(damaged)
        }
    }
}
