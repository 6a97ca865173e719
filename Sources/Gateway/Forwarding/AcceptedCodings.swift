// Accept-Encoding towards an upstream whose answers are inspected: only codings that can be read here
// stay in it (RFC 9110 section 12.5.3).

internal import BodyFormats
internal import Bytes
internal import HTTPMessage

enum AcceptedCodings {
    /// Appends the field's new value: the elements that the client sent and that name a readable coding,
    /// weights and all; `identity` when none is left; nothing when the client sent no such field.
    static func append(of fields: borrowing HeaderFields, to output: inout ByteBuffer) {
        let start = output.count
        var isPresent = false
        for index in fields.indices where fields.known(index) == .acceptEncoding {
            isPresent = true
            append(elementsOf: fields.value(index), start: start, to: &output)
        }
        if isPresent, output.count == start { output.append("identity") }
    }

    private static func append(elementsOf value: ByteView, start: Int, to output: inout ByteBuffer) {
        var position = 0
        while position <= value.count {
            let end = value.firstIndex(of: ASCII.byte(","), from: position) ?? value.count
            let element = value[position..<end].trimming(while: ASCII.isBlank)
            position = end + 1
            let nameEnd = element.firstIndex(of: ASCII.byte(";")) ?? element.count
            guard ContentCoding.isReadable(element[..<nameEnd].trimming(while: ASCII.isBlank)) else { continue }
            if output.count > start { output.append(", ") }
            output.append(element)
        }
    }
}
