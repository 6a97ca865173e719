// Merges slashes and resolves dot segments while bytes are appended.
//
//     state    '/'                     '.'             else
//     inside   keep -> slash           keep            keep
//     slash    drop                    keep -> dot     keep -> inside
//     dot      drop "." -> slash       keep -> dots    keep -> inside
//     dots     drop "/x/.." -> slash   keep -> inside  keep -> inside
//
// The end of the path acts as '/' does, but writes no slash.

internal import Bytes

/// The place in the table above.
struct DotSegmentResolver {
    private enum State { case inside, slash, dot, dots }
    private var state = State.inside

    /// Takes one decoded byte. A slash or dot that was escaped acts as one, because the upstream
    /// will decode it too and what it serves must be what was matched.
    ///
    /// - Returns: false when `..` leads above the root.
    mutating func append(_ byte: UInt8, to path: inout ByteBuffer) -> Bool {
        switch byte {
        case PathNormalizer.slash: return appendSlash(to: &path)
        case PathNormalizer.dot:
            switch state {
            case .inside: break
            case .slash: state = .dot
            case .dot: state = .dots
            case .dots: state = .inside
            }
        default: state = .inside
        }
        path.append(byte)
        return true
    }

    private mutating func appendSlash(to path: inout ByteBuffer) -> Bool {
        switch state {
        case .inside: path.append(PathNormalizer.slash)
        case .slash: break
        case .dot: path.truncate(to: path.count - 1)
        case .dots: guard Self.removeParent(&path) else { return false }
        }
        state = .slash
        return true
    }

    /// The end of the path. Returns false when `..` leads above the root.
    func finish(_ path: inout ByteBuffer) -> Bool {
        switch state {
        case .inside, .slash: break
        case .dot: path.truncate(to: path.count - 1)
        case .dots: return Self.removeParent(&path)
        }
        return true
    }

    /// `/a/b/..` becomes `/a/`; false for `/..`.
    private static func removeParent(_ path: inout ByteBuffer) -> Bool {
        var end = path.count - 3
        guard end > 0 else { return false }
        let bytes = path.view
        while bytes[end - 1] != PathNormalizer.slash { end -= 1 }
        path.truncate(to: end)
        return true
    }
}
