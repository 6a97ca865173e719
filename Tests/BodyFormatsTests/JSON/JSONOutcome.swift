// What a document gives, as text that a table can hold.

internal import BodyFormats
internal import Bytes

/// Every value as `path=text`, strings in quotes, and the error if there was one.
struct JSONOutcome: Equatable, Sendable {
    var values: [String] = []
    var error: JSONError?

    static func of(_ document: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONOutcome {
        withView(document) { view in
            let arena = Arena()
            var parser = JSONParser(view, limits: limits, arena: arena)
            var outcome = JSONOutcome()
            do throws(JSONError) {
                while let value = try parser.next() {
                    outcome.values.append("\(parser.path.string)=\(text(of: value))")
                }
            } catch {
                outcome.error = error
            }
            return outcome
        }
    }

    static func of(_ document: String, limits: JSONLimits = JSONLimits()) -> JSONOutcome {
        of(Array(document.utf8), limits: limits)
    }

    private static func text(of value: JSONValue) -> String {
        switch value.kind {
        case .string: "\"\(value.text.string)\""
        case .number, .boolean: value.text.string
        case .null: "null\(value.text.string)"
        }
    }
}
