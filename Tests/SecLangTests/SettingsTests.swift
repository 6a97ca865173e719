// Directives of the engine.

import RuleStore
import Testing

@testable import SecLang

@Suite("Settings") struct SettingsTests {
    @Test func defaults() throws {
        #expect(try draft("").settings == EngineSettings())
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
