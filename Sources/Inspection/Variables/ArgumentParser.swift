// The syntax of application/x-www-form-urlencoded, for query strings and bodies
// (WHATWG URL section 5.1, read as leniently as ModSecurity does).

internal import Bytes

/// Splits `name=value&name=value` and decodes each side once.
struct ArgumentParser {
    let separator: UInt8
    let arena: Arena
    /// Most arguments that `target` may hold.
    let limit: Int

    /// - Returns: false when `limit` was reached before the end of `text`.
    ///
    /// Names without `=` get an empty value, `&&` makes an argument without name; nothing follows a
    /// final separator.
    func parse(_ text: ByteView, into target: inout ArgumentValues) -> Bool {
        var start = 0
        while start < text.count {
            guard target.count < limit else { return false }
            let end = text.firstIndex(of: separator, from: start) ?? text.count
            let pair = text[start..<end]
            if let equals = pair.firstIndex(of: ASCII.byte("=")) {
                target.append(name: decoded(pair[..<equals]), value: decoded(pair[(equals + 1)...]))
            } else {
                target.append(name: decoded(pair), value: .empty)
            }
            start = end + 1
        }
        return true
    }

    private func decoded(_ text: ByteView) -> ByteView { URLDecode.apply(text, in: arena) }
}
