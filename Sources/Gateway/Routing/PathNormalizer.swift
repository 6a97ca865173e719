// The path that locations are matched against: percent-decoded once, slashes merged, dot segments
// resolved, as nginx does it (ngx_http_parse_complex_uri with merge_slashes on).

package import Bytes

/// Works out the decoded path of a request target.
package enum PathNormalizer {
    /// - Parameters:
    ///   - path: The path of a request target as it came, up to `?`. A `?` or `#` ends it.
    ///   - scratch: Emptied and written to where the path has to change.
    /// - Returns: `path` itself where nothing is to be done, else a view of `scratch`, valid until
    ///   that is next changed. nil (answer 400): a malformed escape, a NUL, `..` above the root,
    ///   or a path that does not start with a slash (the empty path is `/`).
    package static func normalize(_ path: ByteView, scratch: inout ByteBuffer) -> ByteView? {
        if path.isEmpty { return ByteView(rootPath)[..<1] }
        guard path[0] == slash else { return nil }
        if isNormal(path) { return path }
        scratch.removeAll(keepingCapacity: true)
        scratch.reserve(path.count)
        var resolver = DotSegmentResolver()
        var index = 0
        while index < path.count {
            var byte = path[index]
            index += 1
            switch byte {
            case 0: return nil
            case question, hash:
                index = path.count
                continue
            case percent:
                guard index + 1 < path.count, let high = ASCII.hexValue(path[index]),
                    let low = ASCII.hexValue(path[index + 1])
                else { return nil }
                byte = high << 4 | low
                guard byte != 0 else { return nil }
                index += 2
            default: break
            }
            guard resolver.append(byte, to: &scratch) else { return nil }
        }
        return resolver.finish(&scratch) ? scratch.view : nil
    }

    /// Whether the path stands as it would after decoding: the common case, one pass.
    private static func isNormal(_ path: ByteView) -> Bool {
        var previous: UInt8 = 0
        let bytes = path.span
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case percent, question, hash, 0: return false
            case slash, dot: if previous == slash { return false }
            default: break
            }
            previous = byte
        }
        return true
    }

    private static var rootPath: StaticString { "/." }
    static var slash: UInt8 { 0x2F }
    static var dot: UInt8 { 0x2E }
    private static var percent: UInt8 { 0x25 }
    private static var question: UInt8 { 0x3F }
    private static var hash: UInt8 { 0x23 }
}
