// The Cookie field (RFC 6265 section 4.2), read as ModSecurity reads version 0 cookies.

internal import Bytes

/// Splits `a=1; b=2`. Values stay as they are, quotes included.
enum CookieParser {
    /// Blanks before a name are dropped, those behind it belong to it; a missing `=` makes an empty
    /// value; cookies without name are skipped.
    ///
    /// - Returns: false when `target` held `limit` cookies before the end of `field`.
    static func parse(_ field: ByteView, into target: inout NamedValues, limit: Int) -> Bool {
        var start = 0
        while start < field.count {
            let end = field.firstIndex(of: ASCII.byte(";"), from: start) ?? field.count
            var nameStart = start
            while nameStart < end, ASCII.isSpace(field[nameStart]) { nameStart += 1 }
            let pair = field[nameStart..<end]
            let equals = pair.firstIndex(of: ASCII.byte("=")) ?? pair.count
            if equals > 0 {
                guard target.count < limit else { return false }
                target.append(
                    name: pair[..<equals],
                    value: equals < pair.count ? pair[(equals + 1)...] : .empty)
            }
            start = end + 1
        }
        return true
    }
}
