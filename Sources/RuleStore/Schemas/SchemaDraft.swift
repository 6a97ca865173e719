// A compiled JSON Schema before it is bytes.
//
//     magic u32, version u32, counts u32: nodes, instructions, list, texts, patterns
//     nodes         first instruction u32, instructions u32; node 0 is the root
//     instructions  operation u32, a u32, b u32
//     list          node u32
//     texts         offset u32, bytes u32; offsets count from the end of the tables
//     patterns      offset u32, bytes u32

/// Nodes of assertions, each a subschema.
package struct SchemaDraft: Equatable, Sendable {
    package var nodes: [[SchemaInstruction]] = []
    package var list: [UInt32] = []
    package var texts: [[UInt8]] = []
    /// Programs of `Automata`.
    package var patterns: [[UInt8]] = []

    package init() {}

    /// "WSCH"
    static let magic: UInt32 = 0x4843_5357
    static let version: UInt32 = 1
    static let headerBytes = 28
    static let nodeBytes = 8
    static let instructionBytes = 12
    static let listBytes = 4
    static let poolBytes = 8

    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        func append(_ word: UInt32) {
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        func append(count: Int) {
            guard let word = UInt32(exactly: count) else { preconditionFailure("a schema is too long") }
            append(word)
        }
        append(Self.magic)
        append(Self.version)
        append(count: nodes.count)
        append(count: nodes.reduce(0) { $0 + $1.count })
        append(count: list.count)
        append(count: texts.count)
        append(count: patterns.count)
        var first = 0
        for node in nodes {
            append(count: first)
            append(count: node.count)
            first += node.count
        }
        for instruction in nodes.joined() {
            append(instruction.operation.rawValue)
            append(instruction.a)
            append(instruction.b)
        }
        for node in list { append(node) }
        var offset = 0
        for entry in texts + patterns {
            append(count: offset)
            append(count: entry.count)
            offset += entry.count
        }
        for entry in texts + patterns { bytes += entry }
        return bytes
    }
}
