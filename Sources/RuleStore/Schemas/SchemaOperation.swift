// One assertion of a compiled JSON Schema.

/// What is asked of a value. Raw values are the numbers in the store; one, once given, stays.
package enum SchemaOperation: UInt32, CaseIterable, Sendable {
    /// No value is valid: the schema `false`.
    case never = 1
    /// a: a ``SchemaTypes``.
    case type
    /// a: text of a member's name.
    case required
    /// a: text of a member's name, b: node of its value.
    case property
    /// a: pattern of members' names, b: node of their values.
    case patternProperty
    /// a: node of the members that no property and pattern property of the same node names.
    case additionalProperties
    /// a: bound.
    case minProperties, maxProperties, minItems, maxItems, minLength, maxLength
    /// a: node, b: index of the first element that it is for.
    case items
    /// a: index of an element, b: node.
    case prefixItem
    /// a: pattern that a string holds a match of.
    case pattern
    /// a: text of a number.
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
    /// a: a ``SchemaTypes`` of one scalar type, b: text of the value.
    case constant
    /// a: node that has to hold, too: `$ref` and each of `allOf`.
    case reference
    /// a: first of b entries in the list of nodes.
    case anyOf, oneOf
    /// a: node that must not hold.
    case not

    /// The keyword that a violation is named by.
    package var keyword: StaticString {
        switch self {
        case .never: "false"
        case .type: "type"
        case .required: "required"
        case .property: "properties"
        case .patternProperty: "patternProperties"
        case .additionalProperties: "additionalProperties"
        case .minProperties: "minProperties"
        case .maxProperties: "maxProperties"
        case .minItems: "minItems"
        case .maxItems: "maxItems"
        case .minLength: "minLength"
        case .maxLength: "maxLength"
        case .items: "items"
        case .prefixItem: "prefixItems"
        case .pattern: "pattern"
        case .minimum: "minimum"
        case .maximum: "maximum"
        case .exclusiveMinimum: "exclusiveMinimum"
        case .exclusiveMaximum: "exclusiveMaximum"
        case .multipleOf: "multipleOf"
        case .constant: "const"
        case .reference: "$ref"
        case .anyOf: "anyOf"
        case .oneOf: "oneOf"
        case .not: "not"
        }
    }
}

/// Types of JSON Schema (2020-12 core, section 4.2.1).
package struct SchemaTypes: OptionSet, Sendable {
    package var rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let object = SchemaTypes(rawValue: 1)
    package static let array = SchemaTypes(rawValue: 2)
    package static let string = SchemaTypes(rawValue: 4)
    package static let number = SchemaTypes(rawValue: 8)
    /// A number without a fraction, however it is written.
    package static let integer = SchemaTypes(rawValue: 16)
    package static let boolean = SchemaTypes(rawValue: 32)
    package static let null = SchemaTypes(rawValue: 64)
}

/// One assertion with its operands.
package struct SchemaInstruction: Equatable, Sendable {
    package var operation: SchemaOperation
    package var a: UInt32
    package var b: UInt32

    package init(_ operation: SchemaOperation, _ a: UInt32 = 0, _ b: UInt32 = 0) {
        self.operation = operation
        self.a = a
        self.b = b
    }
}
