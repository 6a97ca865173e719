// JSON bodies as a series of named scalars. RFC 8259; names as libmodsecurity makes them:
// `json.a.b` for members, `json.l.array_0` for elements, `json` for a scalar document.
//
//   state            blank-separated byte  next
//   document         a value               separator (scalar), firstElement, firstKey
//   firstElement     ] or a value          separator, or as a value
//   firstKey         } or a key and :      separator, or element
//   key              a key and :           element
//   element          a value               separator (scalar), firstElement, firstKey
//   separator        , ] } or the end      key or element, separator, finished

package import Bytes

/// Hands out one scalar after the other, without recursion and without an allocation per value.
///
/// The consumer may stop between two values and go on later, as long as the document and the
/// arena stay. What was delivered before an error was found stands.
package struct JSONParser: ~Copyable {
    private enum State {
        case document, firstElement, element, firstKey, key, separator, finished
        case failed(JSONError)
    }

    private struct Container {
        var isArray: Bool
        /// Bytes of the path that name the container itself.
        var pathCount: Int
        /// Index of the next element of an array.
        var nextIndex: Int
    }

    let text: ByteView
    let arena: Arena
    let limits: JSONLimits
    /// Bytes of the document read so far.
    package internal(set) var position = 0
    /// Scalars delivered so far.
    package private(set) var valueCount = 0
    private var state = State.document
    private var pathBuffer = ByteBuffer(reserving: 256)
    /// The containers around `innermost`.
    private var outer: [Container] = []
    private var depth = 0
    private var innermost = Container(isArray: false, pathCount: 0, nextIndex: 0)
    private var namedBytes = 0

    /// - Parameters:
    ///   - text: The whole document; none at all (no byte) is no error and has no value.
    ///   - arena: Where strings with escapes are decoded to. Values are valid until it is reset,
    ///     or the document goes away.
    package init(_ text: ByteView, limits: JSONLimits, arena: Arena) {
        self.text = text
        self.limits = limits
        self.arena = arena
        if text.isEmpty { state = .finished }
        pathBuffer.append("json")
        innermost.pathCount = pathBuffer.count
    }

    /// Name of the value delivered last, keys decoded; valid until `next` is called.
    package var path: ByteView { pathBuffer.view }

    /// The next scalar in document order, nil behind the last one.
    ///
    /// Equal keys of one object are all delivered.
    package mutating func next() throws(JSONError) -> JSONValue? {
        while let step = try step() {
            if case .value(let value) = step { return value }
        }
        return nil
    }

    /// The next piece of structure or scalar, nil behind the document.
    package mutating func step() throws(JSONError) -> JSONStep? {
        do {
            return try advance()
        } catch {
            state = .failed(error)
            throw error
        }
    }

    @inline(__always)
    private mutating func advance() throws(JSONError) -> JSONStep? {
        while true {
            skipBlanks()
            switch state {
            case .finished: return nil
            case .failed(let error): throw error
            case .document: return try readValue()
            case .firstElement:
                if try peek() == ASCII.byte("]") {
                    close()
                    return .closed
                }
                try nameElement()
                return try readValue()
            case .element:
                if innermost.isArray { try nameElement() }
                return try readValue()
            case .firstKey:
                if try peek() == ASCII.byte("}") {
                    close()
                    return .closed
                }
                return try readKey()
            case .key:
                return try readKey()
            case .separator:
                let outerDepth = depth
                try readSeparator()
                if depth < outerDepth { return .closed }
            }
        }
    }

    /// The byte at `position`, which stays unread.
    func peek() throws(JSONError) -> UInt8 {
        guard position < text.count else { throw .unexpectedEnd(offset: position) }
        return text[position]
    }

    /// A scalar, or the container that was opened.
    private mutating func readValue() throws(JSONError) -> JSONStep {
        let byte = try peek()
        switch byte {
        case ASCII.byte("{"):
            try open(isArray: false)
            return .opened(isArray: false)
        case ASCII.byte("["):
            try open(isArray: true)
            return .opened(isArray: true)
        default:
            break
        }
        guard valueCount < limits.values else {
            throw .tooManyValues(limit: limits.values, offset: position)
        }
        guard limits.namedBytes - namedBytes >= pathBuffer.count else {
            throw .namesTooLong(limitBytes: limits.namedBytes, offset: position)
        }
        let value = try readScalar(startingWith: byte)
        valueCount += 1
        namedBytes += pathBuffer.count
        state = .separator
        return .value(value)
    }

    private mutating func open(isArray: Bool) throws(JSONError) {
        guard depth < limits.depth else { throw .tooDeep(limit: limits.depth, offset: position) }
        if depth > 0 { outer.append(innermost) }
        depth += 1
        innermost = Container(isArray: isArray, pathCount: pathBuffer.count, nextIndex: 0)
        position += 1
        state = isArray ? .firstElement : .firstKey
    }

    private mutating func close() {
        position += 1
        depth -= 1
        if depth > 0 { innermost = outer.removeLast() }
        state = .separator
    }

    private mutating func readSeparator() throws(JSONError) {
        guard depth > 0 else {
            guard position == text.count else { throw .trailingBytes(offset: position) }
            state = .finished
            return
        }
        let byte = try peek()
        if byte == ASCII.byte(",") {
            position += 1
            state = innermost.isArray ? .element : .key
        } else if byte == (innermost.isArray ? ASCII.byte("]") : ASCII.byte("}")) {
            close()
        } else {
            throw .unexpectedByte(byte, offset: position)
        }
    }

    /// Names the element that follows.
    private mutating func nameElement() throws(JSONError) {
        pathBuffer.truncate(to: innermost.pathCount)
        pathBuffer.append(".array_")
        pathBuffer.append(decimal: innermost.nextIndex)
        innermost.nextIndex += 1
        guard pathBuffer.count <= limits.pathBytes else {
            throw .pathTooLong(limitBytes: limits.pathBytes, offset: position)
        }
    }

    /// Reads a key and its colon, and names the member that follows.
    private mutating func readKey() throws(JSONError) -> JSONStep {
        let byte = try peek()
        guard byte == ASCII.byte("\"") else { throw .unexpectedByte(byte, offset: position) }
        let start = position
        let key = try readString()
        guard key.count <= limits.keyBytes else {
            throw .keyTooLong(limitBytes: limits.keyBytes, offset: start)
        }
        guard innermost.pathCount + 1 + key.count <= limits.pathBytes else {
            throw .pathTooLong(limitBytes: limits.pathBytes, offset: start)
        }
        pathBuffer.truncate(to: innermost.pathCount)
        pathBuffer.append(ASCII.byte("."))
        pathBuffer.append(key)
        skipBlanks()
        let colon = try peek()
        guard colon == ASCII.byte(":") else { throw .unexpectedByte(colon, offset: position) }
        position += 1
        state = .element
        return .key(key, offset: start)
    }
}
