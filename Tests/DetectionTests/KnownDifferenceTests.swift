internal import Bytes
import Testing

@testable import Detection

@Suite("Deliberate differences to the reference library") struct KnownDifferenceTests {
    /// The difference, what it frees, and what next to it stays an attack.
    static let freed: [(String, harmless: [String], attacks: [String])] = [
        (
            KnownDifferences.quotedWord,
            ["red \"LIKE\" stamp", "\"IS\" stamp", "a \"NOT\" b", "q=\"MOD\"&x=y", "<a href=\"/x/\">it</a>"],
            [
                "red\"LIKE\"stamp", "a \"MOD\" 1", "a \"DIV\"1", "\"*\"", "\"=\"", "a \" like \" b", "'LIKE'",
                "a \"LIKE\"%",
                "a=\"*id*\">b",
            ]
        ),
        (
            KnownDifferences.percentages, ["80% wool and 20% silk"],
            ["80% a or 20% a", "80% a and 20% a = 2", "80%a and 20%a"]
        ),
        (
            KnownDifferences.identifierWithDashes, ["17-abcDEF--", "17/abc--"],
            ["17*17--", "17--", "17 - 3 --", "17 - id --"]
        ),
        (KnownDifferences.emptyOpenComment, ["x/*"], ["x/* y", "x/**/", "7/*", "x'/*"]),
        (
            KnownDifferences.remarkAfterNames, ["cats and dogs #1", "cats and dogs -- the film"],
            ["cats and dogs--", "cats and dogs /* x", "7 and dogs -- x", "' or name -- x"]
        ),
        (KnownDifferences.namesInParentheses, ["(cats) and dogs"], ["(cats) and dogs)--", "(cats) and 7=7"]),
        (KnownDifferences.unionAfterNames, ["cats and dogs union"], ["cats and dogs union select 7"]),
    ]

    @Test(arguments: freed) func freesNothingElse(_ name: String, _ harmless: [String], _ attacks: [String]) {
        for text in harmless {
            #expect(withView(text) { Readings.fingerprint($0) } == "", "\(name): \(text)")
        }
        for text in attacks { #expect(withView(text) { Readings.fingerprint($0) } != "", "\(name): \(text)") }
    }

    static let reported: [(String, attacks: [String])] = [
        (KnownDifferences.bareStackedStatement, ["; drop table users --"]),
        (
            KnownDifferences.newerWords,
            [
                "ann' and mail ilike mail--", "ann' and pass glob pass;", "7 or json_extract(a,'$.b')='c'",
                "lo_import('/x')",
            ]
        ),
        (KnownDifferences.queryAfterParenthesis, [") union all select null--"]),
    ]

    @Test(arguments: reported) func reportsMore(_ name: String, _ attacks: [String]) {
        for text in attacks { #expect(withView(text) { Readings.fingerprint($0) } != "", "\(name): \(text)") }
    }

    static let scripts: [(String, attacks: [String], harmless: [String])] = [
        (KnownDifferences.unknownEvent, ["<p onnewevent=x>"], ["one=1 only=2 onion=3", "<p one=1>"]),
        (
            KnownDifferences.namedReference,
            ["<a href=java&Tab;script:x>", "<a href=&NewLine;javascript:x>"], ["<a href=&amp;x>"]
        ),
        (KnownDifferences.moreAttributes, ["<p srcdoc=x>", "<a ping=javascript:x>"], ["<a ping=/x>"]),
    ]

    @Test(arguments: scripts) func reportsMoreScript(
        _ name: String, _ attacks: [String], _ harmless: [String]
    ) {
        for text in attacks {
            #expect(withView(text) { CrossSiteScriptingDetector.detect($0) } != nil, "\(name): \(text)")
        }
        for text in harmless {
            #expect(withView(text) { CrossSiteScriptingDetector.detect($0) } == nil, "\(name): \(text)")
        }
    }
}
