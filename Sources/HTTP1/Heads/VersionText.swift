// HTTP-version: RFC 9112 section 2.3.

internal import Bytes
internal import HTTPMessage

enum VersionText {
    /// Bytes of a version.
    static var count: Int { 8 }

    /// Reads `HTTP/d.d`. Any 1.x behind 1.0 is taken as 1.1 (RFC 9110 section 2.5); what is done about
    /// a later major version is for the caller to say.
    static func parse(_ text: ByteView) throws(HTTP1Error) -> HTTPVersion {
        if text.equals("HTTP/1.1") { return .http11 }
        guard text.count == count, text[..<5].equals("HTTP/"), ASCII.isDigit(text[5]),
            text[6] == ASCII.byte("."), ASCII.isDigit(text[7])
        else { throw .invalidVersion }
        // There never was a version with such a line before 1.0.
        guard text[5] != ASCII.byte("0") else { throw .invalidVersion }
        guard text[5] == ASCII.byte("1") else { return .later }
        return text[7] == ASCII.byte("0") ? .http10 : .http11
    }
}
