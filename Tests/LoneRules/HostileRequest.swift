// A request, and its answer, with one text wherever a rule looks.

package import RuleStore
import TestCorpus

package struct HostileRequest {
    package typealias Field = (name: [UInt8], value: [UInt8])

    package var method = Array("POST".utf8)
    package var target = Array("/".utf8)
    package var version = Array("HTTP/1.1".utf8)
    package var fields: [Field] = [(Array("Host".utf8), Array("localhost".utf8))]
    package var body: [UInt8] = []
    package var answerFields: [Field] = [(Array("Content-Type".utf8), Array("text/html".utf8))]
    package var answer: [UInt8] = []
    /// Whether the text stands anywhere.
    package private(set) var hasText = true

    package init(_ text: [UInt8], wherever targets: [TargetDraft]) {
        let places = Set(targets.filter { !$0.isExcluded && !$0.isCounted }.map(\.variable))
        func looks(at variables: VariableName...) -> Bool { variables.contains { places.contains($0) } }
        let start = (target, method, version, fields.count, answerFields.count)
        for target in targets { place(text, in: target) }
        if looks(at: .requestURI, .requestURIRaw, .requestFilename, .requestBasename, .requestLine) {
            target = Array("/".utf8) + text
        } else if looks(at: .queryString, .argsGet, .argsGetNames) {
            target =
                Array("/?".utf8) + CorpusCoding.formEncoded(text) + Array("=".utf8)
                + CorpusCoding.formEncoded(text)
        }
        if looks(at: .requestMethod) { method = text }
        if looks(at: .requestProtocol) { version = text }
        if looks(at: .requestCookies, .requestCookiesNames) {
            let plain = text.filter { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "=") }
            fields.append(
                (Array("Cookie".utf8), Array("a=".utf8) + text + Array(";".utf8) + plain + Array("=1".utf8)))
        }
        if looks(at: .args, .argsNames, .argsPost, .argsPostNames) {
            fill(type: "application/x-www-form-urlencoded", with: form(text))
        } else if looks(at: .requestBody) {
            fill(type: "application/x-www-form-urlencoded", with: text)
        } else if looks(at: .files, .filesNames, .multipartPartHeaders, .filesTemporaryContent) {
            fill(type: "multipart/form-data; boundary=b", with: multipart(text))
        } else if looks(at: .xml) {
            fill(type: "text/xml", with: document(text))
        }
        if looks(at: .responseBody) { answer = text }
        hasText =
            !body.isEmpty || !answer.isEmpty || target != start.0 || method != start.1 || version != start.2
            || fields.count > start.3 || answerFields.count > start.4
    }

    /// In a field that the rule names, in one of any name, or as a name.
    private mutating func place(_ text: [UInt8], in target: TargetDraft) {
        guard !target.isExcluded, !target.isCounted else { return }
        let name: [UInt8] = if case .key(let key) = target.selector { key } else { Array("X-Note".utf8) }
        switch target.variable {
        case .requestHeaders: fields.append((name, text))
        case .requestHeadersNames: fields.append((text, name))
        case .responseHeaders: answerFields.append((name, text))
        default: break
        }
    }

    private mutating func fill(type: String, with content: [UInt8]) {
        body = content
        fields.append((Array("Content-Type".utf8), Array(type.utf8)))
    }

    private func form(_ text: [UInt8]) -> [UInt8] {
        let encoded = CorpusCoding.formEncoded(text)
        return Array("a=".utf8) + encoded + Array("&".utf8) + encoded + Array("=b".utf8)
    }

    private func multipart(_ text: [UInt8]) -> [UInt8] {
        let line = text.filter { $0 != 0x0A && $0 != 0x0D }
        let quoted = line.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        let head = "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\""
        return Array(head.utf8) + quoted + Array("\"\r\nX-Note: ".utf8) + line
            + Array("\r\n\r\nx\r\n--b--\r\n".utf8)
    }

    private func document(_ text: [UInt8]) -> [UInt8] {
        let escaped = text.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "&"): Array("&amp;".utf8)
            case UInt8(ascii: "<"): Array("&lt;".utf8)
            case UInt8(ascii: "\""): Array("&quot;".utf8)
            case 0x20...0x7E, 0x09, 0x0A: [byte]
            default: [0x20]
            }
        }
        return Array("<r a=\"".utf8) + escaped + Array("\">".utf8) + escaped + Array("</r>".utf8)
    }
}
