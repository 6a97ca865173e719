internal import Bytes
import Testing

@testable import Detection

@Suite("SQL vocabulary: words and phrases of five dialects") struct SQLWordTableTests {
    static let words: [(String, SQLTokenType?)] = [
        ("select", .expression), ("SELECT", .expression), ("uNioN", .union), ("from", .keyword),
        ("and", .logic),
        ("not", .operation), ("like", .operation), ("ilike", .operation), ("null", .variable),
        ("true", .number),
        ("sleep", .function), ("pg_sleep", .function), ("dbms_lock.sleep", .function),
        ("database", .bareword),
        ("varchar", .sqlType), ("_utf8mb4", .sqlType), ("exec", .procedural), ("collate", .collate),
        ("having", .group), ("all", .bareword), ("", nil), ("selects", nil), ("selec", nil), ("häving", nil),
    ]

    @Test(arguments: words) func classOfWord(_ word: String, _ type: SQLTokenType?) {
        #expect(withView(word) { SQLWordTable.shared.find($0)?.type } == type)
    }

    @Test func wordsPastTheLongestAreNone() {
        let word = String(repeating: "a", count: 100_000)
        #expect(withView(word) { SQLWordTable.shared.find($0)?.type } == nil)
    }

    /// No group takes back what another says: a word in two groups would have the class of the first.
    @Test func noWordHasTwoClasses() {
        var classes: [String: SQLTokenType] = [:]
        var count = 0
        for group in SQLWordGroup.all {
            for word in group.text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                count += 1
                #expect(classes[String(word)] == nil, "\(word) is listed twice")
                classes[String(word)] = group.type
                #expect(word == word.uppercased()[...])
            }
        }
        #expect(count > 900)
    }

    @Test func phrasesNeedTheirOwnWords() {
        func identity(_ word: String) -> UInt16 {
            withView(word) { SQLWordTable.shared.find($0)?.identity ?? 0 }
        }
        let table = SQLWordTable.shared
        let unionAll = table.phrase(identity("union"), identity("all"))
        #expect(unionAll?.type == .union)
        #expect(table.phrase(unionAll?.identity ?? 0, identity("distinct"))?.type == .union)
        #expect(table.phrase(identity("all"), identity("union")) == nil)
        #expect(table.phrase(0, 0) == nil)
        // The beginning of a phrase without a class of its own is a name.
        #expect(table.phrase(identity("lock"), identity("in"))?.type == .bareword)
    }
}
