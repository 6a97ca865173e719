// A message against its JSON Schema (2020-12; the keywords that SchemaOperation has).

package import Automata
package import BodyFormats
internal import Bytes
internal import RuleStore

/// One judgement of one document.
package struct SchemaJudge: ~Copyable {
    private let schema: MessageSchema
    private let matcher: PatternMatcher
    private var steps = 0
    /// The innermost value that was found wrong, and by what.
    private var fault: (operation: SchemaOperation, node: Int)?
    private var hasRunOut = false

    private init(_ schema: MessageSchema, _ matcher: PatternMatcher) {
        self.schema = schema
        self.matcher = matcher
    }

    /// - Returns: nil when the document is valid.
    package static func fault(
        in tape: borrowing JSONTape, against schema: MessageSchema, matcher: PatternMatcher
    ) -> SchemaFault? {
        var judge = SchemaJudge(schema, matcher)
        guard tape.root != nil, !judge.isValid(0, 0, tape, depth: 0) else { return nil }
        if judge.hasRunOut { return SchemaFault(keyword: "limit of effort", place: "json") }
        let fault = judge.fault ?? (.never, 0)
        return SchemaFault(keyword: "\(fault.operation.keyword)", place: place(of: fault.node, tape))
    }

    /// Whether the value at `value` holds against a subschema.
    private mutating func isValid(_ node: Int, _ value: Int, _ tape: borrowing JSONTape, depth: Int) -> Bool {
        guard spend(1), depth < SchemaLimits.depth else {
            hasRunOut = true
            return false
        }
        for index in schema.view.instructions(of: node) {
            let instruction = schema.view.instruction(index)
            guard holds(instruction, node, value, tape, depth) else {
                if fault == nil { fault = (instruction.operation, value) }
                return false
            }
        }
        return true
    }

    private mutating func spend(_ amount: Int) -> Bool {
        steps += amount
        if steps > SchemaLimits.steps { hasRunOut = true }
        return !hasRunOut
    }

    private mutating func holds(
        _ instruction: SchemaInstruction, _ node: Int, _ value: Int, _ tape: borrowing JSONTape, _ depth: Int
    ) -> Bool {
        let kind = tape.nodes[value].kind
        let a = instruction.a
        switch instruction.operation {
        case .never: return false
        case .type: return !types(of: tape.nodes[value]).isDisjoint(with: SchemaTypes(rawValue: a))
        case .constant:
            return isEqual(tape.nodes[value], SchemaTypes(rawValue: a), schema.view.text(instruction.b))
        case .required, .property, .patternProperty, .additionalProperties, .minProperties, .maxProperties:
            return kind != .object || objectHolds(instruction, node, value, tape, depth)
        case .minItems, .maxItems, .items, .prefixItem:
            return kind != .array || arrayHolds(instruction, value, tape, depth)
        case .minLength: return kind != .string || Self.length(tape.nodes[value].text) >= Int(a)
        case .maxLength: return kind != .string || Self.length(tape.nodes[value].text) <= Int(a)
        case .pattern:
            return kind != .string || matcher.matches(schema.patterns[Int(a)], tape.nodes[value].text)
        case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum, .multipleOf:
            return kind != .number || numberHolds(instruction, tape.nodes[value].text)
        case .reference: return isValid(Int(a), value, tape, depth: depth + 1)
        case .anyOf, .oneOf, .not: return combinationHolds(instruction, value, tape, depth)
        }
    }

    private func types(of node: JSONTape.Node) -> SchemaTypes {
        switch node.kind {
        case .object: .object
        case .array: .array
        case .string: .string
        case .number: DecimalText(node.text).isInteger ? [.number, .integer] : .number
        case .boolean: .boolean
        case .null: .null
        }
    }

    private func isEqual(_ node: JSONTape.Node, _ type: SchemaTypes, _ text: ByteView) -> Bool {
        guard types(of: node).contains(type) else { return false }
        return type == .number ? DecimalText(node.text).compare(DecimalText(text)) == 0 : node.text == text
    }

    private mutating func objectHolds(
        _ instruction: SchemaInstruction, _ node: Int, _ value: Int, _ tape: borrowing JSONTape, _ depth: Int
    ) -> Bool {
        let count = tape.nodes[value].count
        guard spend(count) else { return false }
        switch instruction.operation {
        case .minProperties: return count >= Int(instruction.a)
        case .maxProperties: return count <= Int(instruction.a)
        case .required: return tape.member(schema.view.text(instruction.a), of: value) != nil
        default: break
        }
        var child = value + 1
        // Each of equal keys is judged: nobody knows which one the application will take.
        while child < tape.nodes[value].end {
            let target = target(of: instruction, node, key: tape.nodes[child].key)
            if let target, !isValid(target, child, tape, depth: depth + 1) { return false }
            child = tape.nodes[child].end
        }
        return true
    }

    /// The subschema that an instruction applies to a member.
    private mutating func target(of instruction: SchemaInstruction, _ node: Int, key: ByteView) -> Int? {
        switch instruction.operation {
        case .property: return schema.view.text(instruction.a) == key ? Int(instruction.b) : nil
        case .patternProperty:
            return matcher.matches(schema.patterns[Int(instruction.a)], key) ? Int(instruction.b) : nil
        default:
            for index in schema.view.instructions(of: node) {
                guard spend(1) else { return nil }
                let other = schema.view.instruction(index)
                switch other.operation {
                case .property where schema.view.text(other.a) == key: return nil
                case .patternProperty where matcher.matches(schema.patterns[Int(other.a)], key): return nil
                default: break
                }
            }
            return Int(instruction.a)
        }
    }

    private mutating func arrayHolds(
        _ instruction: SchemaInstruction, _ value: Int, _ tape: borrowing JSONTape, _ depth: Int
    ) -> Bool {
        let count = tape.nodes[value].count
        switch instruction.operation {
        case .minItems: return count >= Int(instruction.a)
        case .maxItems: return count <= Int(instruction.a)
        default: break
        }
        guard spend(count) else { return false }
        let isPrefix = instruction.operation == .prefixItem
        var index = 0
        var child = value + 1
        while child < tape.nodes[value].end {
            let applies = isPrefix ? index == Int(instruction.a) : index >= Int(instruction.b)
            let target = Int(isPrefix ? instruction.b : instruction.a)
            if applies, !isValid(target, child, tape, depth: depth + 1) { return false }
            index += 1
            child = tape.nodes[child].end
        }
        return true
    }

    private func numberHolds(_ instruction: SchemaInstruction, _ text: ByteView) -> Bool {
        let number = DecimalText(text)
        let bound = DecimalText(schema.view.text(instruction.a))
        return switch instruction.operation {
        case .minimum: number.compare(bound) >= 0
        case .maximum: number.compare(bound) <= 0
        case .exclusiveMinimum: number.compare(bound) > 0
        case .exclusiveMaximum: number.compare(bound) < 0
        default: number.isMultiple(of: bound)
        }
    }

    private mutating func combinationHolds(
        _ instruction: SchemaInstruction, _ value: Int, _ tape: borrowing JSONTape, _ depth: Int
    ) -> Bool {
        let before = fault
        // What is wrong inside a branch is not what is wrong with the whole.
        defer { fault = before }
        if instruction.operation == .not {
            return !isValid(Int(instruction.a), value, tape, depth: depth + 1) && !hasRunOut
        }
        var valid = 0
        for place in 0..<Int(instruction.b) {
            if isValid(schema.view.listed(Int(instruction.a) + place), value, tape, depth: depth + 1) { valid += 1 }
            if hasRunOut { return false }
            if instruction.operation == .anyOf, valid > 0 { return true }
        }
        return instruction.operation == .oneOf && valid == 1
    }

    /// Code points of UTF-8.
    private static func length(_ text: ByteView) -> Int {
        var count = 0
        for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }

    private static func place(of node: Int, _ tape: borrowing JSONTape) -> String {
        var text = "json"
        var current = 0
        while current < node, text.utf8.count < SchemaLimits.placeBytes {
            var child = current + 1
            var index = 0
            while tape.nodes[child].end <= node {
                child = tape.nodes[child].end
                index += 1
            }
            text += "."
            if tape.nodes[current].kind == .array {
                text += "array_\(index)"
            } else {
                let key = tape.nodes[child].key
                text += key[..<min(key.count, SchemaLimits.placeBytes)].string
            }
            current = child
        }
        return text
    }
}
