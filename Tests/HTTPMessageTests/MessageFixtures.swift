// Heads made of literals.

import Bytes
import HTTPMessage

/// Calls `body` with a view of the text's UTF-8.
func withView<R>(of text: String, _ body: (ByteView) throws -> R) rethrows -> R {
    try withView(of: Array(text.utf8), body)
}

func withView<R>(of bytes: [UInt8], _ body: (ByteView) throws -> R) rethrows -> R {
    // SAFETY: the array lives during the call.
    try unsafe bytes.withUnsafeBytes { try unsafe body(ByteView(unowned: $0)) }
}

/// A request head of a line `METHOD TARGET` and of field lines `Name: value`.
func makeRequest(
    _ line: String = "POST /", version: HTTPVersion = .http11, _ fields: [String]
) -> RequestHead {
    var head = RequestHead()
    withView(of: line) { head.begin(line: $0, count: $0.count) }
    let blank = line.utf8.firstIndex(of: 0x20)!.utf16Offset(in: line)
    head.setMethod(0..<blank)
    precondition(head.setTarget((blank + 1)..<line.utf8.count), "the fixture's target has no form")
    head.setVersion(version, 0..<0)
    add(fields, to: &head.fields)
    return head
}

func makeResponse(_ status: Int, version: HTTPVersion = .http11, _ fields: [String]) -> ResponseHead {
    var head = ResponseHead()
    head.setStatus(status, version: version, reason: 0..<0)
    add(fields, to: &head.fields)
    return head
}

func makeFields(_ lines: [String]) -> HeaderFields {
    var fields = HeaderFields()
    add(lines, to: &fields)
    return fields
}

func add(_ lines: [String], to fields: inout HeaderFields) {
    for line in lines {
        let parts = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
        withView(of: String(parts[0])) { name in
            withView(of: parts.count > 1 ? String(parts[1]) : "") { fields.append(name: name, value: $0) }
        }
    }
}
