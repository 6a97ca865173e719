// A compiled JSON Schema read in place; SchemaDraft.swift has the layout.

package import Bytes

/// Why a blob is no schema.
package enum SchemaError: Error, Equatable, Sendable {
    case notASchema
    case truncated
    /// An operand that names nothing.
    case dangling(instruction: Int)
}

/// A schema whose every offset and index has been checked. Valid as long as its bytes.
package struct SchemaView: Sendable {
    private let bytes: ByteView
    package let nodeCount: Int
    private let instructionCount: Int
    private let listCount: Int
    private let textCount: Int
    package let patternCount: Int
    private let instructionStart: Int
    private let listStart: Int
    private let textStart: Int
    private let poolStart: Int

    package init(validating bytes: ByteView) throws(SchemaError) {
        guard bytes.count >= SchemaDraft.headerBytes, bytes.loadUInt32(at: 0) == SchemaDraft.magic,
            bytes.loadUInt32(at: 4) == SchemaDraft.version
        else { throw .notASchema }
        self.bytes = bytes
        nodeCount = Int(bytes.loadUInt32(at: 8))
        instructionCount = Int(bytes.loadUInt32(at: 12))
        listCount = Int(bytes.loadUInt32(at: 16))
        textCount = Int(bytes.loadUInt32(at: 20))
        patternCount = Int(bytes.loadUInt32(at: 24))
        // Counts are 32-bit words, so that none of these sums overflows.
        instructionStart = SchemaDraft.headerBytes + nodeCount * SchemaDraft.nodeBytes
        listStart = instructionStart + instructionCount * SchemaDraft.instructionBytes
        textStart = listStart + listCount * SchemaDraft.listBytes
        poolStart = textStart + (textCount + patternCount) * SchemaDraft.poolBytes
        guard nodeCount > 0, poolStart <= bytes.count else { throw .truncated }
        try checkTables()
        for index in 0..<instructionCount { try checkOperands(of: index) }
    }

    private func checkTables() throws(SchemaError) {
        for node in 0..<nodeCount {
            let place = SchemaDraft.headerBytes + node * SchemaDraft.nodeBytes
            let end = Int(bytes.loadUInt32(at: place)) + Int(bytes.loadUInt32(at: place + 4))
            guard end <= instructionCount else { throw .truncated }
        }
        for entry in 0..<(textCount + patternCount) {
            let place = textStart + entry * SchemaDraft.poolBytes
            let end = Int(bytes.loadUInt32(at: place)) + Int(bytes.loadUInt32(at: place + 4))
            guard end <= bytes.count - poolStart else { throw .truncated }
        }
        for index in 0..<listCount {
            guard bytes.loadUInt32(at: listStart + index * SchemaDraft.listBytes) < nodeCount else {
                throw .truncated
            }
        }
    }

    private func checkOperands(of index: Int) throws(SchemaError) {
        let place = instructionStart + index * SchemaDraft.instructionBytes
        guard let operation = SchemaOperation(rawValue: bytes.loadUInt32(at: place)) else {
            throw .dangling(instruction: index)
        }
        let a = Int(bytes.loadUInt32(at: place + 4))
        let b = Int(bytes.loadUInt32(at: place + 8))
        let isSound =
            switch operation {
            case .never, .type, .minProperties, .maxProperties, .minItems, .maxItems, .minLength, .maxLength: true
            case .required, .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum, .multipleOf: a < textCount
            case .property: a < textCount && b < nodeCount
            case .patternProperty: a < patternCount && b < nodeCount
            case .additionalProperties, .items, .reference, .not: a < nodeCount
            case .prefixItem: b < nodeCount
            case .pattern: a < patternCount
            case .constant: b < textCount
            case .anyOf, .oneOf: a + b <= listCount
            }
        guard isSound else { throw .dangling(instruction: index) }
    }

    // MARK: Reading

    package func instructions(of node: Int) -> Range<Int> {
        precondition(node >= 0 && node < nodeCount, "no such node")
        let place = SchemaDraft.headerBytes + node * SchemaDraft.nodeBytes
        let first = Int(bytes.loadUInt32(at: place))
        return first..<(first + Int(bytes.loadUInt32(at: place + 4)))
    }

    package func instruction(_ index: Int) -> SchemaInstruction {
        let place = instructionStart + index * SchemaDraft.instructionBytes
        guard let operation = SchemaOperation(rawValue: bytes.loadUInt32(at: place)) else {
            preconditionFailure("the schema was checked")
        }
        return SchemaInstruction(operation, bytes.loadUInt32(at: place + 4), bytes.loadUInt32(at: place + 8))
    }

    package func listed(_ index: Int) -> Int { Int(bytes.loadUInt32(at: listStart + index * SchemaDraft.listBytes)) }

    package func text(_ index: UInt32) -> ByteView { entry(Int(index)) }
    package func pattern(_ index: Int) -> ByteView { entry(textCount + index) }

    private func entry(_ index: Int) -> ByteView {
        let place = textStart + index * SchemaDraft.poolBytes
        let start = poolStart + Int(bytes.loadUInt32(at: place))
        return bytes[start..<(start + Int(bytes.loadUInt32(at: place + 4)))]
    }
}
