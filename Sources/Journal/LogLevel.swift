// How bad an event is: nginx's eight levels.

/// The worst first. A log with a level takes that level and everything worse.
package enum LogLevel: Int, CaseIterable, Comparable, Sendable {
    case emergency = 1
    case alert, critical, error, warning, notice, info, debug

    /// As in `error_log FILE LEVEL` and in the lines.
    package var name: StaticString {
        switch self {
        case .emergency: "emerg"
        case .alert: "alert"
        case .critical: "crit"
        case .error: "error"
        case .warning: "warn"
        case .notice: "notice"
        case .info: "info"
        case .debug: "debug"
        }
    }

    /// nil for a name that is none of the eight; letter case counts, as in nginx.
    package init?(name: String) {
        guard let level = Self.allCases.first(where: { "\($0.name)" == name }) else { return nil }
        self = level
    }

    package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
