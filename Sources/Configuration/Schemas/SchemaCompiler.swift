// JSON Schema, 2020-12, to the assertions that a worker runs.
//
// What is not understood is refused with its place: a keyword that were passed over would let
// through what it forbids. Annotations (title, description, format, ...) assert nothing and are
// passed over, as the standard has it.

internal import Automata
internal import BodyFormats
internal import Bytes
internal import RuleStore

struct SchemaCompiler {
    static let fileBytes = 1 << 20
    /// Subschemas of one schema.
    static let maxNodes = 20_000

    let tape: JSONTape
    private let text: ByteView
    private let file: String
    private(set) var draft = SchemaDraft()
    var diagnostics: Diagnostics
    /// Node of each subschema by its place on the tape.
    private var nodeOfPlace: [Int: Int] = [:]
    private var textIndices: [[UInt8]: UInt32] = [:]

    /// - Returns: nil when something is wrong, which is reported.
    static func compile(_ bytes: [UInt8], file: String, _ diagnostics: inout Diagnostics) -> SchemaDraft? {
        let text = ByteText(String(decoding: bytes, as: UTF8.self))
        // Holds what the tape's decoded strings point at.
        let arena = Arena()
        return withExtendedLifetime((text, arena)) {
            var tape = JSONTape()
            do throws(JSONError) {
                try tape.read(text.view, limits: JSONLimits(), arena: arena)
                if tape.root == nil { throw .unexpectedEnd(offset: 0) }
            } catch {
                let place = location(of: error.offset, in: text.view, file)
                diagnostics.report(place, .badSchema(what: error.message))
                return nil
            }
            var compiler = SchemaCompiler(tape: tape, text: text.view, file: file, diagnostics: diagnostics)
            let errors = diagnostics.errorCount
            _ = compiler.node(at: 0)
            compiler.refuseEndlessReferences()
            diagnostics = compiler.diagnostics
            return diagnostics.errorCount == errors ? compiler.draft : nil
        }
    }

    private init(tape: JSONTape, text: ByteView, file: String, diagnostics: Diagnostics) {
        self.tape = tape
        self.text = text
        self.file = file
        self.diagnostics = diagnostics
    }

    // MARK: Nodes

    /// The node of the subschema at a place of the tape, compiled at first use.
    mutating func node(at place: Int) -> UInt32 {
        if let known = nodeOfPlace[place] { return UInt32(known) }
        let node = newNode()
        nodeOfPlace[place] = node
        guard node < Self.maxNodes else {
            report(place, "more than \(Self.maxNodes) subschemas")
            return UInt32(node)
        }
        switch tape.nodes[place].kind {
        case .boolean:
            if tape.nodes[place].text.equals("false") { add(.never, to: node) }
        case .object: compileKeywords(of: place, into: node)
        default: report(place, "a schema is an object, true or false")
        }
        return UInt32(node)
    }

    mutating func newNode() -> Int {
        draft.nodes.append([])
        return draft.nodes.count - 1
    }

    mutating func add(_ operation: SchemaOperation, _ a: UInt32 = 0, _ b: UInt32 = 0, to node: Int) {
        draft.nodes[node].append(SchemaInstruction(operation, a, b))
    }

    private mutating func compileKeywords(of place: Int, into node: Int) {
        var seen: Set<String> = []
        for child in children(place) {
            let keyword = tape.nodes[child].key.string
            if seen.insert(keyword).inserted {
                compile(keyword, child, of: place, into: node)
            } else {
                report(child, "\"\(keyword)\" stands twice in one schema")
            }
        }
    }

    func children(_ place: Int) -> [Int] {
        var all: [Int] = []
        tape.visitChildren(of: place) { all.append($0) }
        return all
    }

    // MARK: Pools

    mutating func text(_ bytes: ByteView) -> UInt32 {
        let copy = bytes.array
        if let known = textIndices[copy] { return known }
        let index = UInt32(draft.texts.count)
        draft.texts.append(copy)
        textIndices[copy] = index
        return index
    }

    /// A pattern that is looked for anywhere in a string; nil when it is wrong.
    mutating func pattern(_ source: ByteView, at place: Int) -> UInt32? {
        let options = PatternOptions(isCaseless: false, dotMatchesAll: false, dollarIsEndOnly: true)
        do throws(PatternError) {
            draft.patterns.append(try PatternCompiler.compile(source.array, options: options))
            return UInt32(draft.patterns.count - 1)
        } catch {
            report(place, "pattern \"\(source.string)\": \(error)")
            return nil
        }
    }

    mutating func list(_ nodes: [UInt32]) -> UInt32 {
        let first = UInt32(draft.list.count)
        draft.list += nodes
        return first
    }

    // MARK: Errors

    mutating func report(_ place: Int, _ what: String) {
        let location = Self.location(of: tape.nodes[place].offset, in: text, file)
        diagnostics.report(location, .badSchema(what: what))
    }

    private static func location(of offset: Int, in text: ByteView, _ file: String) -> SourceLocation {
        var line = 1
        var column = 1
        for index in 0..<min(offset, text.count) {
            if text[index] == ASCII.lineFeed {
                line += 1
                column = 1
            } else if text[index] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return SourceLocation(file: file, line: line, column: column)
    }
}
