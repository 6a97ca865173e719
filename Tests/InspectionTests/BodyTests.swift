// Bodies: the variables that processors make.

import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Request bodies: processors, errors, files, parts, trees") struct BodyTests {
    struct Row: CustomTestStringConvertible {
        var name: String
        var type: String
        var body: String
        /// Behind the rules that choose a processor.
        var rules: String
        var want: [String]
        var testDescription: String { name }
    }

    static let chooseJSON = "SecAction \"id:90,phase:1,pass,nolog,ctl:requestBodyProcessor=JSON\"\n"
    static let chooseXML = "SecAction \"id:91,phase:1,pass,nolog,ctl:requestBodyProcessor=XML\"\n"
    static let listArguments =
        "SecRule ARGS_POST \"@unconditionalMatch\" \"id:1,phase:2,pass,msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'\"\n"
    static let tellErrors =
        "SecAction \"id:2,phase:2,pass,msg:'%{REQBODY_PROCESSOR} %{REQBODY_ERROR} %{REQBODY_ERROR_MSG}'\"\n"
    static let tellBody =
        "SecRule REQUEST_BODY \"@unconditionalMatch\" \"id:3,phase:2,pass,msg:'%{MATCHED_VAR}'\"\n"

    static let parts =
        "--B\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nv\r\n"
        + "--B\r\nContent-Disposition: form-data; name=\"up\"; filename=\"a.txt\"\r\nX-Y: z\r\n\r\n12345\r\n--B--\r\n"

    static let rows: [Row] = [
        Row(
            name: "JSON", type: "application/json", body: #"{"a":{"b":"x"},"l":[1,null],"l":true}"#,
            rules: chooseJSON + listArguments + tellErrors + tellBody,
            want: [
                "1 ARGS_POST:json.a.b=x", "1 ARGS_POST:json.l=", "1 ARGS_POST:json.l.array_0=1",
                "1 ARGS_POST:json.l.array_1=", "1 ARGS_POST:json.l=true", "2 JSON 0 ",
            ]),
        Row(
            name: "JSON that breaks off keeps what came before", type: "application/json", body: #"{"a":1,"#,
            rules: chooseJSON + listArguments
                + "SecRule REQBODY_PROCESSOR_ERROR \"@eq 1\" \"id:2,phase:2,pass,msg:'error'\"\n",
            want: ["1 ARGS_POST:json.a=1", "2 error"]),
        Row(
            name: "JSON within its depth", type: "application/json", body: "[[1]]",
            rules: "SecRequestBodyJsonDepthLimit 2\n" + chooseJSON + listArguments,
            want: [
                "1 ARGS_POST:json=", "1 ARGS_POST:json.array_0=", "1 ARGS_POST:json.array_0.array_0=1",
            ]),
        Row(
            name: "JSON past its depth", type: "application/json", body: "[[1]]",
            rules: "SecRequestBodyJsonDepthLimit 1\n" + chooseJSON + listArguments
                + "SecRule REQBODY_ERROR \"@eq 1\" \"id:2,phase:2,pass,msg:'error'\"\n",
            want: ["2 error"]),
        Row(
            name: "unknown type, forced", type: "foo/bar", body: "abc",
            rules: "SecAction \"id:9,phase:1,pass,nolog,ctl:forceRequestBodyVariable=On\"\n" + tellBody
                + tellErrors,
            want: ["3 abc", "2  0 "]),
        Row(
            name: "forced does nothing to JSON", type: "application/json", body: "{}",
            rules: chooseJSON + "SecAction \"id:9,phase:1,pass,nolog,ctl:forceRequestBodyVariable=On\"\n"
                + tellBody,
            want: []),
        Row(
            name: "multipart", type: "multipart/form-data; boundary=B", body: parts,
            rules: listArguments + tellErrors + """
                SecRule FILES|FILES_NAMES|FILES_SIZES|FILES_TMP_CONTENT|FILES_TMPNAMES|FILES_COMBINED_SIZE \
                    "@unconditionalMatch" "id:4,phase:2,pass,msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'"
                SecRule MULTIPART_PART_HEADERS:up|MULTIPART_NAME|MULTIPART_FILENAME|MULTIPART_STRICT_ERROR \
                    "@unconditionalMatch" "id:5,phase:2,pass,msg:'%{MATCHED_VAR}'"

                """,
            want: [
                "1 ARGS_POST:f=v", "2 MULTIPART 0 ", "4 FILES:up=a.txt", "4 FILES_NAMES:up=up",
                "4 FILES_SIZES:up=5", "4 FILES_TMP_CONTENT:up=12345", "4 FILES_COMBINED_SIZE=5",
                "5 Content-Disposition: form-data; name=\\\"up\\\"; filename=\\\"a.txt\\\"", "5 X-Y: z",
                "5 up",
                "5 a.txt", "5 0",
            ]),
        Row(
            name: "multipart without boundary", type: "multipart/form-data", body: parts,
            rules: listArguments + """
                SecRule REQBODY_ERROR|MULTIPART_STRICT_ERROR "@eq 1" "id:2,phase:2,pass,msg:'%{MATCHED_VAR_NAME}'"

                """,
            want: ["2 REQBODY_ERROR", "2 MULTIPART_STRICT_ERROR"]),
        Row(
            name: "XML", type: "text/xml",
            body: "<r x=\"1\"><a>one</a><a y=\"2\">two &amp; <![CDATA[<c>]]></a></r>",
            rules: chooseXML + tellErrors + """
                SecRule XML:/* "@rx ." "id:4,phase:2,pass,msg:'%{MATCHED_VAR_NAME} %{MATCHED_VAR}'"
                SecRule XML://@* "@rx ." "id:5,phase:2,pass,msg:'%{MATCHED_VAR}'"
                SecRule XML:/r/a[1]/text() "@rx ." "id:6,phase:2,pass,msg:'%{MATCHED_VAR}'"
                SecRule &XML://a "@eq 2" "id:7,phase:2,pass,msg:'two'"
                SecRule XML "@beginsWith one" "id:8,phase:2,pass,msg:'whole'"
                SecAction "id:10,phase:2,pass,nolog,ctl:ruleRemoveTargetById=11;XML://@*"
                SecRule XML:/*|XML://@* "@rx ." "id:11,phase:2,pass,msg:'%{MATCHED_VAR}'"

                """,
            want: [
                "2 XML 0 ", "4 XML onetwo & <c>", "5 1", "5 2", "6 one", "7 two", "8 whole",
                "11 onetwo & <c>",
            ]),
        Row(
            name: "namespaces", type: "text/xml", body: "<s:r xmlns:s=\"urn:x\"><s:a>1</s:a><a>2</a></s:r>",
            rules: chooseXML + """
                SecRule XML:/p:r/p:a "@rx ." "id:4,phase:2,pass,msg:'%{MATCHED_VAR}',xmlns:p=urn:x"
                SecRule XML:/q:r "@rx ." "id:5,phase:2,pass,msg:'%{MATCHED_VAR}'"

                """,
            want: ["4 1"]),
        Row(
            name: "broken XML", type: "text/xml", body: "<r><a>one</b></r>",
            rules: chooseXML + "SecRule REQBODY_ERROR \"@eq 1\" \"id:2,phase:2,pass,msg:'error'\"\n",
            want: ["2 error"]),
        Row(name: "empty XML", type: "text/xml", body: "", rules: chooseXML + tellErrors, want: ["2 XML 0 "]),
        Row(
            name: "percent signs", type: "application/x-www-form-urlencoded", body: "a=%zz",
            rules: "SecRule URLENCODED_ERROR \"@eq 1\" \"id:2,phase:2,pass,msg:'fault'\"\n", want: ["2 fault"]
        ),
    ]

    @Test(arguments: rows) func reads(_ row: Row) throws {
        var request = TestRequest()
        request.method = "POST"
        request.headers.append(("Content-Type", Array(row.type.utf8)))
        request.body = Array(row.body.utf8)
        #expect(try matches(row.rules, request) == row.want)
    }

    /// SecRequestBodyNoFilesLimit counts everything but the files' contents.
    @Test(arguments: [(5, 413), (0, 200)]) func limitWithoutFiles(_ missing: Int, _ status: Int) throws {
        let bytes = Self.parts.utf8.count - 5
        var request = TestRequest()
        request.headers.append(("Content-Type", Array("multipart/form-data; boundary=B".utf8)))
        request.body = Array(Self.parts.utf8)
        let limit = "SecRequestBodyNoFilesLimit \(bytes - missing)\n"
        let outcome = try Harness(compiled(limit)).send(request)
        #expect((outcome.verdict.action == .deny ? outcome.verdict.status : 200) == status)
        let detected = try Harness(
            compiled(
                limit + "SecRule INBOUND_DATA_ERROR|REQBODY_ERROR \"@eq 1\" \"id:1,phase:2,pass,msg:'over'\"")
        ).send(request, isDetectOnly: true)
        #expect(detected.matches == (missing > 0 ? ["1 over", "1 over"] : []))
    }

    @Test func wholeRequest() throws {
        var request = TestRequest(form: "a=1")
        request.headers = [("Host", Array("h".utf8)), request.headers[1]]
        let text =
            "POST / HTTP/1.1\\x0d\\x0aHost: h\\x0d\\x0aContent-Type: application/x-www-form-urlencoded\\x0d\\x0a\\x0d\\x0aa=1"
        let rules =
            "SecAction \"id:1,phase:2,pass,msg:'%{FULL_REQUEST}'\"\nSecAction \"id:2,phase:2,pass,msg:'%{FULL_REQUEST_LENGTH}'\""
        #expect(try matches(rules, request) == ["1 \(text)", "2 80"])
    }
}
