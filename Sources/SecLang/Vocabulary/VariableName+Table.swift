// The variables: `VariableName` of the store, and those of the language that have no number there.

internal import RuleStore

extension VariableName {
    static let table = WordTable(
        supported: allCases.map { ($0.spelling, $0) }, unsupported: unsupportedSpellings)

    /// Apache's own, counters of time spent, and what needs a database of places.
    private static let unsupportedSpellings = [
        "GEO", "MSC_PCRE_ERROR", "MSC_PCRE_LIMITS_EXCEEDED", "PERF_ALL", "PERF_COMBINED", "PERF_GC",
        "PERF_LOGGING", "PERF_PHASE1", "PERF_PHASE2", "PERF_PHASE3", "PERF_PHASE4", "PERF_PHASE5",
        "PERF_RULES", "PERF_SREAD", "PERF_SWRITE", "SCRIPT_BASENAME", "SCRIPT_FILENAME", "SCRIPT_GID",
        "SCRIPT_GROUPNAME", "SCRIPT_MODE", "SCRIPT_UID", "SCRIPT_USERNAME", "SDBM_DELETE_ERROR",
        "STREAM_INPUT_BODY", "STREAM_OUTPUT_BODY", "WEBSERVER_ERROR_LOG",
    ]
}
