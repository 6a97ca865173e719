// What of ModSecurity 3's engine tests does not hold here, and why.

enum NotPortable {
    /// Rule sets that load there and not here.
    static let refused: [(reason: String, cases: [String])] = [
        (
            "scripts are not run",
            [
                "action-exec#1", "action-exec#2", "collection-lua#0", "collection-lua#2",
                "collection-lua#3", "collection-lua#5", "collection-lua#6",
            ]
        ),
        (
            "settings of an audit log that this version has not",
            [
                "auditlog#0", "auditlog#1", "auditlog#4", "auditlog#5", "auditlog#7", "issue-2000#0",
                "issue-2196#0",
            ]
        ),
        (
            "a selector with lookaround",
            [
                "config-update-target-by-tag#4",
            ]
        ),
        (
            "external entities are never loaded",
            [
                "config-xml_external_entity#1", "config-xml_external_entity#2",
                "request-body-parser-xml-validade-dtd#0", "request-body-parser-xml-validade-dtd#1",
                "request-body-parser-xml-validade-dtd#3", "request-body-parser-xml#0",
                "request-body-parser-xml#2", "request-body-parser-xml#3", "request-body-parser-xml#4",
            ]
        ),
        (
            "code page 20127 is built in, and the only one",
            [
                "issue-1941#3",
            ]
        ),
        (
            "nothing is written to disk",
            [
                "issue-2427#1", "offset-variable#46", "offset-variable#47", "offset-variable#48",
                "request-body-parser-multipart#40",
            ]
        ),
        (
            "operators that are refused",
            [
                "operator-fuzzyhash#0", "operator-fuzzyhash#1", "operator-inpectFile#1",
                "operator-inpectFile#2", "operator-inpectFile#4", "operator-inpectFile#5",
                "operator-inpectFile#6", "operator-inpectFile#7", "operator-inpectFile#8",
                "operator-inpectFile#9",
            ]
        ),
        (
            "a pattern that does not compile is an error",
            [
                "operator-rx#2",
            ]
        ),
        (
            "a variable of version 3; TX:MSC_PCRE_LIMITS_EXCEEDED is the one of version 2",
            [
                "operator-rx#4",
            ]
        ),
        (
            "a chain without its last rule is an error",
            [
                "request-body-parser-multipart#17", "request-body-parser-multipart#18",
                "request-body-parser-multipart#20", "request-body-parser-multipart#21",
                "request-body-parser-multipart#22", "request-body-parser-multipart#23",
                "request-body-parser-multipart#24", "request-body-parser-multipart#25",
                "request-body-parser-multipart#27", "request-body-parser-multipart#28",
                "request-body-parser-multipart#29", "request-body-parser-multipart#30",
                "request-body-parser-multipart#31", "request-body-parser-multipart#32",
                "request-body-parser-multipart#33", "request-body-parser-multipart#34",
                "request-body-parser-multipart#35", "request-body-parser-multipart#38",
                "request-body-parser-multipart#39",
            ]
        ),
        (
            "a rule without an id is an error, as in version 2",
            [
                "secmarker#0",
            ]
        ),
        (
            "no GeoIP database",
            [
                "variable-GEO#0", "variable-GEO#2", "variable-GEO#3", "variable-GEO#4", "variable-GEO#5",
                "variable-GEO#6", "variable-GEO#8", "variable-GEO#9", "variable-GEO#10",
                "variable-GEO#11", "variable-GEO#13", "variable-GEO#14", "variable-GEO#16",
                "variable-GEO#17",
            ]
        ),
        (
            "an id on a later link is an error, as in version 2",
            [
                "variable-MATCHED_VAR_NAME#2",
            ]
        ),
    ]

    /// Rule sets that load here and not there.
    static let loaded: [(reason: String, cases: [String])] = [
        (
            "SecDefaultAction may be given again, as in version 2",
            [
                "config-secdefaultaction#5",
            ]
        ),
    ]

    /// Other answers.
    static let answers: [(reason: String, cases: [String])] = [
        (
            "a redirect with a status that is none of a redirection is 302, as in version 2",
            [
                "actions#2",
            ]
        ),
        (
            "a response that no rule looks at is not held",
            [
                "config-body_limits#0",
            ]
        ),
        (
            "the gateway answers 413 to a body past its limit, as version 2",
            [
                "config-body_limits#2", "config-body_limits#8", "config-body_limits#14",
                "variable-INBOUND_DATA_ERROR#1",
            ]
        ),
        (
            "an update changes the rules before it, as in version 2, and not those behind it",
            [
                "config-update-action-by-id#2", "config-update-action-by-id#4",
                "config-update-action-by-id#5", "config-update-target-by-id#0",
                "config-update-target-by-id#1", "config-update-target-by-id#3",
                "config-update-target-by-msg#0", "config-update-target-by-tag#0",
                "config-update-target-by-tag#1", "config-update-target-by-tag#2",
                "config-update-target-by-tag#3", "config-update-target-by-tag#5",
            ]
        ),
        (
            "filename* makes the body an error, as in version 2",
            [
                "issue-1825#6",
            ]
        ),
        (
            "MULTIPART_UNMATCHED_BOUNDARY is 0 or 1, as in version 2",
            [
                "request-body-parser-multipart#49", "request-body-parser-multipart#50",
                "request-body-parser-multipart#51", "request-body-parser-multipart#52",
            ]
        ),
        (
            "a fragment is refused by the front end, and is no part that is cut off",
            [
                "variable-ARGS_GET#5", "variable-REQUEST_URI#1", "variable-REQUEST_URI#2",
            ]
        ),
        (
            "SecRuleEngine is On unless it is set",
            [
                "variable-MULTIPART_INVALID_HEADER_FOLDING#0",
            ]
        ),
    ]

    /// Other log lines.
    static let logs: [(reason: String, cases: [String])] = [
        (
            "an update changes the rules before it",
            [
                "config-update-action-by-id#5",
            ]
        ),
        (
            "a macro with a pattern for a key is empty, as in version 2",
            [
                "issue-2296#3",
            ]
        ),
        (
            "an enforced denial ends the rule at its first match, as in version 2",
            [
                "issue-2423-msg-in-chain#0", "issue-2423-msg-in-chain#1",
            ]
        ),
        (
            "places of values in the request (`o0,3v23,6`) are version 3's own",
            [
                "offset-variable#0", "offset-variable#1", "offset-variable#2", "offset-variable#3",
                "offset-variable#4", "offset-variable#5", "offset-variable#8", "offset-variable#9",
                "offset-variable#10", "offset-variable#11", "offset-variable#12", "offset-variable#13",
                "offset-variable#14", "offset-variable#15", "offset-variable#18", "offset-variable#19",
                "offset-variable#20", "offset-variable#23", "offset-variable#24", "offset-variable#25",
                "offset-variable#26", "offset-variable#28", "offset-variable#29", "offset-variable#30",
                "offset-variable#31", "offset-variable#32", "offset-variable#34", "offset-variable#35",
                "offset-variable#37", "offset-variable#38", "offset-variable#39", "offset-variable#40",
                "offset-variable#41", "offset-variable#42", "offset-variable#43", "offset-variable#49",
                "offset-variable#50", "variable-ARGS_POST_NAMES#3",
            ]
        ),
    ]
}
