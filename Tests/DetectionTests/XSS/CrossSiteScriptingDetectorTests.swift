internal import Bytes
import Testing

@testable import Detection

@Suite("Cross-site scripting: a value that does not stay text") struct CrossSiteScriptingDetectorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var reason: ScriptingReason
        var context: HTMLContext

        init(_ text: String, _ reason: ScriptingReason, _ context: HTMLContext = .text) {
            self.text = text
            self.reason = reason
            self.context = context
        }

        var testDescription: String { text }
    }

    static let attacks: [Row] = [
        Row("<script>x()</script>", .element), Row("a<ScRiPt/x", .element), Row("<scr\u{0}ipt>", .element),
        Row("<svg/onload=x>", .element), Row("<svgx>", .element), Row("<xsl:template>", .element),
        Row("<iframe src=x>", .element),
        Row("</script x=y>", .element),
        Row("<p onclick=x>", .eventHandler), Row("<p/OnClick = 'x'>", .eventHandler),
        Row("<p on\u{0}click=x>", .eventHandler),
        Row("x onfocus=y autofocus", .eventHandler, .unquotedValue),
        Row("x'onfocus='y", .eventHandler, .singleQuotedValue),
        Row("x\"onfocus=\"y", .eventHandler, .doubleQuotedValue),
        Row("x`onfocus=`y", .eventHandler, .backquotedValue),
        Row("x\"><script>", .element, .doubleQuotedValue).asText,
        Row("<a href=javascript:x>", .scriptURL), Row("<a href=' \u{1}JaVaScRiPt:x'>", .scriptURL),
        Row("<a href=\"java\nscript:x\">", .scriptURL),
        Row("<a href=&#106;&#x61;vascript:x>", .scriptURL), Row("<a href=&#0000106avascript:x>", .scriptURL),
        Row("<img src=vbscript:x>", .scriptURL), Row("<q cite=data:text/html,x>", .scriptURL),
        Row("<p action=view-source:x>", .scriptURL),
        Row("<p style=x>", .style), Row("<p filter=x>", .style), Row("<p xmlns:a=b>", .namespaceDeclaration),
        Row("<p xlink:href=b>", .namespaceDeclaration), Row("<p datasrc=b>", .attribute),
        Row("<set attributename=onclick>", .animatedAttribute),
        Row("<set attributeName='href'>", .animatedAttribute),
        Row("<!doctype html>", .documentType), Row("<!--[if IE]>x", .comment), Row("<!--`-->", .comment),
        Row("<?xml x>", .comment),
        Row("<?import x>", .comment), Row("<!entity x>", .comment),
    ]

    @Test(arguments: attacks) func reported(_ row: Row) {
        let finding = withView(row.text) { CrossSiteScriptingDetector.detect($0) }
        #expect(finding?.reason == row.reason)
        #expect(finding?.context == row.context)
    }

    static let harmless: [String] = [
        "", "<", ">", "=", "a < b", "a<b", "1 < 2 = x", "<b>bold</b>", "<p class=x id='y'>z</p>",
        "<a href=/x/y.html>z</a>",
        "<img src=\"https://example.com/a.png\">", "a=b&c=d", "if (a = 'b') c", "i <3 you", "only=1",
        "<!-- x -->", "<!-- if x -->",
        "<foo@example.com>", "<x@y.z> on=5", "onclick", "javascript:x", "<br/>", "<p on=x>",
        "<set attributename=width>",
        "x='y' z=\"w\"", "http://a.example/?on=1&off=2", "&lt;script&gt;",
        "<p href=\"&#x110000;javascript\">",
    ]

    @Test(arguments: harmless) func letThrough(_ text: String) {
        #expect(withView(text) { CrossSiteScriptingDetector.detect($0) } == nil)
    }

    /// Numbers of references at the end of the code space and one past it, and without end.
    @Test func characterReferences() {
        let rows: [(String, [UInt32])] = [
            ("&#65;", [65]), ("&#x41", [65]), ("&#X4a;b", [0x4A, 0x62]), ("&#;", [0x26, 0x23, 0x3B]),
            ("&#x", [0x26, 0x23, 0x78]),
            ("&#1114111;", [0x10FFFF]), ("&#1114112;", Array("&#1114112;".utf8).map(UInt32.init)),
            ("&", [0x26]), ("&#", [0x26, 0x23]),
            ("&Tab;&colon;", [0x09, 0x3A]), ("&amp;", Array("&amp;".utf8).map(UInt32.init)),
        ]
        for (text, characters) in rows {
            let read = withView(text) { view in
                var reader = CharacterReferenceReader(view)
                var characters: [UInt32] = []
                while let character = reader.next() { characters.append(character) }
                return characters
            }
            #expect(read == characters, "\(text)")
        }
        let long = "&#" + String(repeating: "9", count: 100_000)
        withView(long) { view in
            var reader = CharacterReferenceReader(view)
            #expect(reader.next() == 0x26)
        }
    }
}

extension CrossSiteScriptingDetectorTests.Row {
    /// The same, found as text already.
    var asText: Self { Self(text, reason, .text) }
}
