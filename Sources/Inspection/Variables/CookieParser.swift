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

    /// Cookies as RFC 2965 section 3.3.4 writes them: commas separate too, values may stand in quotes,
    /// which are taken off, and names with a dollar sign in front are about the cookie before them.
    ///
    /// - Returns: false when `target` held `limit` cookies before the end of `field`.
    static func parseVersion1(_ field: ByteView, into target: inout NamedValues, limit: Int) -> Bool {
        var index = 0
        while index < field.count {
            while index < field.count, ASCII.isSpace(field[index]) || isSeparator(field[index]) { index += 1 }
            let nameStart = index
            while index < field.count, field[index] != ASCII.byte("="), !isSeparator(field[index]) {
                index += 1
            }
            let name = field[nameStart..<index].trimming(while: ASCII.isSpace)
            var value = ByteView.empty
            if index < field.count, field[index] == ASCII.byte("=") {
                value = readValue(field, at: &index)
            }
            if name.isEmpty || name[0] == ASCII.byte("$") { continue }
            guard target.count < limit else { return false }
            target.append(name: name, value: value)
        }
        return true
    }

    /// - Parameter index: At the `=`; behind the value afterwards.
    private static func readValue(_ field: ByteView, at index: inout Int) -> ByteView {
        index += 1
        while index < field.count, ASCII.isSpace(field[index]) { index += 1 }
        if index < field.count, field[index] == ASCII.byte("\"") {
            let start = index + 1
            let end = field.firstIndex(of: ASCII.byte("\""), from: start) ?? field.count
            index = min(end + 1, field.count)
            return field[start..<end]
        }
        let start = index
        while index < field.count, !isSeparator(field[index]) { index += 1 }
        return field[start..<index].trimming(while: ASCII.isSpace)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == ASCII.byte(";") || byte == ASCII.byte(",")
    }
}
