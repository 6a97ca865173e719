// Multipart bodies: fields are arguments, the others files.

internal import BodyFormats
internal import Bytes
internal import RuleStore

extension Transaction {
    func readMultipart(_ body: ByteView, isTruncated: Bool, _ rules: RuleSet) {
        reading.parts.isPresent = true
        let type = requestHeaders.first("Content-Type") ?? .empty
        let limits = MultipartLimits(files: rules.view.fileLimit)
        let boundary: MultipartBoundary
        do throws(MultipartError) {
            boundary = try MultipartBoundary(contentType: type, limits: limits)
        } catch {
            return failReading("Multipart parsing error (init): ", error.message)
        }
        var parser = MultipartParser(body, boundary: boundary, limits: limits, arena: arena)
        do throws(MultipartError) {
            while let part = try parser.nextPart() {
                guard take(part, headers: parser.headerLines, rules) else { break }
            }
        } catch {
            // What the part that broke off holds is judged too.
            if let part = parser.cutPart { _ = take(part, headers: parser.headerLines, rules) }
            if !(isTruncated && error == .finalBoundaryMissing) {
                failReading("Multipart parsing error: ", error.message)
            }
        }
        reading.parts.flags = parser.flags
        reading.parts.lastName = parser.lastName
        reading.parts.lastFilename = parser.lastFilename
    }

    /// - Returns: false when a limit keeps further parts out.
    private func take(_ part: MultipartPart, headers: [ByteView], _ rules: RuleSet) -> Bool {
        for line in headers { reading.parts.headers.append(name: part.name, value: line) }
        if let filename = part.filename {
            reading.parts.append(field: part.name, filename: filename, content: part.content)
            return true
        }
        return appendArgument(name: part.name, value: part.content, rules)
    }
}
