internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("XPath 1.0 over bodies") struct XPathTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var expression: String
        var values: [String]
        var testDescription: String { expression }

        init(_ expression: String, _ values: String...) {
            self.expression = expression
            self.values = values
        }
    }

    static let document =
        "<r x=\"1\" xmlns:n=\"urn:n\"><a y=\"2\">one</a><a>two &amp; <![CDATA[<c>]]></a>"
        + "<n:b n:z=\"3\">four</n:b><!-- no --></r>"

    static let rows: [Row] = [
        Row("/*", "onetwo & <c>four"), Row("//@*", "1", "2", "3"), Row("/r/a/text()", "one", "two & ", "<c>"),
        Row("/r/a", "one", "two & <c>"), Row("//a[@y='2']", "one"), Row("//a[2]", "two & <c>"),
        Row("/r/none"),
        Row("//*[local-name()='b']", "four"), Row("//m:b", "four"), Row("//m:b/@m:z", "3"),
        Row("//@x | //a", "1", "one", "two & <c>"),
        Row("count(//a)", "2"), Row("string(/r/@x)", "1"), Row("count(//a) > 1", "true"),
        Row("'text'", "text"),
        Row("//comment()", " no "), Row("/r/namespace::n", "urn:n"),
        Row("//a[contains(., '<c>')]", "two & <c>"),
    ]

    @Test(arguments: rows) func select(_ row: Row) throws {
        let values = try XMLOutcome.select(
            row.expression, Self.document, namespaces: [XMLNamespace(prefix: "m", uri: "urn:n")])
        #expect(values == row.values)
    }

    @Test(arguments: ["", "//", "a[", "'x", "1 +", "/r/\u{0}a"]) func invalid(_ expression: String) {
        #expect(throws: XPathError.self) { _ = try XPathExpression(expression) }
    }

    @Test func failures() throws {
        #expect(throws: XPathError.self) { try XMLOutcome.select("//p:b", Self.document) }
        #expect(throws: XPathError.self) { try XMLOutcome.select("nosuch()", Self.document) }
        #expect(try XMLOutcome.select("//a", "") == [])
        #expect(try XMLOutcome.select("//a", "<r><a>x</r>") == ["x"])
    }

    @Test func expressionLength() throws {
        let limits = XPathLimits(expressionBytes: 3)
        #expect(throws: Never.self) { _ = try XPathExpression("//a", limits: limits) }
        #expect(throws: XPathError.expressionTooLong(limitBytes: 3)) {
            _ = try XPathExpression("//aa", limits: limits)
        }
    }

    @Test func values() throws {
        #expect(try XMLOutcome.select("//a", Self.document, limits: XPathLimits(values: 2)).count == 2)
        #expect(throws: XPathError.tooManyValues(limit: 1)) {
            try XMLOutcome.select("//a", Self.document, limits: XPathLimits(values: 1))
        }
        #expect(try XMLOutcome.select("//a", Self.document, limits: XPathLimits(valueBytes: 12)).count == 2)
        #expect(throws: XPathError.valuesTooLong(limitBytes: 11)) {
            try XMLOutcome.select("//a", Self.document, limits: XPathLimits(valueBytes: 11))
        }
    }

    @Test func operations() throws {
        let wide = "<r>" + String(repeating: "<a/>", count: 3_000) + "</r>"
        #expect(throws: XPathError.tooManyOperations(limit: 100_000)) {
            try XMLOutcome.select(
                "//a[count(//a[count(//a) = 1]) = 1]", wide, limits: XPathLimits(operations: 100_000))
        }
        #expect(try XMLOutcome.select("count(//a)", wide) == ["3000"])
    }

    /// Each element's value holds those of the elements inside: the sum grows with the square.
    @Test func nestedValues() {
        let nested =
            String(repeating: "<a>", count: 100) + String(repeating: "x", count: 100_000)
            + String(repeating: "</a>", count: 100)
        #expect(throws: XPathError.valuesTooLong(limitBytes: 4 << 20)) {
            try XMLOutcome.select("//*", nested)
        }
    }
}
