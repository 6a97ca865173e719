// What the master answers: one JSON object a line, `ok` first.

package import Reports

package enum ControlAnswer {
    package static func done(_ members: [(String, JSONValue)]) -> JSONValue {
        .object([("ok", .boolean(true))] + members)
    }

    package static func failed(_ errors: [String]) -> JSONValue {
        let listed = Array(errors.prefix(SupervisorLimits.errorsInAnswer))
        return .object([
            ("ok", .boolean(false)), ("errors", .strings(listed)), ("error_count", .integer(errors.count)),
        ])
    }
}
