// Whether a body can be read as it comes: what Content-Encoding says of it (RFC 9110 section 8.4).

package import BodyFormats
internal import Bytes
internal import RuleStore

package enum BodyCoding: Equatable, Sendable {
    case plain
    /// To be decoded before rules see it.
    case coded(ContentCodingList)
    /// Names a coding that nothing here reads, or too many of them; with the reason.
    case unreadable(String)

    /// - Parameter headers: All fields of the message; several Content-Encoding are one list.
    init(_ headers: NamedValues, limits: ContentCodingLimits = ContentCodingLimits()) {
        let name = ByteView("Content-Encoding")
        let hash = name.caseInsensitiveHash
        var list = ContentCodingList()
        do throws(ContentCodingError) {
            for field in headers.members
            where field.nameHash == hash && field.name.equalsIgnoringASCIICase(name) {
                try list.append(fieldValue: field.value, limits: limits)
            }
        } catch {
            self = .unreadable(error.message)
            return
        }
        self = list.isEmpty ? .plain : .coded(list)
    }
}

extension Transaction {
    package var requestBodyCoding: BodyCoding { BodyCoding(requestHeaders) }

    package var responseBodyCoding: BodyCoding { BodyCoding(response.headers) }

    /// Whether what can not be judged may be refused; DetectionOnly lets it pass.
    package var enforces: Bool { mode == .on }
}
