// Levels of the error log (nginx.org, error_log).

/// From the most to the least talkative.
package enum ErrorLogLevel: String, CaseIterable, Sendable {
    case debug, info, notice, warn, error, crit, alert, emerg
}
