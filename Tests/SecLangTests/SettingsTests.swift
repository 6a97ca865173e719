// Directives of the engine.

import RuleStore
import Testing

@testable import SecLang

@Suite("Settings") struct SettingsTests {
    @Test func defaults() throws {
        var want = EngineSettings()
        // Nothing is said of bodies: what ModSecurity's recommended file says of them holds.
        want.readsDocuments = true
        #expect(try draft("").settings == want)
        #expect(try draft("").rules.isEmpty)
    }

    @Test func everySetting() throws {
        let settings = try draft(
            """
            secruleengine DetectionOnly
            SecRequestBodyAccess Off
            SecRequestBodyLimit 131072
            SecRequestBodyNoFilesLimit "65536"
            SecRequestBodyLimitAction ProcessPartial
            SecResponseBodyAccess off
            SecResponseBodyLimit 1
            SecResponseBodyLimitAction Reject
            SecResponseBodyMimeType text/plain Text/HTML
            SecResponseBodyMimeType application/json text/plain "text/css; charset=utf-8"
            SecArgumentSeparator ;
            SecComponentSignature "OWASP_CRS/4.28.0"
            SecRequestBodyJsonDepthLimit 10000
            SecArgumentsLimit 1000
            SecUploadFileLimit 7
            SecCookieFormat 1
            SecUnicodeMapFile unicode.mapping 20127
            SecPcreMatchLimit 500000
            SecPcreMatchLimitRecursion 400000
            SecAuditEngine RelevantOnly
            SecAuditLog /var/log/audit.log
            SecAuditLogParts ABIJDEFHZ
            SecAuditLogRelevantStatus "^(?:5|4(?!04))"
            SecAuditLogType serial
            SecAuditLogFormat json
            SecDebugLog /var/log/debug.log
            SecDebugLogLevel 9
            SecCollectionTimeout 600
            SecWebAppId shop
            SecServerSignature "Server"
            SecSensorId 12
            SecComponentSignature "OWASP_CRS/4"
            SecComponentSignature local
            SecTmpDir /tmp/
            SecDataDir /tmp/
            SecUploadDir /tmp
            SecUploadKeepFiles Off
            SecXmlExternalEntity Off
            SecStatusEngine On
            SecRequestBodyInMemoryLimit 131072
            """
        ).settings
        var want = EngineSettings()
        want.mode = .detectionOnly
        want.inspectsRequestBody = false
        want.requestBodyLimitBytes = 131_072
        want.requestBodyNoFilesLimitBytes = 65_536
        want.requestBodyLimitAction = .processPartial
        want.inspectsResponseBody = false
        want.responseBodyLimitBytes = 1
        want.responseBodyLimitAction = .reject
        want.responseBodyTypes = ["text/plain", "text/html", "application/json", "text/css"]
        want.argumentSeparator = UInt8(ascii: ";")
        want.jsonDepthLimit = 10_000
        want.argumentsLimit = 1_000
        want.fileLimit = 7
        want.readsVersion1Cookies = true
        want.matchLimit = 500_000
        want.matchDepthLimit = 400_000
        want.auditMode = .relevantOnly
        want.auditLog = "/var/log/audit.log"
        want.auditParts = try #require(AuditParts(letters: "ABDEFHIJZ".utf8))
        want.auditRelevantStatus = 0
        want.debugLog = "/var/log/debug.log"
        want.debugLogLevel = 9
        want.collectionTimeoutSeconds = 600
        want.webAppID = "shop"
        want.serverSignature = "Server"
        want.sensorID = "12"
        want.componentSignatures = "OWASP_CRS/4.28.0\nOWASP_CRS/4\nlocal"
        #expect(settings == want)
    }

    @Test func typesCleared() throws {
        let cleared = try draft("SecResponseBodyMimeType a/b\nSecResponseBodyMimeTypesClear")
        #expect(cleared.settings.responseBodyTypes.isEmpty)
        let again = try draft("SecResponseBodyMimeTypesClear\nSecResponseBodyMimeType a/b")
        #expect(again.settings.responseBodyTypes == ["a/b"])
    }

    static let limit = "expected 1 to 1073741824 bytes"

