internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("Content-Disposition of a part: RFC 7578 section 4.2") struct ContentDispositionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var part: String?
        var isQuotedOddly: Bool
        var flaw: DispositionFlaw?
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ part: String, odd: Bool = false) {
            self.text = text
            self.part = part
            isQuotedOddly = odd
        }

        init(_ text: String, _ flaw: DispositionFlaw, odd: Bool = false) {
            self.text = text
            self.flaw = flaw
            isQuotedOddly = odd
        }
    }

    static let rows: [Row] = [
        Row("form-data; name=\"f\"", "f="), Row("form-data;name=f", "f="),
        Row("form-data ; name = \"f\" ", "f="),
        Row("form-data; name=\"f\";", "f="), Row("form-data; name=\"\"", "="),
        Row("form-data; name=\"f\"; filename=\"a\"", "f[a]="),
        Row("form-data; filename=\"a\"; name=\"f\"", "f[a]="),
        Row("form-data; name=\"a\\\"b\\\\c\"", "a\"b\\c="),
        Row("form-data; name=f; filename=\"C:\\dir\\x\"", "f[C:\\dir\\x]="),
        Row("form-data; name=\";filename=x\"", ";filename=x="), Row("form-data; name=\"fi=le;\"", "fi=le;="),
        Row("form-data; name=\"it's\"", "it's="),
        Row("form-data; name=\"\u{E9}\u{4FE1}\"", "\u{E9}\u{4FE1}="),
        Row("form-data; name={f}", "{f}="), Row("form-data; name=;", "="),
        Row("form-data; name='f'", "f=", odd: true), Row("form-data; name='a\\'b'", "a'b=", odd: true),
        Row("form-data; name=fi'le", "fi'le=", odd: true),
        Row("form-data; name=f; filename='x.php'", "f[x.php]=", odd: true),
        Row("Form-Data; name=f", .notFormData), Row("attachment; name=f", .notFormData),
        Row("form-dat", .notFormData),
        Row("form-data", .nameMissing), Row("form-data;", .nameMissing),
        Row("form-data; filename=x", .nameMissing),
        Row("form-data name=f", .separator), Row("form-dataX; name=f", .separator),
        Row("form-data, name=f", .separator),
        Row("form-data; name=\"f\"x", .separator, odd: true),
        Row("form-data; name=f, filename=x", .separator),
        Row("form-data; name=\"f\" x", .separator), Row("form-data; name=\u{E9}", .separator),
        Row("form-data; ", .parameter), Row("form-data; name", .parameter),
        Row("form-data; name x=f", .parameter),
        Row("form-data; name=", .parameter), Row("form-data; name= ", .parameter),
        Row("form-data; ;name=f", .unknownParameter),
        Row("form-data; name=\"f", .unterminatedQuote), Row("form-data; name=\"", .unterminatedQuote),
        Row("form-data; name=\"f\\\"", .unterminatedQuote), Row("form-data; name=\"f\\", .unterminatedQuote),
        Row("form-data; name='f\"", .unterminatedQuote, odd: true),
        Row("form-data; name=f; filename*=UTF-8''x.php", .unknownParameter),
        Row("form-data; x=y; name=f", .unknownParameter),
        Row("form-data; NAME=f", .unknownParameter),
        Row("form-data; name=a; name=b", .duplicateName),
        Row("form-data; name=a; filename=b; filename=c", .duplicateFilename),
        Row("form-data; name=';filename=\"dummy';name=b;\"", .duplicateName, odd: true),
        Row("form-data; name=f; filename =x", .filename),
    ]

    @Test(arguments: rows) func parse(_ row: Row) {
        let body = "--BB\r\nContent-Disposition: \(row.text)\r\n\r\n\r\n--BB--\r\n"
        let outcome = FormOutcome.of(body)
        #expect(outcome.parts == row.part.map { [$0] } ?? [])
        #expect(outcome.flags == (row.isQuotedOddly ? [.crlfLine, .invalidQuoting] : .crlfLine))
        let offset = 6 + 21 + row.text.utf8.count + 2
        #expect(outcome.error == row.flaw.map { .dispositionInvalid($0, offset: offset) })
    }

    @Test func theNameReadLastIsKept() {
        #expect(FormOutcome.of(MultipartParserTests.form("form-data; name=a; name=b")).lastName == "b")
        #expect(FormOutcome.of(MultipartParserTests.form("form-data; name=a; x=b")).lastName == "a")
        #expect(FormOutcome.of(MultipartParserTests.form("form-data")).lastName == nil)
    }
}
