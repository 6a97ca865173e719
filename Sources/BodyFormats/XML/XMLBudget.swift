// What a document has used of its limits, and the hooks in libxml2's parser that count it.
//
// libxml2 2.9 bounds what entities expand to only beyond ten million bytes, and counts bytes where
// memory goes into nodes: a document of 13 KB can take 300 MB.

internal import CLibXML2

/// Counters of one document; the parser's context points at it.
@safe final class XMLBudget {
    let limits: XMLLimits
    private(set) var failure: XMLError?
    /// The first fatal error that libxml2 reported.
    private(set) var fault: (line: Int, code: Int)?
    private var depth = 0
    private var nodes = 0
    private var namespaces = 0
    private var declaredAttributes = 0
    private var expandedBytes = 0
    /// What the entity declared at an address expands to.
    private var expandedCounts: [UInt: Int] = [:]
    /// Entities within entities; libxml2 itself gives up at 40.
    private static var nestingLimit: Int { 40 }

    init(limits: XMLLimits) { self.limits = limits }

    func fail(_ error: XMLError) { if failure == nil { failure = error } }

    func note(line: Int, code: Int) { if fault == nil { fault = (line, code) } }

    /// - Returns: false when a limit is exceeded; the parser must be stopped then.
    func spend(nodes count: Int, expandedBytes bytes: Int) -> Bool {
        nodes += min(count, Int.max / 4)
        if nodes > limits.nodes { fail(.tooManyNodes(limit: limits.nodes)) }
        expandedBytes += min(bytes, Int.max / 4)
        if expandedBytes > limits.expandedBytes { fail(.expandsTooMuch(limitBytes: limits.expandedBytes)) }
        nodes = min(nodes, Int.max / 4)
        expandedBytes = min(expandedBytes, Int.max / 4)
        return failure == nil
    }

    func declare(namespaces count: Int) -> Bool {
        namespaces += count
        if namespaces > limits.namespaces { fail(.tooManyNamespaces(limit: limits.namespaces)) }
        return failure == nil
    }

    func declareAttribute() -> Bool {
        declaredAttributes += 1
        if declaredAttributes > limits.attributesPerElement {
            fail(.tooManyAttributes(limit: limits.attributesPerElement))
        }
        return failure == nil
    }

    func enterElement() -> Bool {
        depth += 1
        if depth > limits.depth { fail(.tooDeep(limit: limits.depth)) }
        return failure == nil
    }

    func leaveElement() { depth -= 1 }

    /// Bytes that one reference to `entity` stands for, at least 1.
    @unsafe func expandedCount(of entity: xmlEntityPtr, in document: xmlDocPtr?, nesting: Int = 0) -> Int {
        let key = UInt(bitPattern: entity)
        if let known = expandedCounts[key] { return known }
        guard nesting < Self.nestingLimit else { return limits.expandedBytes + 1 }
        // A loop counts as nothing here; libxml2 refuses it.
        expandedCounts[key] = 0
        var total = 1
        for name in unsafe Self.parts(of: entity, &total) {
            let inner = unsafe name.withUnsafeBufferPointer {
                unsafe xmlGetDocEntity(document, $0.baseAddress)
            }
            guard let inner = unsafe inner else { continue }
            total += unsafe expandedCount(of: inner, in: document, nesting: nesting + 1)
            total = min(total, Int.max / 4)
        }
        expandedCounts[key] = total
        return total
    }

    /// Names that an entity's text refers to, each ended by a NUL; the text's length is added to `total`.
    @unsafe private static func parts(of entity: xmlEntityPtr, _ total: inout Int) -> [[UInt8]] {
        guard let content = unsafe entity.pointee.content else { return [] }
        // SAFETY: libxml2 keeps an entity's text with its length while the document lives.
        let text = unsafe UnsafeBufferPointer(start: content, count: Int(max(0, entity.pointee.length)))
        total += text.count
        return unsafe text.split(separator: 0x26).dropFirst(text.first == 0x26 ? 0 : 1).compactMap { piece in
            guard let end = piece.firstIndex(of: 0x3B) else { return nil }
            return Array(piece[piece.startIndex..<end]) + [0]
        }
    }
}
