// Arguments, cookies and the request target.

import Bytes
import Testing

@testable import Inspection

@Suite("Arguments, URLENCODED") struct ArgumentParserTests {
    static let rows: [(text: String, want: [String])] = [
        ("", []),
        ("a=1&a=2", ["a=1", "a=2"]),
        ("novalue", ["novalue="]),
        ("=noname", ["=noname"]),
        ("p=a+b%20c", ["p=a b c"]),
        ("bad=%zz%4", ["bad=%zz%4"]),
        ("eq=x=y=z", ["eq=x=y=z"]),
        ("amp=1;semi=2", ["amp=1;semi=2"]),
        ("a=1&&b=2", ["a=1", "=", "b=2"]),
        ("&", ["="]),
        ("a=1&", ["a=1"]),
        ("u=%u0041", ["u=%u0041"]),
        ("%41%3d=%26", ["A==&"]),
    ]

    @Test(arguments: rows.indices) func parse(_ index: Int) {
        let (text, want) = Self.rows[index]
        let arena = Arena()
        var values = ArgumentValues()
        let parser = ArgumentParser(separator: 0x26, arena: arena, limit: 100)
        #expect(parser.parse(arena.copy(text), into: &values))
        #expect(values.all.map { "\(values[$0].name.string)=\(values[$0].value.string)" } == want)
        #expect(values.combinedBytes == want.reduce(0) { $0 + $1.utf8.count - 1 })
    }

    @Test(arguments: [(3, true), (2, false), (0, false)]) func limit(_ limit: Int, _ fits: Bool) {
        let arena = Arena()
        var values = ArgumentValues()
        let parser = ArgumentParser(separator: 0x26, arena: arena, limit: limit)
        #expect(parser.parse(arena.copy("a=1&b=2&c=3"), into: &values) == fits)
        #expect(values.count == min(3, limit))
    }
}

@Suite("Cookies, as in ModSecurity 2") struct CookieParserTests {
    static let rows: [(text: String, want: [String])] = [
        (
            "a=1;b = 2 ; c; d=\"q\"; a=3; e=%41+x; =v; f=g=h",
            ["a=1", "b = 2 ", "c=", "d=\"q\"", "a=3", "e=%41+x", "f=g=h"]
        ),
        ("", []), (";;", []), ("  ", []), ("a", ["a="]), ("a=", ["a="]),
    ]

    @Test(arguments: rows.indices) func parse(_ index: Int) {
        let (text, want) = Self.rows[index]
        let arena = Arena()
        var values = NamedValues()
        #expect(CookieParser.parse(arena.copy(text), into: &values, limit: 100))
        #expect(values.members.map { "\($0.name.string)=\($0.value.string)" } == want)
    }

    @Test func limit() {
        let arena = Arena()
        var values = NamedValues()
        #expect(CookieParser.parse(arena.copy("a=1; b=2"), into: &values, limit: 2))
        values.removeAll()
        #expect(!CookieParser.parse(arena.copy("a=1; b=2"), into: &values, limit: 1))
    }
}

@Suite("Request target, as in ModSecurity 2") struct RequestTargetTests {
    static let rows: [(target: String, uri: String, filename: String, basename: String, query: String)] = [
        ("/", "/", "/", "", ""),
        ("/a%20b//c%2ed.php?q=%41", "/a%20b//c%2ed.php?q=%41", "/a%20b//c%2ed.php", "c%2ed.php", "q=%41"),
        ("http://h:80/p/x.php?a=b", "/p/x.php?a=b", "/p/x.php", "x.php", "a=b"),
        ("http://h", "/", "/", "", ""),
        ("http://h?a", "?a", "", "", "a"),
        ("/r?u=http://h/x", "/r?u=http://h/x", "/r", "r", "u=http://h/x"),
        ("*", "*", "*", "*", ""),
        ("/a\\b", "/a\\b", "/a\\b", "b", ""),
        ("/x?q#f", "/x?q#f", "/x", "x", "q#f"),
        ("", "", "", "", ""),
        ("://x", "://x", "://x", "x", ""),
    ]

    @Test(arguments: rows.indices) func take(_ index: Int) {
        let row = Self.rows[index]
        let arena = Arena()
        var request = RequestValues()
        request.setTarget(arena.copy(row.target))
        #expect(request.target.string == row.target)
        #expect(request.uri.string == row.uri)
        #expect(request.filename.string == row.filename)
        #expect(request.basename.string == row.basename)
        #expect(request.query.string == row.query)
    }
}
