// access_log and waf_audit_log: files of lines.

internal import RuleStore

enum LogTargetReader {
    /// nil for a value that is wrong, which is reported.
    static func auditLog(
        _ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> AuditLogTarget? {
        if directive.arguments[0].text == "off" { return .off }
        return path(directive, context, &diagnostics).map { .directive(path: $0) }
    }

    /// All lines of one block together; `off` among them is all there is.
    static func accessLogs(
        _ directives: [Directive], _ context: BuildContext, _ formats: inout LogFormatRegistry,
        _ diagnostics: inout Diagnostics
    ) -> [AccessLogTarget] {
        var targets: [AccessLogTarget] = []
        for directive in directives where directive.arguments[0].text != "off" {
            guard let path = path(directive, context, &diagnostics) else { continue }
            let name = directive.arguments.count > 1 ? directive.arguments[1].text : "combined"
            guard let format = formats.index(of: name) else {
                let known = formats.names.map { "\"\($0)\"" }.joined(separator: ", ")
                diagnostics.report(
                    directive.arguments[1].location,
                    .badValue(directive: directive.spelling, expected: "a log_format: \(known)", found: name))
                continue
            }
            targets.append(AccessLogTarget(path: path, format: format))
        }
        return directives.contains { $0.arguments[0].text == "off" } ? [] : targets
    }

    private static func path(
        _ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> String? {
        let word = directive.arguments[0]
        // nginx's other destinations, and names made for each request, which nobody here opens.
        guard !word.text.isEmpty, !word.text.hasPrefix("syslog:"), !word.text.contains("$") else {
            diagnostics.report(
                word.location,
                .badValue(
                    directive: directive.spelling, expected: "a file or \"off\"", found: word.text))
            return nil
        }
        return context.paths.underPrefix(word.text)
    }
}
