internal import Bytes
import Testing

@testable import Detection

/// Markup and its tokens, as `type:text` joined by blanks.
struct MarkupRow: Sendable, CustomTestStringConvertible {
    var text: String
    var tokens: String
    var context: HTMLContext

    init(_ text: String, _ tokens: String, _ context: HTMLContext = .text) {
        self.text = text
        self.tokens = tokens
        self.context = context
    }

    var testDescription: String { text }
}

@Suite("HTML tokens: WHATWG HTML section 13.2.5") struct HTMLTokenizerTests {
    static let rows: [MarkupRow] = [
        MarkupRow("", ""), MarkupRow("text", "text:text"), MarkupRow("<", ""), MarkupRow("a<", "text:a"),
        MarkupRow("<1", "text:< text:1"),
        MarkupRow("<p>", "tagName:p tagEnd:>"), MarkupRow("a<p>b", "text:a tagName:p tagEnd:> text:b"),
        MarkupRow("<p", "tagName:p"), MarkupRow("<p/>", "tagName:p selfClosingEnd:/>"),
        MarkupRow("<p / q>", "tagName:p attributeName:q tagEnd:>"),
        MarkupRow("</p>x", "closingTag:p text:x"), MarkupRow("</p >", "tagName:p tagEnd:>"),
        MarkupRow("</>x", "text:x"),
        MarkupRow("</ x>", "comment: x"),
        MarkupRow("<p a>", "tagName:p attributeName:a tagEnd:>"),
        MarkupRow("<p a=b c>", "tagName:p attributeName:a attributeValue:b attributeName:c tagEnd:>"),
        MarkupRow("<p a = 'b'c>", "tagName:p attributeName:a attributeValue:b attributeName:c tagEnd:>"),
        MarkupRow("<p a=\"b", "tagName:p attributeName:a attributeValue:b"),
        MarkupRow("<p a=`b`>", "tagName:p attributeName:a attributeValue:b tagEnd:>"),
        MarkupRow("<p a=>", "tagName:p attributeName:a attributeValue: tagEnd:>"),
        MarkupRow("<p =a>", "tagName:p attributeName:=a tagEnd:>"),
        MarkupRow("<!-- a -->b", "comment: a  text:b"), MarkupRow("<!--a--!>b", "comment:a text:b"),
        MarkupRow("<!--a-`>b", "comment:a text:b"),
        MarkupRow("<!--a--\u{0}>b", "comment:a text:b"), MarkupRow("<!--a", "comment:a"),
        MarkupRow("<!a>b", "comment:a text:b"),
        MarkupRow("<?a>b", "comment:a text:b"), MarkupRow("<%a>b%>c", "comment:a>b text:c"),
        MarkupRow("<!DocType a>b", "documentType:DocType a text:b"),
        MarkupRow("<![CDATA[a]]>b", "text:a text:b"),
        MarkupRow("<![CDATA[a", "text:a"), MarkupRow("<!", "comment:"),
        MarkupRow("a b=c", "attributeName:a attributeName:b attributeValue:c", .unquotedValue),
        MarkupRow(
            "a' b=c>d", "attributeValue:a attributeName:b attributeValue:c tagEnd:> text:d",
            .singleQuotedValue),
        MarkupRow("a\"b", "attributeValue:a attributeName:b", .doubleQuotedValue),
        MarkupRow("`/>a", "attributeValue: selfClosingEnd:/> text:a", .backquotedValue),
        MarkupRow("a", "attributeValue:a", .singleQuotedValue),
    ]

    @Test(arguments: rows) func tokens(_ row: MarkupRow) {
        let tokens = withView(row.text) { view in
            var tokenizer = HTMLTokenizer(view, context: row.context)
            var tokens: [String] = []
            while let token = tokenizer.next() {
                tokens.append("\(token.type):\(view[token.start..<token.end].string)")
            }
            return tokens
        }
        #expect(tokens.joined(separator: " ") == row.tokens)
    }

    /// Cut anywhere, the tokens lie in order inside the input and come to an end.
    @Test(arguments: rows) func cutAnywhere(_ row: MarkupRow) {
        let bytes = Array(row.text.utf8)
        for cut in 0...bytes.count {
            withView(Array(bytes[..<cut])) { view in
                var tokenizer = HTMLTokenizer(view, context: row.context)
                var end = 0
                var count = 0
                while let token = tokenizer.next() {
                    #expect(token.start >= end && token.end >= token.start && token.end <= view.count)
                    end = token.end
                    count += 1
                    #expect(count <= view.count + 1)
                }
            }
        }
    }
}
