// Every word of the language that rule sets in use are known to have: it loads, or it is refused for a
// reason. The lists are those of CRS, its plugins, common configurations and the reference manuals.

import Testing

@testable import SecLang

@Suite("Vocabulary: each word loads or is refused with its reason") struct VocabularyTests {
    static let files = ["a.data": "x\n127.0.0.1\n", "a.dtd": "<!ELEMENT a ANY>", "a.xsd": schema]
    static let schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:string"/></xs:schema>
        """

    /// The word stands where the error points, with the reason behind it.
    static func expectRefusal(_ text: String, _ word: String) {
        let found = errors(text, files)
        #expect(found.count == 1, "\(text): \(found)")
        let isTold = found.first.map {
            $0.hasPrefix("a.conf:1:")
                && ($0.contains("`\(word)` is not supported: ") || $0.contains("`\(word)`, expected "))
        }
        #expect(isTold == true, "\(text): \(found)")
    }

    static let directives = [
        "SecRule ARGS x id:1", "SecAction id:1", "SecMarker END-X", "SecMarker 12", "IncludeOptional *.none",
        "SecRuleUpdateTargetById 1 !REQUEST_COOKIES:/^_ga(?:_\\w+)?$/", "SecComponentSignature CRS/4",
        "SecDefaultAction \"phase:1,log,auditlog,pass\"", "SecRuleEngine DetectionOnly", "SecRequestBodyAccess On",
        "SecRequestBodyLimit 13107200", "SecRequestBodyNoFilesLimit 131072",
        "SecRequestBodyInMemoryLimit 131072", "SecRequestBodyLimitAction ProcessPartial",
        "SecRequestBodyJsonDepthLimit 512", "SecResponseBodyAccess On",
        "SecResponseBodyMimeType text/plain text/html", "SecResponseBodyMimeTypesClear",
        "SecResponseBodyLimit 524288", "SecResponseBodyLimitAction Reject", "SecArgumentSeparator &",
        "SecCookieFormat 0", "SecUnicodeMapFile unicode.mapping 20127", "SecUnicodeCodePage 20127",
        "SecPcreMatchLimit 1000", "SecPcreMatchLimitRecursion 1000", "SecAuditEngine RelevantOnly",
        "SecAuditLogRelevantStatus \"^(?:5|4(?!04))\"", "SecAuditLogParts ABCEFHIJKZ", "SecAuditLogType Serial",
        "SecAuditLogFormat JSON", "SecAuditLog /var/log/a", "SecTmpDir /tmp", "SecDataDir /tmp",
        "SecCollectionTimeout 600", "SecRuleRemoveById 1 2-5", "SecRuleRemoveByTag attack",
        "SecRuleRemoveByMsg attack", "SecRuleUpdateTargetByTag attack !ARGS:a",
        "SecRuleUpdateTargetByMsg attack !ARGS:a", "SecRuleUpdateActionById 1 pass", "SecDebugLog /tmp/a",
        "SecDebugLogLevel 9", "SecWebAppId a", "SecServerSignature a", "SecSensorId a",
        "SecXmlExternalEntity Off", "SecUploadKeepFiles Off", "SecUploadDir /tmp", "SecUploadFileLimit 10",
        "SecUploadFileMode 0600", "SecArgumentsLimit 1000", "SecContentInjection On",
        "SecStreamInBodyInspection On", "SecStreamOutBodyInspection On", "SecDisableBackendCompression On",
        "SecStatusEngine Off", "SecHashEngine Off",
    ]

    static let refusedDirectives = [
        ("SecRuleScript a.lua", "SecRuleScript"), ("SecRemoteRules k https://a/", "SecRemoteRules"),
        ("SecHttpBlKey k", "SecHttpBlKey"), ("SecConnEngine On", "SecConnEngine"),
        ("SecGsbLookupDb a", "SecGsbLookupDb"), ("SecGuardianLog a", "SecGuardianLog"),
        ("SecAuditLog2 a", "SecAuditLog2"), ("SecRuleInheritance Off", "SecRuleInheritance"),
        ("SecChrootDir /a", "SecChrootDir"), ("SecReadStateLimit 5", "SecReadStateLimit"),
        ("SecWriteStateLimit 5", "SecWriteStateLimit"), ("SecHashKey a", "SecHashKey"),
        ("SecInterceptOnError On", "SecInterceptOnError"), ("SecRulePerfTime 5", "SecRulePerfTime"),
        ("SecCacheTransformations On", "SecCacheTransformations"), ("SecDataset a", "SecDataset"),
    ]

    @Test(arguments: directives) func directive(_ text: String) { #expect(errors(text, Self.files) == []) }

    @Test(arguments: refusedDirectives.indices) func refusedDirective(_ index: Int) {
        Self.expectRefusal(Self.refusedDirectives[index].0, Self.refusedDirectives[index].1)
    }

    static let variables = """
        ARGS ARGS:a ARGS_NAMES ARGS_GET ARGS_GET_NAMES ARGS_POST ARGS_POST_NAMES ARGS_COMBINED_SIZE &ARGS XML:/*
        XML://@* TX:a TX:/^MSC_/ REQUEST_HEADERS:Host REQUEST_HEADERS_NAMES REQUEST_COOKIES REQUEST_COOKIES_NAMES
        REQUEST_FILENAME REQUEST_BASENAME REQUEST_URI REQUEST_URI_RAW REQUEST_LINE REQUEST_METHOD REQUEST_PROTOCOL
        REQUEST_BODY REQUEST_BODY_LENGTH QUERY_STRING RESPONSE_BODY RESPONSE_HEADERS RESPONSE_HEADERS_NAMES
        RESPONSE_STATUS RESPONSE_CONTENT_LENGTH RESPONSE_CONTENT_TYPE RESPONSE_PROTOCOL STATUS_LINE MATCHED_VAR
        MATCHED_VAR_NAME MATCHED_VARS MATCHED_VARS_NAMES FILES FILES_NAMES FILES_SIZES FILES_COMBINED_SIZE
        FILES_TMPNAMES FILES_TMP_CONTENT REQBODY_PROCESSOR REQBODY_ERROR REQBODY_ERROR_MSG
        REQBODY_PROCESSOR_ERROR REQBODY_PROCESSOR_ERROR_MSG MULTIPART_PART_HEADERS:a MULTIPART_STRICT_ERROR
        MULTIPART_UNMATCHED_BOUNDARY MULTIPART_BOUNDARY_QUOTED MULTIPART_BOUNDARY_WHITESPACE MULTIPART_DATA_BEFORE
        MULTIPART_DATA_AFTER MULTIPART_HEADER_FOLDING MULTIPART_LF_LINE MULTIPART_CRLF_LF_LINES
        MULTIPART_MISSING_SEMICOLON MULTIPART_INVALID_QUOTING MULTIPART_INVALID_PART
        MULTIPART_INVALID_HEADER_FOLDING MULTIPART_FILE_LIMIT_EXCEEDED MULTIPART_NAME MULTIPART_FILENAME
        REMOTE_ADDR REMOTE_PORT REMOTE_HOST REMOTE_USER USERAGENT_IP SERVER_ADDR SERVER_PORT SERVER_NAME AUTH_TYPE
        PATH_INFO ENV:a RULE:id SESSION:a SESSIONID USER:a USERID IP:a GLOBAL:a RESOURCE:a WEBAPPID
        GEO:COUNTRY_CODE TIME TIME_DAY TIME_EPOCH TIME_HOUR TIME_MIN TIME_MON TIME_SEC TIME_WDAY TIME_YEAR DURATION
        HIGHEST_SEVERITY MODSEC_BUILD INBOUND_DATA_ERROR OUTBOUND_DATA_ERROR FULL_REQUEST FULL_REQUEST_LENGTH
        URLENCODED_ERROR UNIQUE_ID STREAM_INPUT_BODY STREAM_OUTPUT_BODY IP:UPDATE_COUNTER IP:IS_NEW
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    static let refusedVariables = """
        PERF_ALL PERF_COMBINED PERF_GC PERF_LOGGING PERF_PHASE1 PERF_PHASE2 PERF_PHASE3 PERF_PHASE4 PERF_PHASE5
        PERF_RULES PERF_SREAD PERF_SWRITE SCRIPT_FILENAME SCRIPT_UID WEBSERVER_ERROR_LOG SDBM_DELETE_ERROR
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    @Test(arguments: variables) func variable(_ name: String) {
        #expect(errors("SecRule \(name) x id:1") == [])
    }

    @Test(arguments: refusedVariables) func refusedVariable(_ name: String) {
        Self.expectRefusal("SecRule \(name) x id:1", name)
    }

    static let operators = [
        "rx a", "lt 1", "eq 1", "ge 1", "gt 1", "le 1", "pmFromFile a.data", "pmf a.data", "pm a b", "streq a",
        "within a", "validateByteRange 1-255", "contains a", "endsWith a", "beginsWith a", "ipMatch 127.0.0.1",
        "ipMatchFromFile b.data", "ipMatchF b.data", "detectXSS", "detectSQLi", "unconditionalMatch",
        "validateUtf8Encoding", "validateUrlEncoding", "rxGlobal a", "verifyCC a", "verifySSN a", "verifyCPF a",
        "verifySVNR a", "containsWord a", "strmatch a", "noMatch", "validateDTD a.dtd", "validateSchema a.xsd",
    ]
    static let refusedOperators = [
        "rbl", "inspectFile", "fuzzyHash", "gsbLookup", "validateHash", "restpath", "validateNid",
    ]

    @Test(arguments: operators) func `operator`(_ text: String) {
        let files = Self.files.merging(["b.data": "10.0.0.0/8\n"]) { old, _ in old }
        #expect(errors("SecRule ARGS \"@\(text)\" id:1", files) == [])
        #expect(errors("SecRule ARGS \"!@\(text)\" id:1", files) == [])
    }

    /// With what they need besides. @geoLookup has no database here, and finds nothing.
    @Test func operatorOfStreams() {
        #expect(errors("SecRule STREAM_OUTPUT_BODY \"@rsub s/a/b/\" id:1,phase:4") == [])
        #expect(errors("SecRule ARGS @geoLookup id:1") == [])
        #expect(errors("SecRule ARGS \"@rbl dnsbl.httpbl.org\" id:1") == [])
    }

    @Test(arguments: refusedOperators) func refusedOperator(_ name: String) {
        Self.expectRefusal("SecRule ARGS \"@\(name) a\" id:1", name)
    }

    static let transformations = """
        none urlDecodeUni lowercase jsDecode htmlEntityDecode utf8toUnicode removeNulls cssDecode cmdLine
        removeWhitespace replaceComments normalizePath escapeSeqDecode compressWhitespace normalizePathWin length
        base64Decode sha1 hexEncode removeCommentsChar base64DecodeExt base64Encode hexDecode md5 parityEven7bit
        parityOdd7bit parityZero7bit removeComments replaceNulls sqlHexDecode trim trimLeft trimRight uppercase
        urlDecode urlEncode normalisePath normalisePathWin phpArgsNames
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    @Test(arguments: transformations) func transformation(_ name: String) {
        #expect(errors("SecAction id:1,t:\(name)") == [])
    }

    static let actions = [
        "phase:1", "phase:request", "phase:response", "phase:logging", "msg:a", "logdata:a", "tag:a", "ver:a", "rev:a",
        "severity:CRITICAL", "severity:2", "accuracy:1", "maturity:1", "t:none", "setvar:tx.a=+1", "setvar:!tx.a",
        "setvar:tx.a=-1", "setvar:tx.a", "setvar:ip.a=1", "block", "pass", "deny", "drop", "redirect:https://a/",
        "status:404", "allow", "allow:phase", "allow:request", "log", "nolog", "auditlog", "noauditlog", "capture",
        "skipAfter:END", "skip:1", "multiMatch", "initcol:ip=%{REMOTE_ADDR}", "initcol:global=global",
        "initcol:resource=%{REQUEST_FILENAME}", "setsid:%{REQUEST_COOKIES.s}", "setuid:%{ARGS.u}", "setrsc:a",
        "expirevar:ip.a=60", "deprecatevar:ip.a=1/60", "setenv:a=1", "xmlns:a=urn:a", "sanitiseArg:a",
        "sanitiseMatched", "sanitiseMatchedBytes:1/2", "sanitiseRequestHeader:a", "sanitiseResponseHeader:a",
        "sanitizeArg:a", "append:a", "prepend:a", "proxy:http://a/", "pause:100", "ctl:ruleRemoveById=1-5",
        "ctl:ruleRemoveByTag=a", "ctl:ruleRemoveByMsg=a", "ctl:ruleRemoveTargetById=1;ARGS:/^a/",
        "ctl:ruleRemoveTargetByTag=a;ARGS", "ctl:ruleRemoveTargetByMsg=a;ARGS:b", "ctl:ruleEngine=Off",
        "ctl:auditEngine=On", "ctl:auditLogParts=+E", "ctl:requestBodyAccess=Off", "ctl:responseBodyAccess=Off",
        "ctl:requestBodyLimit=100", "ctl:responseBodyLimit=100", "ctl:forceRequestBodyVariable=On",
        "ctl:requestBodyProcessor=XML", "ctl:requestBodyProcessor=JSON", "ctl:requestBodyProcessor=URLENCODED",
        "ctl:requestBodyProcessor=MULTIPART", "ctl:debugLogLevel=9",
    ]
    static let refusedActions = [
        ("exec:/bin/a", "exec"), ("ctl:hashEngine=On", "hashEngine"), ("ctl:hashEnforcement=On", "hashEnforcement"),
    ]

    @Test(arguments: actions) func action(_ text: String) { #expect(errors("SecAction \"id:1,\(text)\"") == []) }

    @Test(arguments: refusedActions.indices) func refusedAction(_ index: Int) {
        Self.expectRefusal("SecAction \"id:1,\(Self.refusedActions[index].0)\"", Self.refusedActions[index].1)
    }

    /// Whatever the compilers know stands in one of the lists above.
    @Test func listsAreWhole() {
        func names(_ list: [String]) -> Set<String> {
            Set(
                list.map { entry in
                    entry.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.first.map { $0.lowercased() } ?? ""
                })
        }
        let directives = names(Self.directives).union(["include", "sectmpsaveuploadedfiles"])
            .union(["secgeolookupdb", "secparsexmlintoargs"])
        #expect(Set(DirectiveName.allCases.map { $0.rawValue.lowercased() }).subtracting(directives) == [])
        let actions = names(Self.actions).union(["id", "chain", "ctl"])
        #expect(Set(ActionName.allCases.map { $0.rawValue.lowercased() }).subtracting(actions) == [])
        let controls = Self.actions.compactMap { $0.hasPrefix("ctl:") ? $0.dropFirst(4).prefix { $0 != "=" } : nil }
        #expect(
            Set(ControlName.allCases.map { $0.rawValue.lowercased() }).subtracting(controls.map { $0.lowercased() })
                == [])
    }
}
