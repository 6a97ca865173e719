// What a body decodes to, and how it ends.

internal import BodyFormats
internal import Bytes

struct DecodingOutcome: Equatable, Sendable {
    var output: [UInt8] = []
    var error: ContentCodingError?

    static func of(
        _ body: [UInt8], _ fields: String..., limits: ContentCodingLimits = ContentCodingLimits(),
        pieceBytes: Int = .max
    ) -> DecodingOutcome {
        of(body, fields, limits: limits, pieceBytes: pieceBytes)
    }

    static func of(
        _ body: [UInt8], _ fields: [String], limits: ContentCodingLimits = ContentCodingLimits(),
        pieceBytes: Int = .max
    ) -> DecodingOutcome {
        var output = ByteBuffer()
        do throws(ContentCodingError) {
            var list = ContentCodingList()
            for field in fields {
                try withView(field) { view throws(ContentCodingError) in
                    try list.append(fieldValue: view, limits: limits)
                }
            }
            var decoder = ContentDecoder(list, limits: limits)
            try withView(body) { view throws(ContentCodingError) in
                var rest = view
                while !rest.isEmpty {
                    let count = min(pieceBytes, rest.count)
                    try decoder.decode(rest[..<count], into: &output)
                    rest = rest[count...]
                }
            }
            try decoder.finish()
            return DecodingOutcome(output: output.view.array)
        } catch {
            return DecodingOutcome(output: output.view.array, error: error)
        }
    }
}
