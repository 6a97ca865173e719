internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("Multipart limits") struct MultipartLimitsTests {
    static let field = MultipartParserTests.part("form-data; name=f")
    static let file = MultipartParserTests.part("form-data; name=f; filename=g")
    static let end = MultipartParserTests.end

    @Test func parts() {
        let limits = MultipartLimits(parts: 2)
        #expect(FormOutcome.of(Self.field + Self.field + Self.end, limits: limits).error == nil)
        let over = FormOutcome.of(Self.field + Self.field + Self.field + Self.end, limits: limits)
        #expect(over.error == .tooManyParts(limit: 2) && over.parts.count == 2)
        // Parts without an end of their headers count as well.
        #expect(FormOutcome.of("--BB\r\n--BB\r\n--BB\r\n", limits: limits).error == .tooManyParts(limit: 2))
    }

    @Test func files() {
        let limits = MultipartLimits(files: 2)
        #expect(FormOutcome.of(Self.file + Self.file + Self.end, limits: limits).flags == .crlfLine)
        let over = FormOutcome.of(Self.file + Self.file + Self.field + Self.file + Self.end, limits: limits)
        #expect(over.flags == [.crlfLine, .fileLimitExceeded] && over.parts.count == 4 && over.error == nil)
    }

    static func headers(_ count: Int) -> String {
        (1..<count).map { "X-\($0): y\r\n" }.joined() + "Content-Disposition: form-data; name=f\r\n\r\nx\r\n"
            + end
    }

    @Test func headersPerPart() {
        let limits = MultipartLimits(headersPerPart: 3)
        #expect(FormOutcome.of("--BB\r\n" + Self.headers(3), limits: limits).parts == ["f=x"])
        #expect(
            FormOutcome.of("--BB\r\n" + Self.headers(4), limits: limits).error
                == .tooManyHeaders(limit: 3, offset: 30))
    }

    @Test func headerLines() {
        let line = "Content-Disposition: form-data; name=f\r\n"
        let body = "--BB\r\n" + line + "\r\nx\r\n" + Self.end
        #expect(FormOutcome.of(body, limits: MultipartLimits(headerLineBytes: line.utf8.count)).error == nil)
        let limit = line.utf8.count - 1
        #expect(
            FormOutcome.of(body, limits: MultipartLimits(headerLineBytes: limit)).error
                == .headerLineTooLong(limitBytes: limit, offset: 6))
    }

    /// What folding adds up to is limited as a line is, and takes time and memory in proportion.
    @Test func folding() {
        let folds = String(repeating: " x\r\n", count: 20)
        let body = "--BB\r\nContent-Disposition: form-data; name=f\r\nX: y\r\n\(folds)\r\nx\r\n" + Self.end
        #expect(FormOutcome.of(body, limits: MultipartLimits(headerLineBytes: 44)).parts == ["f=x"])
        guard
            case .headerLineTooLong(43, _)? = FormOutcome.of(
                body, limits: MultipartLimits(headerLineBytes: 43)
            ).error
        else {
            Issue.record("a folded header over the limit was accepted")
            return
        }
        let many = String(repeating: " x\r\n", count: 2_000)
        let part = "--BB\r\nContent-Disposition: form-data; name=f\r\nX: y\r\n\(many)\r\nx\r\n"
        let bytes = Array((String(repeating: part, count: 20) + Self.end).utf8)
        withView(bytes) { view in
            withView("multipart/form-data; boundary=BB") { field in
                let arena = Arena()
                guard let boundary = try? MultipartBoundary(contentType: field) else { return }
                var parser = MultipartParser(
                    view, boundary: boundary, limits: MultipartLimits(), arena: arena)
                while let part = try? parser.nextPart() { #expect(part.name.equals("f")) }
                #expect(parser.partCount == 20 && arena.allocatedBytes < bytes.count)
            }
        }
    }

    @Test func maximumLimits() {
        let limits = MultipartLimits(
            contentTypeBytes: .max, parts: .max, files: .max, headersPerPart: .max, headerLineBytes: .max)
        #expect(FormOutcome.of(Self.file + Self.end, limits: limits).parts == ["f[g]=x"])
    }
}
