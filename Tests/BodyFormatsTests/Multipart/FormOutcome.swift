// What a body gives, as values that a table can hold.

internal import BodyFormats
internal import Bytes

/// Every part as `name=content` or `name[filename]=content`, header lines, flags and the error.
struct FormOutcome: Equatable, Sendable {
    var parts: [String] = []
    var headers: [String] = []
    var flags: MultipartFlags = []
    var error: MultipartError?
    var lastName: String?
    var fileBytes = 0
    var cutPart: String?

    static func of(
        _ body: [UInt8], contentType: String = "multipart/form-data; boundary=BB",
        limits: MultipartLimits = MultipartLimits()
    ) -> FormOutcome {
        withView(contentType) { field in
            withView(body) { view in
                let arena = Arena()
                var outcome = FormOutcome()
                let boundary: MultipartBoundary
                do throws(MultipartError) {
                    boundary = try MultipartBoundary(contentType: field, limits: limits)
                } catch {
                    outcome.error = error
                    return outcome
                }
                var parser = MultipartParser(view, boundary: boundary, limits: limits, arena: arena)
                do throws(MultipartError) {
                    while let part = try parser.nextPart() {
                        let file = part.filename.map { "[\($0.string)]" } ?? ""
                        outcome.parts.append("\(part.name.string)\(file)=\(part.content.string)")
                        outcome.headers += parser.headerLines.map(\.string)
                        let place = part.contentOffset..<(part.contentOffset + part.content.count)
                        if !view[place].isIdentical(to: part.content) { outcome.parts.append("not in place") }
                    }
                } catch {
                    outcome.error = error
                }
                outcome.flags = parser.flags
                outcome.lastName = parser.lastName?.string
                outcome.cutPart = parser.cutPart.map { "\($0.name.string)=\($0.content.string)" }
                outcome.fileBytes = parser.fileBytes
                return outcome
            }
        }
    }

    static func of(
        _ body: String, contentType: String = "multipart/form-data; boundary=BB",
        limits: MultipartLimits = MultipartLimits()
    ) -> FormOutcome {
        of(Array(body.utf8), contentType: contentType, limits: limits)
    }
}
