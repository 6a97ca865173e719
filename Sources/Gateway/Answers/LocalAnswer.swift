// Answers that the gateway gives itself: refusals, redirects to a slash.

internal import Bytes
internal import HTTP1
internal import HTTPMessage

/// Writes a whole answer of the gateway's own.
enum LocalAnswer {
    /// - Parameters:
    ///   - location: The value of Location, for redirects.
    ///   - hasBody: False for HEAD: the length is told, the page is not sent.
    ///   - date: The value of Date.
    static func write(
        status: Int, location: ByteView = .empty, date: ByteView, persistence: HeadWriter.Persistence,
        hasBody: Bool, into output: inout ByteBuffer
    ) {
        let reason = ByteView(StatusCode.reasonPhrase(status))
        HeadWriter.appendStatusLine(status, to: &output)
        HeadWriter.appendField("Server", "wafd", to: &output)
        HeadWriter.appendField("Date", date, to: &output)
        HeadWriter.appendField("Content-Type", "text/html; charset=utf-8", to: &output)
        if !location.isEmpty { HeadWriter.appendField("Location", location, to: &output) }
        if status == 426 {
            // RFC 6455 section 4.2.2: what would be understood.
            HeadWriter.appendField("Sec-WebSocket-Version", "13", to: &output)
            HeadWriter.appendField("Upgrade", "websocket", to: &output)
        }
        HeadWriter.appendFraming(.length(pageBytes(reason)), to: &output)
        HeadWriter.appendConnection(persistence, to: &output)
        HeadWriter.appendEnd(to: &output)
        if hasBody { appendPage(status, reason, to: &output) }
    }

    /// The page alone, for HTTP/0.9, whose answers have no head; the connection's end is theirs.
    static func writeBare(status: Int, into output: inout ByteBuffer) {
        appendPage(status, ByteView(StatusCode.reasonPhrase(status)), to: &output)
    }

    private static func pageBytes(_ reason: ByteView) -> Int {
        var page = ByteBuffer()
        appendPage(200, reason, to: &page)
        return page.count
    }

    private static func appendPage(_ status: Int, _ reason: ByteView, to output: inout ByteBuffer) {
        output.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>")
        appendTitle(status, reason, to: &output)
        output.append("</title></head>\n<body><h1>")
        appendTitle(status, reason, to: &output)
        output.append("</h1></body>\n</html>\n")
    }

    private static func appendTitle(_ status: Int, _ reason: ByteView, to output: inout ByteBuffer) {
        output.append(decimal: status)
        output.append(" ")
        output.append(reason)
    }
}
