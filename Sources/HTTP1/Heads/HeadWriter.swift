// Writing heads: RFC 9112 sections 3 to 6 and 9.

package import Bytes
package import HTTPMessage

/// Puts heads together line by line, all as HTTP/1.1.
///
/// Order of calls: a start line, fields in any order, ``appendEnd(to:)``. No byte that ends a line
/// gets through in a value, whoever it comes from.
package enum HeadWriter {
    /// What the peer is told about its connection (RFC 9112 section 9).
    package enum Persistence: Equatable, Sendable {
        /// Nothing: open is what 1.1 means by default.
        case keepOpen
        /// `Connection: keep-alive`, which 1.0 clients want to hear.
        case keepAlive
        case close
        /// `Connection: Upgrade`, beside a field Upgrade of the caller's.
        case upgrade
    }

    // MARK: Start lines

    /// The line of a request in origin form, with the target of `head` as sent.
    package static func appendRequestLine(
        forwarding head: borrowing RequestHead, to output: inout ByteBuffer
    ) {
        output.append(head.method)
        output.append(ASCII.space)
        head.appendOriginForm(to: &output)
        output.append(ByteView(" HTTP/1.1\r\n"))
    }

    /// - Parameters:
    ///   - method: A token.
    ///   - target: Blanks and controls in it are percent-encoded.
    package static func appendRequestLine(
        method: ByteView, target: ByteView, to output: inout ByteBuffer
    ) {
        precondition(isFieldName(method), "a method has to be a token")
        output.append(method)
        output.append(ASCII.space)
        if OctetScan.isTarget(target) { output.append(target) } else { appendEncoded(target, to: &output) }
        output.append(ByteView(" HTTP/1.1\r\n"))
    }

    /// With the registered phrase.
    package static func appendStatusLine(_ status: Int, to output: inout ByteBuffer) {
        appendStatusLine(status, reason: ByteView(StatusCode.reasonPhrase(status)), to: &output)
    }

    package static func appendStatusLine(
        _ status: Int, reason: ByteView, to output: inout ByteBuffer
    ) {
        precondition((100..<1000).contains(status), "a status has three digits")
        output.append(ByteView("HTTP/1.1 "))
        output.append(decimal: status)
        output.append(ASCII.space)
        appendSanitized(reason, to: &output)
        output.append(ByteView("\r\n"))
    }

    // MARK: Fields

    /// Copies the fields that go further than this hop.
    ///
    /// - Parameters:
    ///   - fields: Marked by ``HopByHop``.
    ///   - skipped: Known fields to leave out as well. ``KnownFieldSet/framing`` goes in here when
    ///     framing is written anew; the Content-Length of an answer to HEAD is left to be copied.
    ///   - isReplaced: Asked for each other name; true leaves the field out.
    package static func appendFields(
        of fields: borrowing HeaderFields, skipping skipped: KnownFieldSet,
        isReplaced: (ByteView) -> Bool = { _ in false }, to output: inout ByteBuffer
    ) {
        for index in fields.indices {
            if fields.isHopByHop(index) { continue }
            if let known = fields.known(index), skipped.contains(known) { continue }
            let name = fields.name(index)
            if isReplaced(name) { continue }
            appendLine(name: name, value: fields.value(index), to: &output)
        }
    }

    /// Adds one field. Controls in `value` become blanks.
    ///
    /// - Parameter name: A token; see ``isFieldName(_:)``.
    package static func appendField(_ name: ByteView, _ value: ByteView, to output: inout ByteBuffer) {
        precondition(isFieldName(name), "a field name has to be a token")
        appendLine(name: name, value: value, to: &output)
    }

    package static func appendField(
        _ name: StaticString, _ value: ByteView, to output: inout ByteBuffer
    ) {
        appendField(ByteView(name), value, to: &output)
    }

    package static func appendField(
        _ name: StaticString, _ value: StaticString, to output: inout ByteBuffer
    ) {
        appendField(ByteView(name), ByteView(value), to: &output)
    }

    /// Content-Length or Transfer-Encoding; neither for the two lengths that have no field.
    package static func appendFraming(_ length: BodyLength, to output: inout ByteBuffer) {
        switch length {
        case .none, .untilClose: break
        case .length(let bytes):
            output.append(ByteView("Content-Length: "))
            output.append(decimal: bytes)
            output.append(ByteView("\r\n"))
        case .chunked: output.append(ByteView("Transfer-Encoding: chunked\r\n"))
        }
    }

    package static func appendConnection(_ persistence: Persistence, to output: inout ByteBuffer) {
        switch persistence {
        case .keepOpen: break
        case .keepAlive: output.append(ByteView("Connection: keep-alive\r\n"))
        case .close: output.append(ByteView("Connection: close\r\n"))
        case .upgrade: output.append(ByteView("Connection: Upgrade\r\n"))
        }
    }

    /// The empty line.
    package static func appendEnd(to output: inout ByteBuffer) { output.append(ByteView("\r\n")) }

    /// Whether `name` can be a field's name or a method: a token (RFC 9110 section 5.6.2).
    package static func isFieldName(_ name: ByteView) -> Bool {
        !name.isEmpty && FieldLine.countOfToken(name) == name.count
    }

    private static func appendLine(name: ByteView, value: ByteView, to output: inout ByteBuffer) {
        output.reserve(name.count + value.count + 4)
        output.append(name)
        output.append(ByteView(": "))
        appendSanitized(value, to: &output)
        output.append(ByteView("\r\n"))
    }

    private static func appendSanitized(_ value: ByteView, to output: inout ByteBuffer) {
        guard OctetScan.firstControl(in: value) != nil else {
            output.append(value)
            return
        }
        for index in value.indices {
            output.append(OctetScan.isControl(value[index]) ? ASCII.space : value[index])
        }
    }

    private static func appendEncoded(_ target: ByteView, to output: inout ByteBuffer) {
        let digits = ByteView("0123456789ABCDEF")
        for index in target.indices {
            let byte = target[index]
            if byte > 0x20, byte != 0x7F {
                output.append(byte)
            } else {
                output.append(ASCII.byte("%"))
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 0xF)])
            }
        }
    }
}