    @Test(arguments: ["SecRequestBodyLimit", "SecRequestBodyNoFilesLimit", "SecResponseBodyLimit"])
    func limits(_ name: String) {
        #expect(errors("\(name) 1").isEmpty)
        #expect(errors("\(name) 1073741824").isEmpty)
        for value in ["0", "1073741825", "9223372036854775808", "-1", "x", "1k", "1.5"] {
            let column = name.utf8.count + 2
            #expect(
                errors("\(name) \(value)") == [
                    "a.conf:1:\(column): error: invalid value `\(value)` of \(name), \(Self.limit)"
                ])
        }
    }

    @Test(arguments: [
        (
            "SecRuleEngine Maybe",
            "1:15: error: invalid value `Maybe` of SecRuleEngine, expected On, Off or DetectionOnly"
        ),
        (
            "SecRequestBodyAccess 1",
            "1:22: error: invalid value `1` of SecRequestBodyAccess, expected On or Off"
        ),
        (
            "SecResponseBodyAccess 1",
            "1:23: error: invalid value `1` of SecResponseBodyAccess, expected On or Off"
        ),
        (
            "SecRequestBodyLimitAction x",
            "1:27: error: invalid value `x` of SecRequestBodyLimitAction, expected Reject or ProcessPartial"
        ),
        (
            "SecResponseBodyLimitAction x",
            "1:28: error: invalid value `x` of SecResponseBodyLimitAction, expected Reject or ProcessPartial"
        ),
        (
            "SecResponseBodyMimeType text",
            "1:25: error: invalid value `text` of SecResponseBodyMimeType, expected type/subtype"
        ),
        (
            "SecArgumentSeparator &&",
            "1:22: error: invalid value `&&` of SecArgumentSeparator, expected one byte"
        ),
        (
            "SecCookieFormat 2", "1:17: error: invalid value `2` of SecCookieFormat, expected 0 or 1"
        ),
        (
            "SecUnicodeMapFile a 1250",
            "1:21: error: invalid value `1250` of SecUnicodeMapFile, expected 20127"
        ),
        (
            "SecAuditLogType Concurrent",
            "1:17: error: invalid value `Concurrent` of SecAuditLogType, expected Serial"
        ),
        (
            "SecAuditLogType HTTPS",
            "1:17: error: invalid value `HTTPS` of SecAuditLogType, expected Serial"
        ),
        (
            "SecAuditLog |/usr/bin/mlogc",
            "1:13: error: invalid value `|/usr/bin/mlogc` of SecAuditLog, expected a file"
        ),
        (
            "SecAuditLogFormat Native",
            "1:19: error: invalid value `Native` of SecAuditLogFormat, expected JSON"
        ),
        (
            "SecAuditLogParts AQ",
            "1:18: error: invalid value `AQ` of SecAuditLogParts, expected letters A to K and Z"
        ),
        (
            "SecUploadKeepFiles On", "1:20: error: invalid value `On` of SecUploadKeepFiles, expected Off"
        ),
        (
            "SecXmlExternalEntity On", "1:22: error: invalid value `On` of SecXmlExternalEntity, expected Off"
        ),
        (
            "SecRequestBodyJsonDepthLimit 10001",
            "1:30: error: invalid value `10001` of SecRequestBodyJsonDepthLimit, expected 1 to 10000 levels"
        ),
        (
            "SecCollectionTimeout 0",
            "1:22: error: invalid value `0` of SecCollectionTimeout, expected 1 to 31536000 seconds"
        ),
        ("SecArgumentSeparator", "1:1: error: SecArgumentSeparator takes 1 argument, found 0"),
        ("SecRuleEngine On Off", "1:18: error: SecRuleEngine takes 1 argument, found 2"),
        ("SecResponseBodyMimeType", "1:1: error: SecResponseBodyMimeType takes at least 1 argument, found 0"),
        (
            "SecResponseBodyMimeTypesClear x",
            "1:31: error: SecResponseBodyMimeTypesClear takes no arguments, found 1"
        ),
    ])
    func refused(_ text: String, _ message: String) { #expect(errors(text) == ["a.conf:" + message]) }
}
