// JSON in the making, for lines of logs (RFC 8259).

/// Writes values one behind the other and sets the commas. Whoever writes sees to it that what is
/// begun is ended.
package struct JSONWriter: ~Copyable {
    private var buffer = ByteBuffer()
    /// A value stands before the place that is written next.
    private var needsComma = false

    package init() {}

    /// Valid until self is next changed.
    package var view: ByteView { buffer.view }
    package var count: Int { buffer.count }

    package mutating func removeAll(keptBytes: Int) {
        buffer.removeAll(keepingCapacity: buffer.allocatedBytes <= keptBytes)
        needsComma = false
    }

    package mutating func beginObject() { begin(ASCII.byte("{")) }
    package mutating func endObject() { end(ASCII.byte("}")) }
    package mutating func beginArray() { begin(ASCII.byte("[")) }
    package mutating func endArray() { end(ASCII.byte("]")) }

    /// The name of a member, as it is; its value follows.
    package mutating func name(_ name: StaticString) {
        separate()
        buffer.append(ASCII.byte("\""))
        buffer.append(name)
        buffer.append("\":")
        needsComma = false
    }

    /// - Returns: How many bytes of the name were left out.
    @discardableResult
    package mutating func name(escaping name: ByteView, limitBytes: Int = .max) -> Int {
        let omitted = string(name, limitBytes: limitBytes)
        buffer.append(ASCII.byte(":"))
        needsComma = false
        return omitted
    }

    /// - Returns: How many bytes of the text were left out because it is longer, escaped, than `limitBytes`.
    @discardableResult
    package mutating func string(_ text: ByteView, limitBytes: Int = .max) -> Int {
        beginString()
        let omitted = buffer.appendJSON(escaping: text, limitBytes: limitBytes)
        endString()
        return omitted
    }

    package mutating func string(_ text: StaticString) { string(ByteView(text)) }

    /// A string in parts: ``append(_:limitBytes:)`` in between.
    package mutating func beginString() {
        separate()
        buffer.append(ASCII.byte("\""))
    }

    @discardableResult
    package mutating func append(_ text: ByteView, limitBytes: Int = .max) -> Int {
        buffer.appendJSON(escaping: text, limitBytes: limitBytes)
    }

    package mutating func endString() {
        buffer.append(ASCII.byte("\""))
        needsComma = true
    }

    package mutating func number(_ number: Int) {
        separate()
        buffer.append(decimal: number)
        needsComma = true
    }

    /// A number as a string, as ModSecurity writes those of rules.
    package mutating func quoted(_ number: Int) {
        beginString()
        buffer.append(decimal: number)
        endString()
    }

    package mutating func boolean(_ value: Bool) {
        raw(ByteView(value ? "true" : "false" as StaticString))
    }

    /// JSON that is ready.
    package mutating func raw(_ json: ByteView) {
        separate()
        buffer.append(json)
        needsComma = true
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        buffer.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        buffer.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { buffer.append(ASCII.byte(",")) }
    }
}
