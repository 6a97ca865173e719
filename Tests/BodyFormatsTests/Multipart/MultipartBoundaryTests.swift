internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("Boundary parameter: RFC 2046 section 5.1.1, as ModSecurity reads it") struct MultipartBoundaryTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var contentType: String
        var text: String
        var flags: MultipartFlags
        var error: MultipartError?
        var testDescription: String { contentType.debugDescription }

        init(_ contentType: String, _ text: String, _ flags: MultipartFlags = []) {
            self.contentType = contentType
            self.text = text
            self.flags = flags
        }

        init(_ contentType: String, _ error: MultipartError) {
            self.contentType = contentType
            self.error = error
            text = ""
            flags = []
        }
    }

    static let bchars = "0123456789AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz '()+_,-./:=?"

    static let rows: [Row] = [
        Row("multipart/form-data; boundary=0000", "0000"),
        Row("Multipart/FORM-data;boundary=0000", "0000"),
        Row("multipart/form-data;\t boundary=--------0xKhTmLbOuNdArY", "--------0xKhTmLbOuNdArY"),
        Row("multipart/form-data; boundary=---boundary", "---boundary"),
        Row("multipart/form-data; boundary=\(bchars)", bchars),
        Row("multipart/form-data;boundary=\"0000\"", "0000", [.boundaryQuoted]),
        Row("multipart/form-data;boundary=\" 0000\"", " 0000", [.boundaryQuoted]),
        Row("multipart/form-data;boundary=\"0000 1111\"", "0000 1111", [.boundaryQuoted]),
        Row("multipart/form-data;boundary=0000 1111", "0000 1111"),
        Row("multipart/form-data; boundary =0000", "0000", [.boundaryWhitespace]),
        Row("multipart/form-data; boundary= 0000", " 0000", [.boundaryWhitespace]),
        Row("multipart/form-data boundary=0000", "0000", [.missingSemicolon]),
        Row("multipart/form-data", .boundaryMissing),
        Row("multipart/form-data; charset=x", .boundaryMissing),
        Row("multipart/mixed; boundary=0000", .wrongMediaType),
        Row("multipart/form", .wrongMediaType),
        Row("", .wrongMediaType),
        Row("multipart/form-data, boundary=0000", .boundaryMalformed),
        Row("multipart/form-data;; boundary=0000", .boundaryMalformed),
        Row("multipart/form-data; charset=x; boundary=0000", .boundaryMalformed),
        Row("multipart/form-data; boundary", .boundaryMalformed),
        Row("multipart/form-data; bOundAry=0000", .boundaryNameCase),
        Row("multipart/form-data; boundary123=0000", .boundaryNameMalformed),
        Row("multipart/form-data; boundary=\"0000\"; boundary=1111", .boundaryRepeated),
        Row("multipart/form-data; boundary=0000, BOUNDARY=1111", .boundaryRepeated),
        Row("multipart/form-data; boundary=", .boundaryEmpty),
        Row("multipart/form-data; boundary=\"\"", .boundaryEmpty),
        Row("multipart/form-data; boundary=\"", .boundaryHalfQuoted),
        Row("multipart/form-data; boundary=\"0000", .boundaryHalfQuoted),
        Row("multipart/form-data; boundary=0000\"", .boundaryHalfQuoted),
        Row("multipart/form-data; boundary=\"0000 \"", .boundaryCharacters),
        Row("multipart/form-data; boundary=0000!1111", .boundaryCharacters),
        Row("multipart/form-data; boundary=00\"00", .boundaryCharacters),
        Row("multipart/form-data; boundary=\"00\"00\"", .boundaryCharacters),
        Row("multipart/form-data; boundary=\"00\"\"00\"", .boundaryCharacters),
        Row("multipart/form-data; boundary=0000; charset=x", .boundaryCharacters),
        Row("multipart/form-data; boundary=\u{E9}", .boundaryCharacters),
        Row("multipart/form-data; boundary=a\u{0}b", .boundaryCharacters),
    ]

    @Test(arguments: rows) func read(_ row: Row) {
        withView(row.contentType) { field in
            do throws(MultipartError) {
                let boundary = try MultipartBoundary(contentType: field)
                #expect(row.error == nil && boundary.text.string == row.text && boundary.flags == row.flags)
            } catch {
                #expect(row.error == error)
            }
        }
    }

    @Test func length() {
        let limits = MultipartLimits(contentTypeBytes: 40)
        let prefix = "multipart/form-data; boundary="
        let fits = prefix + String(repeating: "b", count: 10)
        #expect(withView(fits) { (try? MultipartBoundary(contentType: $0, limits: limits)) != nil })
        #expect(throws: MultipartError.contentTypeTooLong(limitBytes: 40)) {
            try withView(fits + "b") { view throws(MultipartError) in
                _ = try MultipartBoundary(contentType: view, limits: limits)
            }
        }
    }
}
