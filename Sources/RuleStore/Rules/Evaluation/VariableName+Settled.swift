// Which variables keep their values while a phase runs.

extension VariableName {
    /// Whether the values are settled before a phase begins and stay so until it ends: no action of a rule
    /// changes them. Rules that look only at such variables can be tried on all values at once.
    package var isSettled: Bool {
        switch family {
        case .arguments, .requestLine, .requestFields, .requestBody, .response, .connection, .webSocket,
            .files, .multipart, .xml, .authentication:
            true
        default: false
        }
    }
}
