// Why a captured file can not be read.

/// Printed as `file:line:column: error: reason`, as far as there is a place.
package struct CaptureError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        case empty
        case tooLong(limitBytes: Int)
        case headIncomplete
        case bodyIncomplete(missingBytes: Int)
        case chunkedBodyIncomplete
        case badResponse(String)
        case responsesLeftOver(requests: Int)
        case badJSON(String)
        case noEntries
        case tooManyEntries(limit: Int)
        case badEntry(number: Int, String)
    }

    package var file: String
    /// From 1; nil: the file as a whole.
    package var line: Int?
    package var column: Int?
    package var reason: Reason

    init(_ reason: Reason, file: String, line: Int? = nil, column: Int? = nil) {
        self.reason = reason
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String {
        let place = line.map { ":\($0)" + (column.map { ":\($0)" } ?? "") } ?? ""
        return "\(file)\(place): error: \(reason.text)"
    }
}

extension CaptureError.Reason {
    var text: String {
        switch self {
        case .empty: "the file is empty"
        case .tooLong(let limit): "the file is longer than \(limit) bytes"
        case .headIncomplete:
            "the file ends inside a head: an empty line is missing behind its fields"
        case .bodyIncomplete(let missing):
            "the file ends \(missing) bytes before the body does, by its Content-Length"
        case .chunkedBodyIncomplete: "the file ends inside a chunked body: its last chunk has no bytes"
        case .badResponse(let why): "not an HTTP/1 response: \(why)"
        case .responsesLeftOver(let requests):
            "more responses than requests: there \(requests == 1 ? "is 1 request" : "are \(requests) requests")"
        case .badJSON(let why): why
        case .noEntries: "no \"log.entries\": this JSON is no HAR"
        case .tooManyEntries(let limit): "more than \(limit) entries"
        case .badEntry(let number, let why): "entry \(number): \(why)"
        }
    }
}
