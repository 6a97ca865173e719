// The variables: `VariableName` of the store, and those of the language that have no number there.

internal import RuleStore

extension VariableName {
    static let table = WordTable(
        supported: allCases.map { ($0.spelling, $0) }, unsupported: refusals)

    /// Apache's own, and counters of time spent.
    private static let refusals: [(String, String)] =
        [
            "PERF_ALL", "PERF_COMBINED", "PERF_GC", "PERF_LOGGING", "PERF_PHASE1", "PERF_PHASE2", "PERF_PHASE3",
            "PERF_PHASE4", "PERF_PHASE5", "PERF_RULES", "PERF_SREAD", "PERF_SWRITE",
        ].map { ($0, "the time that rules take is not measured while they run; `waf-ctl stats` has counters") }
        + [
            "SCRIPT_BASENAME", "SCRIPT_FILENAME", "SCRIPT_GID", "SCRIPT_GROUPNAME", "SCRIPT_MODE", "SCRIPT_UID",
            "SCRIPT_USERNAME",
        ].map { ($0, "a proxy runs no scripts; REQUEST_FILENAME is the path that was asked for") }
        + ["MSC_PCRE_ERROR", "MSC_PCRE_LIMITS_EXCEEDED"].map { ($0, "it is a member of TX here") }
        + [
            ("SDBM_DELETE_ERROR", "collections are not kept in SDBM files"),
            ("WEBSERVER_ERROR_LOG", "there is no other server's log to look at"),
        ]
}
