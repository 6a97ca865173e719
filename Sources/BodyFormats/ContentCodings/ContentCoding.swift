// Content-Encoding: which codings a body went through. RFC 9110 section 8.4.

package import Bytes

package enum ContentCoding: Equatable, Sendable {
    /// RFC 9110 section 8.4.1.3, RFC 1952. `x-gzip` is the same.
    case gzip
    /// RFC 9110 section 8.4.1.2: the zlib format (RFC 1950), or bare DEFLATE (RFC 1951), which
    /// some senders take it for and all browsers accept.
    case deflate
    /// RFC 7932.
    case brotli

    package var name: String {
        switch self {
        case .gzip: "gzip"
        case .deflate: "deflate"
        case .brotli: "br"
        }
    }

    /// Whether a body under the coding of that name can be read; `identity` is one that is as it is.
    package static func isReadable(_ name: ByteView) -> Bool {
        named(name) != nil || name.equalsIgnoringASCIICase("identity")
    }

    /// In any case; nil for a coding that nothing here reads.
    static func named(_ name: ByteView) -> ContentCoding? {
        if name.equalsIgnoringASCIICase("gzip") || name.equalsIgnoringASCIICase("x-gzip") { return .gzip }
        if name.equalsIgnoringASCIICase("deflate") { return .deflate }
        if name.equalsIgnoringASCIICase("br") { return .brotli }
        return nil
    }
}

/// Codings in the order in which they were applied.
package struct ContentCodingList: Equatable, Sendable {
    package private(set) var codings: [ContentCoding] = []

    package init() {}

    /// A body that is as it is.
    package var isEmpty: Bool { codings.isEmpty }

    /// Adds what one Content-Encoding field lists; several fields are one list.
    ///
    /// `identity` and empty elements count for nothing.
    package mutating func append(fieldValue: ByteView, limits: ContentCodingLimits) throws(ContentCodingError)
    {
        var start = 0
        while start <= fieldValue.count {
            let end = fieldValue.firstIndex(of: ASCII.byte(","), from: start) ?? fieldValue.count
            let name = fieldValue[start..<end].trimming(while: ASCII.isBlank)
            start = end + 1
            if name.isEmpty || name.equalsIgnoringASCIICase("identity") { continue }
            guard let coding = ContentCoding.named(name) else { throw .unknownCoding }
            guard codings.count < limits.codings else { throw .tooManyCodings(limit: limits.codings) }
            codings.append(coding)
        }
    }
}
