// Multipart bodies that readers differ about, as ModSecurity 2.9.7 reads them: observed there.

extension MultipartReferenceRow {
    static let all: [MultipartReferenceRow] = [
        MultipartReferenceRow(
            "semicolon",
            lines: ["--BB", "Content-Disposition: form-data name=\"f\"", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "single quote",
            lines: ["--BB", "Content-Disposition: form-data; name='f'", "", "x", "--BB--", ""],
            values: ["1 ARGS:f=[x]"],
            flags: "strict IQ"),
        MultipartReferenceRow(
            "noquote",
            lines: ["--BB", "Content-Disposition: form-data; name=f", "", "x", "--BB--", ""],
            values: ["1 ARGS:f=[x]"],
            flags: ""),
        MultipartReferenceRow(
            "noname",
            lines: ["--BB", "Content-Disposition: form-data", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "nocd",
            lines: ["--BB", "Content-Type: text/plain", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "empty name",
            lines: ["--BB", "Content-Disposition: form-data; name=\"\"", "", "x", "--BB--", ""],
            values: ["1 ARGS:=[x]"],
            flags: ""),
        MultipartReferenceRow(
            "attachment",
            lines: ["--BB", "Content-Disposition: attachment; name=\"f\"", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "escaped quote",
            lines: ["--BB", "Content-Disposition: form-data; name=\"a\\\"b\"", "", "x", "--BB--", ""],
            values: [#"1 ARGS:a\"b=[x]"#],
            flags: ""),
        MultipartReferenceRow(
            "unmatched",
            lines: [
                "--BB", "Content-Disposition: form-data; name=\"a\"", "", "x", "--CC", "y", "--BB--", "",
            ],
            values: [#"1 ARGS:a=[x\x0d\x0a--CC\x0d\x0ay]"#],
            flags: "unm"),
        MultipartReferenceRow(
            "boundary comma",
            type: "multipart/form-data, boundary=BB",
            lines: ["--BB", "Content-Disposition: form-data; name=\"a\"", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "boundary twice",
            type: "multipart/form-data; boundary=BB; boundary=CC",
            lines: ["--BB", "Content-Disposition: form-data; name=\"a\"", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "boundary case",
            type: "Multipart/Form-Data; BOUNDARY=BB",
            lines: ["--BB", "Content-Disposition: form-data; name=\"a\"", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "boundary charset",
            type: "multipart/form-data; charset=utf-8; boundary=BB",
            lines: ["--BB", "Content-Disposition: form-data; name=\"a\"", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "invalid header",
            lines: ["--BB", "Content Disposition: form-data; name=\"a\"", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "nocolon",
            lines: ["--BB", "Content-Disposition form-data; name=\"a\"", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "filename star",
            lines: [
                "--BB", "Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''x.php", "", "x",
                "--BB--", "",
            ],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "two filenames",
            lines: [
                "--BB", "Content-Disposition: form-data; name=\"a\"; filename=\"1\"; filename=\"2\"", "",
                "x", "--BB--", "",
            ],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "dup header",
            lines: [
                "--BB", "Content-Disposition: form-data; name=\"a\"",
                "Content-Disposition: form-data; name=\"b\"", "", "x", "--BB--", "",
            ],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "boundary trailing",
            lines: ["--BB ", "Content-Disposition: form-data; name=\"a\"", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "boundary prefix",
            lines: ["--BBB", "Content-Disposition: form-data; name=\"a\"", "", "x", "--BBB--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "nul",
            lines: [
                "--BB", "Content-Disposition: form-data; name=\"a\u{0}b\"", "", "x\u{0}y", "--BB--", "",
            ],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "final nocrlf",
            lines: ["--BB", "Content-Disposition: form-data; name=\"a\"", "", "x", "--BB--"],
            values: ["1 ARGS:a=[x]"],
            flags: ""),
        MultipartReferenceRow(
            "only final",
            lines: ["--BB--", ""],
            values: [],
            flags: ""),
        MultipartReferenceRow(
            "crlf lf mix",
            lines: ["--BB", "Content-Disposition: form-data; name=\"a\"\n", "x\n--BB--", ""],
            values: ["1 ARGS:a=[x]"],
            flags: "strict LF CL"),
        MultipartReferenceRow(
            "fold tab",
            lines: ["--BB", "Content-Disposition: form-data;", "\tname=\"a\"", "", "x", "--BB--", ""],
            values: ["1 ARGS:a=[x]"],
            flags: "strict HF"),
        MultipartReferenceRow(
            "long boundary",
            type: "multipart/form-data; boundary=" + longBoundary,
            lines: [
                "--\(longBoundary)", "Content-Disposition: form-data; name=\"a\"", "", "x",
                "--\(longBoundary)--", "",
            ],
            values: ["1 ARGS:a=[x]"],
            flags: ""),
        MultipartReferenceRow(
            "bad boundary char",
            type: "multipart/form-data; boundary=B@B",
            lines: ["--B@B", "Content-Disposition: form-data; name=\"a\"", "", "x", "--B@B--", ""],
            values: [],
            flags: "err strict"),
        MultipartReferenceRow(
            "quoted open",
            lines: ["--BB", "Content-Disposition: form-data; name=\"a", "", "x", "--BB--", ""],
            values: [],
            flags: "err strict"),
    ]

    private static let longBoundary = String(repeating: "B", count: 80)
}
