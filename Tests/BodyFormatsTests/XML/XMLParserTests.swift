internal import BodyFormats
internal import Bytes
internal import Foundation
internal import Testing

@Suite("XML bodies: XML 1.0, values as in ModSecurity") struct XMLParserTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var document: String
        var want: XMLOutcome
        var testDescription: String { document.debugDescription }

        init(_ document: String, _ rootText: String?, _ attributes: [String] = [], malformed: Bool = false) {
            self.document = document
            want = XMLOutcome(rootText: rootText, attributes: attributes, isMalformed: malformed)
        }
    }

    static let entity = "<!DOCTYPE r [<!ENTITY i \"int\"><!ENTITY e SYSTEM \"file:///etc/hostname\">]>"

    static let rows: [Row] = [
        Row("", nil), Row("<r/>", ""), Row("<r></r>", ""), Row("<r>text</r>", "text"),
        Row(
            "<?xml version=\"1.0\"?>"
                + "<r x=\"1\"><a y=\"2\">one</a><a>two &amp; <![CDATA[<c>]]></a><!-- no --></r>",
            "onetwo & <c>", ["1", "2"]),
        Row("<s:r xmlns:s=\"urn:s\" xmlns=\"urn:d\" s:q=\"v\"><a>one</a></s:r>", "one", ["v"]),
        Row("\(entity)<r><a>&i;</a><b>&e;</b></r>", "int"),
        Row("\(entity)<r a=\"x&i;y\" b=\"&e;\"/>", "", ["xinty", ""]),
        Row("<r>a<?pi no?>b</r>", "ab"), Row("<r>&#65;&#x42;&lt;&gt;&quot;&apos;</r>", "AB<>\"'"),
        Row("<r a=\"\" b='&#10;'/>", "", ["", "\n"]), Row("<r>\r\nx</r>\n<!-- end -->", "\nx"),
        Row("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>a</r>", "a"),
        Row("<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\"><r>t</r>", "t"),
        Row("<!DOCTYPE r [<!ENTITY % p SYSTEM \"file:///etc/hostname\">%p;]><r>t</r>", "t"),
        Row("<!DOCTYPE r [<!ATTLIST r a CDATA \"deflt\">]><r>t</r>", "t", ["deflt"]),
        Row(
            "<!DOCTYPE r [<!ENTITY a \"<b x='1'>in</b>\"><!ENTITY c \"[&a;]\">]><r>&c;&c;</r>", "[in][in]",
            ["1", "1"]),
        Row("<r a=\"x>y\" b='p>q>'>t > u</r>", "t > u", ["x>y", "p>q>"]),
        Row("<r><![CDATA[]]]]><![CDATA[>]]></r>", "]]>"), Row("<r>]]&gt;</r>", "]]>"),
        // Broken, with what could be read.
        Row(" ", nil, malformed: true), Row("not xml", nil, malformed: true), Row("<r", nil, malformed: true),
        Row("<r><a>one</r>", "one", malformed: true), Row("<r>one", "one", malformed: true),
        Row("<r>one</r>two", "one", malformed: true), Row("<r>&nosuch;x</r>", "x", malformed: true),
        Row("<r/><r/>", "", malformed: true), Row("<r>\u{1}</r>", nil, malformed: true),
        Row("<!DOCTYPE r [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><r>&a;</r>", nil, malformed: true),
    ]

    @Test(arguments: rows) func parse(_ row: Row) {
        let outcome = XMLOutcome.of(row.document)
        #expect(outcome.attributes == row.want.attributes)
        #expect(outcome.isMalformed == row.want.isMalformed && outcome.error == nil)
        if !row.want.isMalformed || row.want.rootText != nil {
            #expect(outcome.rootText == row.want.rootText)
        }
    }

    /// Whatever the pieces, the tree is the same.
    @Test(arguments: rows) func pieces(_ row: Row) {
        let document = Array(row.document.utf8)
        let whole = XMLOutcome.of(document)
        for size in [1, 2, 3, 5, 7, 16] {
            let pieces = XMLOutcome.of(document, pieceBytes: size)
            #expect(pieces.isMalformed == whole.isMalformed && pieces.error == whole.error)
            if !whole.isMalformed { #expect(pieces == whole) }
        }
    }

    /// A document that is cut anywhere is broken, and never a trap.
    @Test(arguments: rows) func everyPrefix(_ row: Row) {
        let document = Array(row.document.utf8)
        for cut in 0..<document.count { _ = XMLOutcome.of(Array(document[..<cut])) }
        let whole = "<r x=\"1\"><a>one</a></r>"
        for cut in 1..<whole.utf8.count { #expect(XMLOutcome.of(String(whole.prefix(cut))).isMalformed) }
    }

    @Test func encodings() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><r a=\"\u{E9}\">\u{4FE1}</r>"
        var bytes: [UInt8] = [0xFF, 0xFE]
        for unit in text.utf16 { bytes += [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)] }
        #expect(XMLOutcome.of(bytes) == XMLOutcome(rootText: "\u{4FE1}", attributes: ["\u{E9}"]))
        let latin =
            Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>".utf8) + [0xE9] + Array("</r>".utf8)
        #expect(XMLOutcome.of(latin).rootText == "\u{E9}")
        #expect(XMLOutcome.of(Array("<r>".utf8) + [0xE9] + Array("</r>".utf8)).isMalformed)
    }

    @Test func oneRunIsASliceOfTheTree() {
        let arena = Arena()
        let tree = XMLOutcome.parse(Array("<r><a>only</a></r>".utf8))
        #expect(tree.rootText(in: arena)?.equals("only") == true && arena.allocatedBytes == 0)
    }

    @Test func errorsSayWhere() {
        let tree = XMLOutcome.parse(Array("<r>\n\n<a></b></r>".utf8))
        guard case .malformed(let line, let code)? = tree.error else {
            Issue.record("no error")
            return
        }
        #expect(line == 3 && code != 0)
        #expect(tree.error?.message.contains("line 3") == true)
    }

    /// A file that an entity, a DTD or an include names is never read.
    @Test func nothingIsOpened() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "body-formats-\(UInt64.random(in: 0...(.max)))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("secret.txt")
        let marker = "MARKER-7f3a"
        try Data("<x a=\"\(marker)\">\(marker)</x>".utf8).write(to: file)
        let dtd = folder.appendingPathComponent("secret.dtd")
        try Data("<!ENTITY i \"\(marker)\"><!ATTLIST r a CDATA \"\(marker)\">".utf8).write(to: dtd)
        for name in [file.path, "file://\(file.path)"] {
            let documents = [
                "<!DOCTYPE r [<!ENTITY e SYSTEM \"\(name)\">]><r a=\"1\">&e;</r>",
                "<!DOCTYPE r [<!ENTITY e PUBLIC \"p\" \"\(name)\">]><r>&e;&e;</r>",
                "<!DOCTYPE r [<!ENTITY % p SYSTEM \"\(dtd.path)\">%p;]><r>&i;</r>",
                "<!DOCTYPE r SYSTEM \"\(dtd.path)\"><r>&i;</r>",
                "<!DOCTYPE r [<!ENTITY e SYSTEM \"\(name)\" NDATA n><!NOTATION n SYSTEM \"n\">]><r>x</r>",
                "<r xmlns:xi=\"http://www.w3.org/2001/XInclude\">"
                    + "<xi:include href=\"\(name)\" parse=\"text\"/></r>",
                "<?xml-stylesheet href=\"\(name)\"?><r>x</r>",
            ]
            for document in documents {
                let outcome = XMLOutcome.of(document)
                #expect(outcome.rootText?.contains(marker) != true && !outcome.attributes.contains(marker))
            }
        }
        // XPath can open nothing either.
        #expect(throws: XPathError.self) { try XMLOutcome.select("document('\(file.path)')", "<r/>") }
    }
}
