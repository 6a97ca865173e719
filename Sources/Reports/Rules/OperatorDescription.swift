// An operator with its argument, and the program that runs for it.

package struct OperatorDescription: Codable, Equatable, Sendable {
    /// Without the `@`.
    package var name: String
    package var isNegated: Bool
    /// As written, with its macros.
    package var argument: String
    /// nil for operators that look at the text or at the value alone.
    package var program: ProgramDescription?

    var json: JSONValue {
        .object([
            ("name", .string(name)), ("is_negated", .boolean(isNegated)), ("argument", .string(argument)),
            ("program", program?.json ?? .null),
        ])
    }
}

/// A compiled matcher of the store. What a kind does not have is nil.
package struct ProgramDescription: Codable, Equatable, Sendable {
    /// Its number in the rule set; equal programs are kept once.
    package var number: Int
    /// `pattern`, `backtracking pattern`, `phrases`, `addresses`, `byte set`
    package var kind: String
    package var bytes: Int
    /// Links of the rule set that run it.
    package var users: Int
    package var instructions: Int?
    package var byteClasses: Int?
    /// Capturing groups.
    package var groups: Int?
    /// Bytes that a match may begin with; nil where it may begin with any.
    package var starterBytes: Int?
    package var phrases: Int?
    package var ranges: Int?
    /// Bytes in the set.
    package var members: Int?

    var json: JSONValue {
        .object([
            ("number", .integer(number)), ("kind", .string(kind)), ("bytes", .integer(bytes)),
            ("users", .integer(users)), ("instructions", .optional(instructions)),
            ("byte_classes", .optional(byteClasses)), ("groups", .optional(groups)),
            ("starter_bytes", .optional(starterBytes)), ("phrases", .optional(phrases)),
            ("ranges", .optional(ranges)), ("members", .optional(members)),
        ])
    }
}
