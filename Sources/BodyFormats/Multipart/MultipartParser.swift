// multipart/form-data bodies, part by part. RFC 7578, RFC 2046 section 5.1; flags and refusals as
// in ModSecurity 2, as the rules that judge them were written for it.
//
//   state      boundary line          final boundary line   other line
//   preamble   headers                complete              data before
//   headers    headers, invalid part  complete, the same    a header; an empty line ends them
//   content    part, headers          part, complete        content
//   complete   data after             data after            data after

package import Bytes

/// Hands out one part after the other; contents and header lines are slices of the body.
///
/// The consumer may stop between two parts and go on later. What was delivered before an error
/// was found stands; `flags` then hold what was seen up to there.
package struct MultipartParser {
    private enum State {
        case preamble, headers, complete
        case failed(MultipartError)
    }

    package internal(set) var flags: MultipartFlags
    /// Each header line of the part delivered last, without its line end; a folded one joined by
    /// single spaces. Valid until the next call.
    package private(set) var headerLines: [ByteView] = []
    /// The `name` read last, and so that of a part that was refused.
    package private(set) var lastName: ByteView?
    package private(set) var lastFilename: ByteView?
    /// The part whose content was being read when the body turned out broken or cut short, with what
    /// there is of it: whoever passes such a body on, or judges the front of a longer one, wants it
    /// judged too.
    package private(set) var cutPart: MultipartPart?
    /// Parts delivered so far.
    package private(set) var partCount = 0
    package private(set) var fileCount = 0
    /// Content of the files delivered so far; the rest of the body is what "without files" counts.
    package private(set) var fileBytes = 0

    let body: ByteView
    let boundary: ByteView
    private let delimiter: ByteView
    private let limits: MultipartLimits
    private let arena: Arena
    var position = 0
    private var state = State.preamble
    /// Boundary lines that opened a part.
    private var openedParts = 0

    /// - Parameters:
    ///   - body: The whole body; an empty one has no parts and is no error.
    ///   - arena: Where names with escapes and folded headers are put together. Parts are valid
    ///     until it is reset, or the body goes away.
    package init(_ body: ByteView, boundary: MultipartBoundary, limits: MultipartLimits, arena: Arena) {
        self.body = body
        self.boundary = boundary.text
        self.flags = boundary.flags
        self.limits = limits
        self.arena = arena
        let text = boundary.text
        delimiter = arena.fill(upTo: text.count + 2) { output in
            output.append(ASCII.byte("-"))
            output.append(ASCII.byte("-"))
            for index in text.indices { output.append(text[index]) }
        }
        if body.isEmpty { state = .complete }
    }

    /// The next part in the body's order, nil behind the last one.
    package mutating func nextPart() throws(MultipartError) -> MultipartPart? {
        do {
            return try advance()
        } catch {
            state = .failed(error)
            throw error
        }
    }

    private mutating func advance() throws(MultipartError) -> MultipartPart? {
        while true {
            switch state {
            case .failed(let error): throw error
            case .complete: return nil
            case .preamble: try skipPreamble()
            case .headers:
                if let disposition = try readHeaders() { return try readContent(disposition) }
            }
        }
    }

    /// Enters the state that a boundary line leads to. A part too many fails only the next call, so
    /// that the part that ends here is delivered.
    private mutating func pass(_ boundary: MultipartLine.Kind) {
        if boundary == .finalBoundary {
            state = .complete
            if position < body.count { flags.insert(.dataAfter) }
            return
        }
        if openedParts < limits.parts {
            openedParts += 1
            state = .headers
        } else {
            state = .failed(.tooManyParts(limit: limits.parts))
        }
    }

    private mutating func skipPreamble() throws(MultipartError) {
        while let line = try nextLine(delimiter: delimiter) {
            if line.kind != .other { return pass(line.kind) }
            flags.insert(.dataBefore)
            noteBoundary(in: body[line.range])
        }
        throw .noBoundaryFound
    }

    /// - Returns: nil when a boundary ended the part before its headers were complete.
    private mutating func readHeaders() throws(MultipartError) -> ContentDisposition? {
        var headers = PartHeaders(limits: limits, arena: arena)
        headerLines.removeAll(keepingCapacity: true)
        swap(&headers.lines, &headerLines)
        defer { swap(&headers.lines, &headerLines) }
        while let line = try nextLine(delimiter: delimiter) {
            guard line.kind == .other else {
                flags.insert(.invalidPart)
                pass(line.kind)
                return nil
            }
            noteLineEnd(of: line)
            noteBoundary(in: body[line.range])
            let isLast = try headers.add(body[line.range], offset: line.range.lowerBound, &flags)
            if isLast { return try readDisposition(headers, offset: line.range.lowerBound) }
        }
        throw .finalBoundaryMissing
    }

    private mutating func readDisposition(
        _ headers: PartHeaders, offset: Int
    ) throws(MultipartError) -> ContentDisposition {
        guard let value = headers.disposition else { throw .dispositionMissing(offset: offset) }
        var disposition = ContentDisposition(value, arena: arena)
        let flaw: DispositionFlaw?
        do {
            try disposition.parse()
            flaw = nil
        } catch { flaw = error }
        if disposition.hasInvalidQuoting { flags.insert(.invalidQuoting) }
        if let name = disposition.name { lastName = name }
        if let filename = disposition.filename { lastFilename = filename }
        if let flaw { throw .dispositionInvalid(flaw, offset: offset) }
        return disposition
    }

    private mutating func readContent(
        _ disposition: ContentDisposition
    ) throws(MultipartError) -> MultipartPart {
        var part = MultipartPart(
            name: disposition.name ?? .empty, filename: disposition.filename, content: .empty,
            contentOffset: position)
        let line: MultipartLine
        do {
            line = try skipContent()
        } catch {
            part.content = body[part.contentOffset..<position]
            cutPart = part
            throw error
        }
        part.content = body[part.contentOffset..<contentEnd(part.contentOffset, line.range.lowerBound)]
        noteBoundary(in: part.content)
        partCount += 1
        if part.isFile {
            fileCount += 1
            fileBytes += part.content.count
            if fileCount > limits.files { flags.insert(.fileLimitExceeded) }
        }
        pass(line.kind)
        return part
    }

    /// - Returns: The boundary line that ends the content.
    private mutating func skipContent() throws(MultipartError) -> MultipartLine {
        while let line = try nextLine(delimiter: delimiter) {
            if line.kind != .other { return line }
        }
        throw .finalBoundaryMissing
    }

    /// The line end before a boundary belongs to the boundary (RFC 2046 section 5.1.1).
    private func contentEnd(_ start: Int, _ boundaryStart: Int) -> Int {
        guard boundaryStart > start else { return start }
        let lineFeed = boundaryStart - 1
        return lineFeed > start && body[lineFeed - 1] == ASCII.carriageReturn ? lineFeed - 1 : lineFeed
    }

    /// The boundary in the middle of a line, or where it does not count.
    private mutating func noteBoundary(in text: ByteView) {
        if text.firstRange(of: delimiter) != nil { flags.insert(.unmatchedBoundary) }
    }
}
