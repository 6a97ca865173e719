internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("Multipart bodies: RFC 7578, as ModSecurity 2 reads them") struct MultipartParserTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var body: String
        var parts: [String]
        var flags: MultipartFlags
        var error: MultipartError?
        var testDescription: String { name }

        init(
            _ name: String, _ body: String, _ parts: [String] = [], _ flags: MultipartFlags = .crlfLine,
            _ error: MultipartError? = nil
        ) {
            self.name = name
            self.body = body
            self.parts = parts
            self.flags = flags
            self.error = error
        }
    }

    static func part(_ disposition: String, _ content: String = "x") -> String {
        "--BB\r\nContent-Disposition: \(disposition)\r\n\r\n\(content)\r\n"
    }

    static func form(_ disposition: String) -> String { part(disposition) + "--BB--\r\n" }

    static let end = "--BB--\r\n"

    static let rows: [Row] = [
        Row("empty body", "", [], []),
        Row("one field", part("form-data; name=\"f\"", "val%20ue+x") + end, ["f=val%20ue+x"]),
        Row("no line end behind the final boundary", part("form-data; name=\"f\"") + "--BB--", ["f=x"]),
        Row(
            "two fields", part("form-data; name=\"a\"", "1") + part("form-data; name=\"b\"", "2") + end,
            ["a=1", "b=2"]),
        Row(
            "a file", part("form-data; name=\"up\"; filename=\"a b.txt\"", "line 1\r\nline 2\n") + end,
            ["up[a b.txt]=line 1\r\nline 2\n"]),
        Row("no file chosen", part("form-data; name=\"up\"; filename=\"\"", "") + end, ["up[]="]),
        Row("empty content", "--BB\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n" + end, ["f="]),
        Row("content of line ends", part("form-data; name=f", "\r\n\r\n") + end, ["f=\r\n\r\n"]),
        Row("content of LF", "--BB\r\nContent-Disposition: form-data; name=f\r\n\r\n\n" + end, ["f="]),
        Row("no parts", end, []),
        Row(
            "LF line ends",
            "--BB\nContent-Disposition: form-data; name=\"f\"\n\nval\n"
                + "--BB\nContent-Disposition: form-data; name=\"up\"; filename=\"a\"\n"
                + "X-Odd:  yes \n\nfile body\nline 2\n--BB--\n",
            ["f=val", "up[a]=file body\nline 2"], .lfLine),
        Row(
            "both line ends", "--BB\r\nContent-Disposition: form-data; name=f\n\nx\r\n" + end, ["f=x"],
            [.crlfLine, .lfLine, .crlfLFLines]),
        Row("data before", "preamble\r\n" + form("form-data; name=f"), ["f=x"], [.crlfLine, .dataBefore]),
        Row("data after", form("form-data; name=f") + "epilogue\r\n", ["f=x"], [.crlfLine, .dataAfter]),
        Row("another final boundary", form("form-data; name=f") + end, ["f=x"], [.crlfLine, .dataAfter]),
        // Boundaries that are none.
        Row("final boundary missing", part("form-data; name=f", "x"), [], .crlfLine, .finalBoundaryMissing),
        Row(
            "cut in the final boundary", part("form-data; name=f", "x") + "--BB-", [], .crlfLine,
            .finalBoundaryMissing),
        Row(
            "boundary without line end", part("form-data; name=f", "x") + "--BB", [], .crlfLine,
            .finalBoundaryMissing),
        Row(
            "cut in the headers", "--BB\r\nContent-Disposition: form-data; name=f\r\n", [], .crlfLine,
            .finalBoundaryMissing),
        Row("no boundary at all", "a=1&b=2\r\n", [], .dataBefore, .noBoundaryFound),
        Row("no line at all", "a=1&b=2", [], [], .noBoundaryFound),
        Row(
            "another boundary", "--CC\r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n--CC--\r\n", [],
            [.dataBefore, .unmatchedBoundary], .noBoundaryFound),
        Row(
            "boundary with more behind it", part("form-data; name=f") + "--BBx\r\n" + end, [], .crlfLine,
            .boundaryLineMalformed(offset: 51)),
        Row("blanks behind the boundary", "--BB \r\n" + end, [], [], .boundaryLineMalformed(offset: 0)),
        Row("white space before the boundary", "-- BB\r\n" + end, [], [], .boundaryLineIndented(offset: 0)),
        Row(
            "line like a boundary", part("form-data; name=f", "--other\r\nx") + end, ["f=--other\r\nx"],
            [.crlfLine, .unmatchedBoundary]),
        Row("two dashes and LF", part("form-data; name=f", "--\nx") + end, ["f=--\nx"]),
        Row(
            "boundary inside a line", part("form-data; name=f", "a --BB") + end, ["f=a --BB"],
            [.crlfLine, .unmatchedBoundary]),
        Row(
            "boundary inside a header",
            "--BB\r\nX: --BB\r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n" + end, ["f=x"],
            [.crlfLine, .unmatchedBoundary]),
        Row(
            "boundary ends the headers",
            "--BB\r\nContent-Disposition: form-data; name=f\r\n"
                + "--BB\r\nContent-Disposition: form-data; name=g\r\n\r\nx\r\n"
                + end, ["g=x"], [.crlfLine, .invalidPart]),
        Row("final boundary ends the headers", "--BB\r\n" + end, [], [.crlfLine, .invalidPart]),
        // Headers.
        Row(
            "folded header", "--BB\r\nContent-Disposition: form-data;\r\n name=\"f\"\r\n\r\nx\r\n" + end,
            ["f=x"], [.crlfLine, .headerFolding]),
        Row(
            "folded twice",
            "--BB\r\nContent-Disposition:\r\n\tform-data;\r\n   name=\"f\"\r\nX: y\r\n\r\nx\r\n" + end,
            ["f=x"], [.crlfLine, .headerFolding]),
        Row(
            "folded with a form feed",
            "--BB\r\nContent-Disposition: form-data;\r\n\u{C}name=\"f\"\r\n\r\nx\r\n" + end, ["f=x"],
            [.crlfLine, .headerFolding, .invalidHeaderFolding]),
        Row(
            "folded, the second blank odd",
            "--BB\r\nContent-Disposition: form-data;\r\n \u{B}name=\"f\"\r\n\r\nx\r\n" + end, ["f=x"],
            [.crlfLine, .headerFolding, .invalidHeaderFolding]),
        Row(
            "fold without header", "--BB\r\n name=\"f\"\r\n\r\nx\r\n" + end, [], [.crlfLine, .headerFolding],
            .foldingWithoutHeader(offset: 6)),
        Row(
            "header names in any case", "--BB\r\ncONTENT-dISPOSITION:form-data; name=f\r\n\r\nx\r\n" + end,
            ["f=x"]),
        Row(
            "no disposition", "--BB\r\nContent-Type: text/plain\r\n\r\nx\r\n" + end, [], .crlfLine,
            .dispositionMissing(offset: 32)),
        Row("no headers", "--BB\r\n\r\nx\r\n" + end, [], .crlfLine, .dispositionMissing(offset: 6)),
        Row(
            "no colon", "--BB\r\nContent-Disposition\r\n\r\nx\r\n" + end, [], .crlfLine,
            .headerColonMissing(offset: 6)),
        Row("no header name", "--BB\r\n:\r\n\r\nx\r\n" + end, [], .crlfLine, .headerNameMissing(offset: 6)),
        Row(
            "header twice", "--BB\r\nX: 1\r\nx:2\r\n\r\nx\r\n" + end, [], .crlfLine,
            .headerRepeated(offset: 12)),
        Row(
            "NUL in a header", "--BB\r\nX\u{0}: 1\r\n\r\nx\r\n" + end, [], .crlfLine,
            .headerHoldsNUL(offset: 6)),
        Row("NUL in the content", part("form-data; name=f", "a\u{0}b") + end, ["f=a\u{0}b"]),
        Row(
            "odd bytes in a header name",
            "--BB\r\nContent\u{E}-Disposition: a\r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n"
                + end, ["f=x"]),
        Row(
            "what came before an error stays", part("form-data; name=a") + "--BB\r\n\r\n" + end, ["a=x"],
            .crlfLine, .dispositionMissing(offset: 57)),
    ]

    @Test(arguments: rows) func parse(_ row: Row) {
        let outcome = FormOutcome.of(row.body)
        #expect(outcome.parts == row.parts)
        #expect(outcome.flags == row.flags)
        #expect(outcome.error == row.error)
    }

    /// A cut body never gives other parts than the whole, and is whole only behind its final boundary.
    @Test(arguments: rows) func everyPrefix(_ row: Row) {
        let body = Array(row.body.utf8)
        for cut in 1..<max(1, body.count) {
            let outcome = FormOutcome.of(Array(body[..<cut]))
            #expect(outcome.parts == Array(row.parts.prefix(outcome.parts.count)))
            if outcome.error == nil {
                #expect(String(decoding: body[..<cut], as: UTF8.self).contains("--BB--"))
            }
            #expect(outcome.flags.subtracting(row.flags).isEmpty)
        }
    }

    @Test func headerLinesAreKeptWhole() {
        let body =
            "--BB\r\nContent-Disposition: form-data; name=\"up\"; filename=\"f\"\r\n"
            + "X-Odd:  yes \r\nY:\r\n z\r\n\r\nx\r\n--BB--\r\n"
        #expect(
            FormOutcome.of(body).headers
                == ["Content-Disposition: form-data; name=\"up\"; filename=\"f\"", "X-Odd:  yes ", "Y: z"])
    }

    @Test func boundaryFlagsAreKept() {
        let quoted = FormOutcome.of(
            Self.form("form-data; name=f"), contentType: "multipart/form-data; boundary=\"BB\"")
        #expect(
            quoted.parts == ["f=x"] && quoted.flags == [.crlfLine, .boundaryQuoted]
                && quoted.flags.isStrictError)
        let line = FormOutcome.of("--\"BB\"\r\n", contentType: "multipart/form-data; boundary=\"BB\"")
        #expect(line.error == .boundaryLineQuoted(offset: 0))
    }

    @Test func strictness() {
        #expect(!MultipartFlags([.crlfLine, .crlfLFLines, .unmatchedBoundary]).isStrictError)
        for flag in [
            MultipartFlags.boundaryQuoted, .boundaryWhitespace, .dataBefore, .dataAfter, .headerFolding,
            .lfLine,
            .missingSemicolon, .invalidQuoting, .invalidPart, .invalidHeaderFolding, .fileLimitExceeded,
        ] { #expect(flag.isStrictError) }
    }

    @Test func whatThereIsOfACutPartIsKept() {
        #expect(FormOutcome.of(Self.part("form-data; name=f", "abc")).cutPart == "f=abc\r\n")
        #expect(
            FormOutcome.of(Self.part("form-data; name=f; filename=g", "abc") + "--BBx\r\n").cutPart
                == "f=abc\r\n--BBx\r\n")
        #expect(FormOutcome.of("--BB\r\nContent-Disposition: form-data; name=f\r\n").cutPart == nil)
        #expect(FormOutcome.of(Self.form("form-data; name=f")).cutPart == nil)
    }

    @Test func fileBytesAreCounted() {
        let body =
            Self.part("form-data; name=a", "12345") + Self.part("form-data; name=b; filename=c", "123")
            + Self.part("form-data; name=d; filename=e", "1234") + Self.end
        #expect(FormOutcome.of(body).fileBytes == 7)
    }
}
