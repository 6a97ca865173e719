// The request line and what follows from it, the body, and how the body is read.

internal import Bytes
internal import RuleStore

/// The request's single values. Views of the head and the body.
struct RequestValues {
    var line = ByteView.empty
    var method = ByteView.empty
    var protocolText = ByteView.empty
    /// As sent: REQUEST_URI_RAW.
    var target = ByteView.empty
    /// Without scheme and authority: REQUEST_URI.
    private(set) var uri = ByteView.empty
    /// Up to the query: REQUEST_FILENAME.
    private(set) var filename = ByteView.empty
    /// `filename` as sent.
    private(set) var path = ByteView.empty
    private(set) var query = ByteView.empty
    var processor = BodyProcessorName.none
    /// REQUEST_BODY: nil where it is not offered.
    var body: ByteView?
    /// The body whatever it is read as, nil where it is not inspected.
    var rawBody: ByteView?
    var bodyBytes = 0
    /// FULL_REQUEST, once somebody asked for it.
    var whole: ByteView?

    /// Behind the last `/` or `\`.
    var basename: ByteView {
        let slash = filename.lastIndex(of: ASCII.byte("/")) ?? -1
        let backslash = filename.lastIndex(of: ASCII.byte("\\")) ?? -1
        return filename[(max(slash, backslash) + 1)...]
    }

    /// Takes a request target apart (RFC 9112 section 3.2), undecoded. A fragment, which no client
    /// may send, stays where it is: the upstream may take it for a part of path or query.
    mutating func setTarget(_ target: ByteView) {
        self.target = target
        uri = Self.withoutAuthority(target)
        if let mark = uri.firstIndex(of: ASCII.byte("?")) {
            filename = uri[..<mark]
            query = uri[(mark + 1)...]
        } else {
            filename = uri
            query = .empty
        }
        path = filename
    }

    /// From phase 2 on the path is seen percent-decoded once, in REQUEST_FILENAME, REQUEST_BASENAME and
    /// REQUEST_URI: so do both reference engines, ModSecurity 2 because Apache has decoded it by then.
    mutating func decodePath(in arena: Arena) {
        let decoded = PercentCoding.decode(path, in: arena)
        guard !decoded.isIdentical(to: path) else { return }
        let rest = uri[path.count...]
        filename = decoded
        uri = arena.fill(upTo: decoded.count + rest.count) { output in
            for index in decoded.indices { output.append(decoded[index]) }
            for index in rest.indices { output.append(rest[index]) }
        }
    }

    /// What an absolute target without a path stands for (RFC 9110 section 4.2.3).
    private static var rootPath: ByteView { ByteView("/?")[..<1] }

    private static func withoutAuthority(_ target: ByteView) -> ByteView {
        guard let colon = target.firstRange(of: ByteView("://")) else { return target }
        for index in 0..<colon.lowerBound where !isSchemeByte(target[index]) { return target }
        guard colon.lowerBound > 0 else { return target }
        var start = colon.upperBound
        while start < target.count, target[start] != ASCII.byte("/"), target[start] != ASCII.byte("?") {
            start += 1
        }
        return start < target.count ? target[start...] : Self.rootPath
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.byte("+") || byte == ASCII.byte("-")
            || byte == ASCII.byte(".")
    }
}

extension BodyProcessorName {
    /// By the beginning of Content-Type, in any case. JSON and XML are for rules to choose.
    /// - Parameter readsDocuments: JSON and XML have processors, too.
    init(contentType: ByteView, readsDocuments: Bool = false) {
        func begins(_ prefix: StaticString) -> Bool {
            let prefix = ByteView(prefix)
            return contentType.count >= prefix.count
                && contentType[..<prefix.count].equalsIgnoringASCIICase(prefix)
        }
        if begins("application/x-www-form-urlencoded") {
            self = .urlEncoded
        } else if begins("multipart/form-data") {
            self = .multipart
        } else if readsDocuments, begins("application/json") || Self.isStructured(contentType, "+json") {
            self = .json
        } else if readsDocuments,
            begins("text/xml") || begins("application/xml") || begins("application/soap+xml")
        {
            self = .xml
        } else {
            self = .none
        }
    }

    /// `application/NAME+json`: a structured syntax suffix (RFC 6839).
    private static func isStructured(_ contentType: ByteView, _ suffix: StaticString) -> Bool {
        let prefix = ByteView("application/")
        guard contentType.count > prefix.count, contentType[..<prefix.count].equalsIgnoringASCIICase(prefix) else {
            return false
        }
        let end = contentType.firstIndex(of: ASCII.byte(";")) ?? contentType.count
        let name = contentType[prefix.count..<max(end, prefix.count)].trimming(while: ASCII.isBlank)
        let suffix = ByteView(suffix)
        return name.count > suffix.count && name[(name.count - suffix.count)...].equalsIgnoringASCIICase(suffix)
    }
}
