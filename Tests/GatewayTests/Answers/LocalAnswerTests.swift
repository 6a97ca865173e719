import Bytes
import HTTP1
import HTTPMessage
import Testing

@testable import Gateway

@Suite("The gateway's own answers") struct LocalAnswerTests {
    static func answer(_ status: Int, location: StaticString = "", hasBody: Bool = true) -> [String] {
        var output = ByteBuffer()
        LocalAnswer.write(
            status: status, location: ByteView(location), date: ByteView("NOW"), persistence: .close,
            hasBody: hasBody, into: &output)
        let text = output.view.string
        return [String(text.split(separator: "\r\n\r\n")[0])] + text.components(behind: "\r\n\r\n")
    }

    /// The length that is told is that of the page, for every status the gateway answers with.
    @Test(arguments: [301, 400, 403, 404, 408, 413, 414, 417, 421, 426, 431, 500, 501, 502, 504, 505])
    func tellsTheLengthOfItsPage(status: Int) throws {
        let parts = Self.answer(status)
        let head = parts[0].split(separator: "\r\n").map(String.init)
        #expect(head[0].hasPrefix("HTTP/1.1 \(status) "))
        #expect(head.contains("Connection: close"))
        let length = try #require(head.first { $0.hasPrefix("Content-Length: ") })
        #expect(Int(length.dropFirst(16)) == parts[1].utf8.count)
        #expect(Self.answer(status, hasBody: false)[1].isEmpty)
    }

    @Test func aRefusedVersionNamesTheOneThatIsSpoken() {
        #expect(Self.answer(426)[0].contains("\r\nSec-WebSocket-Version: 13\r\n"))
        #expect(!Self.answer(400)[0].contains("Sec-WebSocket-Version"))
    }

    @Test func aRedirectNamesItsPlace() {
        #expect(Self.answer(301, location: "/a/")[0].contains("\r\nLocation: /a/\r\n"))
    }
}

extension String {
    /// What follows the first `separator`, in one piece.
    fileprivate func components(behind separator: String) -> [String] {
        var rest = Substring(self)
        while !rest.isEmpty, !rest.hasPrefix(separator) { rest = rest.dropFirst() }
        return [String(rest.dropFirst(separator.count))]
    }
}
