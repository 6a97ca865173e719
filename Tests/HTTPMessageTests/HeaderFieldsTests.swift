import Bytes
import HTTPMessage
import Testing

@Suite("Known fields: RFC 9110 section 5.1, names without regard to case") struct KnownFieldTests {
    @Test(arguments: KnownField.allCases) func isFoundUnderItsName(_ field: KnownField) {
        let name = ByteView(field.wireName).string
        for spelling in [name, name.lowercased(), name.uppercased()] {
            #expect(withView(of: spelling) { KnownField.identify($0) } == field)
        }
    }

    @Test(arguments: KnownField.allCases) func isNotFoundUnderOthers(_ field: KnownField) {
        let name = Array(ByteView(field.wireName).string.utf8)
        for position in name.indices {
            var changed = name
            changed[position] = 0x23
            #expect(withView(of: changed) { KnownField.identify($0) } == nil)
            changed[position] = name[position] ^ 0x80
            #expect(withView(of: changed) { KnownField.identify($0) } == nil)
        }
        #expect(withView(of: name + [0x73]) { KnownField.identify($0) } == nil)
        #expect(withView(of: Array(name.dropLast())) { KnownField.identify($0) } == nil)
    }

    @Test func fitsTheSet() {
        #expect(KnownField.allCases.count <= 64)
        #expect(KnownField.identify(.empty) == nil)
    }
}

@Suite("Fields: RFC 9110 section 5") struct HeaderFieldsTests {
    @Test func looksUpKnownAndOtherNames() {
        let fields = makeFields(["Host: a", "X-Own: 1", "Cookie: x=1", "x-own: 2", "COOKIE: y=2", "Empty: "])
        #expect(fields.count == 6)
        #expect(fields.first(.host)?.string == "a")
        #expect(fields.first("HOST")?.string == "a")
        #expect(fields.first("x-Own")?.string == "1")
        #expect(fields.first("empty")?.string == "")
        #expect(fields.first("absent") == nil)
        #expect(fields.first(.te) == nil)
        #expect(fields.values(of: .cookie).map(\.string) == ["x=1", "y=2"])
        #expect(fields.values(of: "cookie").map(\.string) == ["x=1", "y=2"])
        #expect(fields.values(of: "X-OWN").map(\.string) == ["1", "2"])
        #expect(fields.values(of: .te).map(\.string) == [])
        #expect(fields.isRepeated(.cookie) && !fields.isRepeated(.host))
        #expect(fields.only(.cookie) == nil && fields.only(.host)?.string == "a")
        #expect(fields.name(3).string == "x-own" && fields.value(3).string == "2")
    }

    @Test func removesEveryLineOfAField() {
        var fields = makeFields(["Content-Length: 1", "Host: a", "Content-Length: 2", "X: 3", "Host: b"])
        fields.removeAll(.contentLength)
        fields.removeAll(.te)
        #expect(fields.indices.map { fields.name($0).string } == ["Host", "X", "Host"])
        #expect(!fields.contains(.contentLength) && !fields.isRepeated(.contentLength))
        #expect(fields.first(.host)?.string == "a" && fields.isRepeated(.host))
    }

    @Test func resetForgetsAll() {
        var fields = makeFields(["Host: a", "Host: b"])
        fields.reset()
        #expect(fields.isEmpty && fields.first(.host) == nil && !fields.isRepeated(.host))
        add(["X: 1", "Host: c"], to: &fields)
        #expect(fields.first(.host)?.string == "c" && !fields.isRepeated(.host))
        fields.releaseMemory()
        #expect(fields.isEmpty && fields.storedBytes.isEmpty)
    }

    struct CombiningRow: Sendable, CustomTestStringConvertible {
        var lines: [String]
        var want: [String]
        var testDescription: String { "\(lines)" }
    }

    static let repetitions = [
        CombiningRow(lines: [], want: []),
        CombiningRow(lines: ["A: 1", "B: 2"], want: ["A: 1", "B: 2"]),
        CombiningRow(lines: ["X: one", "Host: a", "x: two"], want: ["X: one, two", "Host: a"]),
        CombiningRow(
            lines: ["Cookie: a=1", "X: 1", "cookie: b=2", "Cookie: c=3", "Y: 2"],
            want: ["Cookie: a=1; b=2; c=3", "X: 1", "Y: 2"]),
        CombiningRow(
            lines: ["Accept: a", "X-Own: 1", "Accept: b", "x-own: 2", "X-OWN: 3"],
            want: ["Accept: a, b", "X-Own: 1, 2, 3"]),
        CombiningRow(lines: ["X: ", "X: a", "X: "], want: ["X: , a, "]),
    ]

    @Test("Combining: section 5.3", arguments: repetitions) func combines(_ row: CombiningRow) {
        var fields = makeFields(row.lines)
        fields.combineRepeated()
        #expect(fields.indices.map { "\(fields.name($0).string): \(fields.value($0).string)" } == row.want)
        for field in KnownField.allCases {
            #expect(fields.isRepeated(field) == false)
            let name = ByteView(field.wireName).string + ": "
            let value = row.want.first { $0.hasPrefix(name) }?.dropFirst(name.count)
            #expect(fields.first(field)?.string == value.map(String.init))
        }
    }

    /// As many fields as a head may have, all of one name or all of different ones.
    @Test func combinesManyFields() {
        var fields = makeFields((0..<128).map { "N\($0): \($0)" })
        fields.combineRepeated()
        #expect(fields.count == 128 && fields.value(127).string == "127")
        fields = makeFields((0..<128).map { "N: \($0)" })
        fields.combineRepeated()
        #expect(fields.count == 1)
        #expect(fields.value(0).string == (0..<128).map { "\($0)" }.joined(separator: ", "))
    }

    struct ListRow: Sendable, CustomTestStringConvertible {
        var value: String
        var want: [String]
        var testDescription: String { value }
    }

    static let lists = [
        ListRow(value: "", want: []),
        ListRow(value: "a", want: ["a"]),
        ListRow(value: "a,b", want: ["a", "b"]),
        ListRow(value: " a ,\t b\t", want: ["a", "b"]),
        ListRow(value: ",,a,, ,b,", want: ["a", "b"]),
        ListRow(value: "\"a,b\",c", want: ["\"a,b\"", "c"]),
        ListRow(value: "\"a\\\",b\",c", want: ["\"a\\\",b\"", "c"]),
        ListRow(value: "\"open,a", want: ["\"open,a"]),
        ListRow(value: "\"\\", want: ["\"\\"]),
    ]

    @Test("Lists: section 5.6.1", arguments: lists) func splitsLists(_ row: ListRow) {
        withView(of: row.value) { #expect(ListElements($0).map(\.string) == row.want) }
    }

    @Test func findsTokensInLists() {
        let fields = makeFields(["Connection: keep-alive, Upgrade", "Connection: x", "TE: trailers;q=1"])
        #expect(fields.containsToken(.connection, "upgrade") == true)
        #expect(fields.containsToken(.connection, "X") == true)
        #expect(fields.containsToken(.connection, "up") == false)
        #expect(fields.containsToken(.te, "trailers") == false)
        #expect(fields.containsToken(.upgrade, "websocket") == false)
    }
}
