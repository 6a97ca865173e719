// A multipart body, and what ModSecurity 2.9.7 made of it.

import Testing

struct MultipartReferenceRow: Sendable, CustomTestStringConvertible {
    var name: String
    var type: String
    /// Joined by CRLF.
    var lines: [String]
    /// `1 ARGS:name=[value]` and `2 FILES:name=[file name]`, as logged.
    var values: [String]
    /// The flags that are 1.
    var flags: String

    var testDescription: String { name }

    init(
        _ name: String, type: String = "multipart/form-data; boundary=BB", lines: [String], values: [String],
        flags: String
    ) {
        self.name = name
        self.type = type
        self.lines = lines
        self.values = values
        self.flags = flags
    }

    static let rules =
        ReferenceRow.settings + """
            SecRule ARGS "@unconditionalMatch" "id:1,phase:2,pass,msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'"
            SecRule FILES "@unconditionalMatch" "id:2,phase:2,pass,msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'"

            """
        + [
            ("err", "REQBODY_ERROR"), ("strict", "MULTIPART_STRICT_ERROR"), ("unm", "MULTIPART_UNMATCHED_BOUNDARY"),
            ("DB", "MULTIPART_DATA_BEFORE"), ("DA", "MULTIPART_DATA_AFTER"), ("BQ", "MULTIPART_BOUNDARY_QUOTED"),
            ("BW", "MULTIPART_BOUNDARY_WHITESPACE"), ("HF", "MULTIPART_HEADER_FOLDING"),
            ("LF", "MULTIPART_LF_LINE"), ("CL", "MULTIPART_CRLF_LF_LINES"), ("SM", "MULTIPART_MISSING_SEMICOLON"),
            ("IQ", "MULTIPART_INVALID_QUOTING"), ("IP", "MULTIPART_INVALID_PART"),
            ("IH", "MULTIPART_INVALID_HEADER_FOLDING"), ("FL", "MULTIPART_FILE_LIMIT_EXCEEDED"),
        ].enumerated().map { number, flag in
            "SecRule \(flag.1) \"@eq 1\" \"id:\(100 + number),phase:2,pass,log,msg:'\(flag.0)'\"\n"
        }.joined()
}
