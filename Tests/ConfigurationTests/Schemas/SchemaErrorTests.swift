// What is wrong with a JSON Schema, and where.

import Testing

@testable import Configuration

@Suite("waf_websocket_schema: errors with their place") struct SchemaErrorTests {
    static let rows: [(String, [String])] = [
        ("{", ["s.json:1:2: error: JSON Schema: JSON ends too early at byte 1"]),
        ("", ["s.json:1:1: error: JSON Schema: JSON ends too early at byte 0"]),
        (
            "{\n  \"type\": \"object\",\n  \"uniqueItems\": true\n}",
            ["s.json:3:3: error: JSON Schema: keyword \"uniqueItems\" is not supported"]
        ),
        (
            #"{"if": true, "contains": {}}"#,
            [
                "s.json:1:2: error: JSON Schema: keyword \"if\" is not supported",
                "s.json:1:14: error: JSON Schema: keyword \"contains\" is not supported",
            ]
        ),
        (
            #"{"type": "strnig"}"#,
            [
                "s.json:1:2: error: JSON Schema: a type is one of object, array, string, number, integer, boolean, null"
            ]
        ),
        (#"{"minLength": -1}"#, ["s.json:1:2: error: JSON Schema: \"minLength\" must be a whole number below 4294967296"]),
        (#"{"minLength": "1"}"#, ["s.json:1:2: error: JSON Schema: \"minLength\" must be of type number"]),
        (#"{"multipleOf": 0}"#, ["s.json:1:2: error: JSON Schema: \"multipleOf\" must be above 0, with at most 15 digits"]),
        (#"{"anyOf": []}"#, ["s.json:1:2: error: JSON Schema: \"anyOf\" must not be empty"]),
        (##"{"$ref": "#/$defs/x"}"##, ["s.json:1:2: error: JSON Schema: \"$ref\" \"#/$defs/x\" leads nowhere"]),
        (
            #"{"$ref": "other.json"}"#,
            ["s.json:1:2: error: JSON Schema: \"$ref\" \"other.json\" leads out of this file, which is not supported"]
        ),
        (
            ##"{"$ref": "#"}"##,
            [
                "s.json:1:1: error: JSON Schema: the schema refers to itself without end: a \"$ref\" leads back to its own schema"
            ]
        ),
        (
            #"{"$schema": "http://json-schema.org/draft-07/schema#"}"#,
            [
                "s.json:1:2: error: JSON Schema: dialect \"http://json-schema.org/draft-07/schema#\" is not supported, expected 2020-12"
            ]
        ),
        (#"{"items": 7}"#, ["s.json:1:2: error: JSON Schema: a schema is an object, true or false"]),
        (#"{"type": "null", "type": "null"}"#, ["s.json:1:18: error: JSON Schema: \"type\" stands twice in one schema"]),
    ]

    @Test(arguments: rows) func refusal(_ schema: String, _ errors: [String]) {
        var diagnostics = Diagnostics()
        let draft = SchemaCompiler.compile(Array(schema.utf8), file: "s.json", &diagnostics)
        #expect(draft == nil)
        #expect(diagnostics.sortedErrors.map(\.description) == errors)
    }

    @Test func patternsAreCompiledAtLoad() {
        var diagnostics = Diagnostics()
        let draft = SchemaCompiler.compile(Array(#"{"pattern":"("}"#.utf8), file: "s.json", &diagnostics)
        #expect(draft == nil)
        #expect(diagnostics.sortedErrors.first?.description.hasPrefix("s.json:1:2: error: JSON Schema: pattern \"(\"") == true)
    }
}
