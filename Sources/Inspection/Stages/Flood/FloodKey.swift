// What flood control counts by: `$remote_addr`, `$remote_addr$uri`, `$http_x_api_key`, `$tag_tenant`.

internal import Bytes
internal import Pipeline

/// A key as written: texts and variables, one behind the other.
struct FloodKey {
    private enum Part {
        case text(String)
        case field(StreamField)
        /// A field of the request's head.
        case header(String)
        /// What a stage before has left.
        case tag(String)
    }

    private var parts: [Part] = []
    /// The variables that there are, for messages.
    private static let names =
        StreamField.allCases.map { "$\($0.rawValue)" }.joined(separator: ", ") + ", $http_NAME, $tag_NAME"

    init(_ text: String) throws(StageError) {
        var rest = text[...]
        while let sign = rest.firstIndex(of: "$") {
            if sign > rest.startIndex { parts.append(.text(String(rest[..<sign]))) }
            rest = rest[rest.index(after: sign)...]
            let name = rest.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
            rest = rest[name.endIndex...]
            if let field = StreamField(rawValue: String(name)) {
                parts.append(.field(field))
            } else if name.hasPrefix("http_"), name.count > 5 {
                parts.append(.header(String(name.dropFirst(5)).replacing("_", with: "-")))
            } else if name.hasPrefix("tag_"), name.count > 4 {
                parts.append(.tag(String(name.dropFirst(4))))
            } else {
                throw StageError("key: unknown variable \"$\(name)\", expected one of \(Self.names)")
            }
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        guard parts.contains(where: { if case .text = $0 { false } else { true } }) else {
            throw StageError("key=\(text): expected at least one of \(Self.names)")
        }
    }

    /// Lends the key of a stream; nothing is copied where it is one field.
    func with<Result>(_ stream: PipelineStream, _ scratch: inout ByteBuffer, _ body: (ByteView) -> Result)
        -> Result
    {
        if parts.count == 1, case .field(let field) = parts[0] { return body(stream.view(of: field)) }
        scratch.removeAll(keepingCapacity: true)
        for part in parts {
            switch part {
            case .text(let text): scratch.append(text)
            case .field(let field): scratch.append(stream.view(of: field))
            case .header(let name):
                var text = ByteBuffer()
                text.append(name)
                scratch.append(stream.source.requestHeader(text.view) ?? .empty)
            case .tag(let name): scratch.append(stream.value(ofTag: name) ?? "")
            }
            // So that `a` + `bc` and `ab` + `c` differ.
            if parts.count > 1 { scratch.append(0 as UInt8) }
        }
        return body(scratch.view)
    }
}
