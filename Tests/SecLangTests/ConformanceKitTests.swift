// The grammar over all rule text of the kit: CRS, the probes, libmodsecurity's regression cases.

import Foundation
import RuleStore
import Testing

@testable import SecLang

@Suite("Conformance kit", .enabled(if: ConformanceKit.isPresent)) struct ConformanceKitTests {
    struct Counts: Equatable {
        var rules = 0
        var actions = 0
        var markers = 0
        var others: [String: Int] = [:]
    }

    static func count(_ directives: [DirectiveSyntax]) -> Counts {
        var counts = Counts()
        for directive in directives {
            switch directive.body {
            case .rule: counts.rules += 1
            case .action: counts.actions += 1
            case .marker: counts.markers += 1
            case .other: counts.others[directive.name.string, default: 0] += 1
            case .broken: Issue.record("broken directive")
            }
        }
        return counts
    }

    @Test func grammarOfCRS() throws {
        var diagnostics = Diagnostics()
        var directives: [DirectiveSyntax] = []
        for path in try ConformanceKit.ruleFiles() {
            let file = SourceFile(path: path, bytes: try #require(FileSystemReader().read(path)))
            let number = diagnostics.open(file)
            directives += DirectiveParser.parse(file, number: number, into: &diagnostics)
        }
        #expect(diagnostics.errors.map(\.description) == [])
        #expect(
            Self.count(directives)
                == Counts(
                    rules: 695, actions: 7, markers: 30,
                    others: ["SecRuleUpdateTargetById": 55, "SecComponentSignature": 1]))
        let ids = directives.flatMap { directive -> [String] in
            switch directive.body {
            case .rule(_, _, let actions), .action(let actions):
                actions.filter { $0.name.string == "id" }.compactMap(\.value?.string)
            case .marker, .other, .broken: []
            }
        }
        #expect(Set(ids).count == 629)
    }

    /// All of CRS compiles, with its engine and set-up files.
    @Test func vocabularyOfCRS() throws {
        let folder = try #require(ConformanceKit.folder)
        let files =
            try [
                "\(folder)/crs/test-engine.conf", "\(folder)/crs/crs-setup.conf.example",
                "\(folder)/crs/test-setup.conf",
            ] + ConformanceKit.ruleFiles()
        let outcome = RuleCompiler.compile(files: files, reader: FileSystemReader())
        let draft: RuleSetDraft
        switch outcome {
        case .success(let compiled): draft = compiled
        case .failure(let failure):
            Issue.record("\(failure)")
            return
        }
        let ids = Set(draft.rules.map(\.id)).subtracting([0])
        // CRS, and the rules of the engine file and of the two set-up files.
        #expect(ids.count == 639)
        #expect(draft.rules.count { $0.kind == .marker } == 30)
        #expect(draft.selections.count >= 4)
        // File 999 excludes cookies from rules that were loaded before it.
        #expect(draft.rules.contains { $0.id == 942_290 && $0.targets.contains(where: \.isExcluded) })
    }

    @Test func grammarOfProbes() throws {
        let kit = try #require(try ConformanceKit.json("semantics/probes.json") as? [String: Any])
        let probes = try #require(kit["probes"] as? [[String: Any]])
        var compiled = 0
        for probe in probes {
            let lines = try #require(probe["rules"] as? [String])
            let text = lines.joined(separator: "\n")
            let outcome = compile(text, ["words.data": kit["words_data"] as? String ?? ""])
            switch outcome {
            case .success: compiled += 1
            case .failure(let failure):
                for error in failure.errors {
                    switch error.reason {
                    case .unsupported: break
                    case .unknown(.variable, "nonsense", _): break  // ours refuses, as libmodsecurity
                    case .missingVariable where text.contains("%{}"): break
                    default: Issue.record("\(probe["name"] ?? ""): \(error)")
                    }
                }
            }
        }
        #expect(probes.count == 79)
        print("probes: \(compiled) of \(probes.count) compile as a whole")
        #expect(compiled >= 20)
    }

    /// What rules of libmodsecurity's cases are refused for, beside words that are not supported,
    /// although libmodsecurity takes them.
    private static let grammarFiles: Set<String> = [
        "can not read `test-cases/data/SoapEnvelope.dtd`", "can not read `test-cases/data/SoapEnvelope.xsd`",
        "can not read `test-cases/data/SoapEnvelope-bad.dtd`", "can not read `test-cases/data/SoapEnvelope-bad.xsd`",
    ]

    static let refusals: [String: Set<String>] = [
        "variable-GEO.json": [
            "can not read `test-cases/data/GeoIP2-City-Test.mmdb`",
            "can not read `test-cases/data/geo/GeoIPCity.dat`",
        ],
        // ModSecurity 2 refuses it too.
        "variable-MATCHED_VAR_NAME.json": ["action `id` may only stand on the first rule of a chain"],
        "secmarker.json": ["a rule needs an id"],
        "request-body-parser-multipart.json": [
            "the file ends inside the chain that begins here",
            "invalid value `On` of SecUploadKeepFiles, expected Off",
        ],
        // libmodsecurity never matches it.
        "operator-rx.json": ["invalid pattern: missing closing parenthesis"],
        // Selectors are run for each member: finite automata only.
        "config-update-target-by-tag.json": ["invalid pattern: lookaround is not supported"],
        // The map of one code page is built in.
        "issue-1941.json": ["invalid value `1251` of SecUnicodeMapFile, expected 20127"],
        "issue-2427.json": ["invalid value `On` of SecTmpSaveUploadedFiles, expected Off"],
        // No body is written to disk, no external entity read.
        "offset-variable.json": ["invalid value `On` of SecUploadKeepFiles, expected Off"],
        "request-body-parser-xml-validade-dtd.json": grammarFiles.union(["invalid value `On` of SecXmlExternalEntity, expected Off"]),
        "request-body-parser-xml.json": grammarFiles.union(["invalid value `On` of SecXmlExternalEntity, expected Off"]),
        "config-xml_external_entity.json": grammarFiles.union(["invalid value `On` of SecXmlExternalEntity, expected Off"]),
        "auditlog.json": ["invalid value `Parallel` of SecAuditLogType, expected Serial"],
        // libmodsecurity's second spelling of `COLLECTION:key`.
        "collection-lua.json": [
            "unknown variable `GLOBAL.lua_set_var`", "unknown variable `RESOURCE.lua_set_var`",
            "unknown variable `TX.lua_set_var`", "unknown variable `USER.lua_set_var`",
        ],
        // Files that are not in the kit.
        "operator-ipMatchFromFile.json": ["can not read `test-cases/data/ipMatchFromFile.txt`"],
        "config-include.json": ["can not read `test-cases/data/config_example2.txt`"],
        "issue-1844.json": [
            "can not read `test-cases/data/big-file.conf`",
            "can not read `test-cases/data/not-so-big-file.conf`",
        ],
    ]

    @Test func regressionCases() throws {
        let folder = try #require(ConformanceKit.folder) + "/modsec-regression"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        var cases = 0
        var compiled = 0
        var refused = 0
        for name in names.sorted() where name.hasSuffix(".json") {
            let rows = try #require(try ConformanceKit.json("modsec-regression/\(name)") as? [[String: Any]])
            for row in rows {
                cases += 1
                let text = (row["rules"] as? [String] ?? []).joined(separator: "\n")
                let failure =
                    switch compile(text) {
                    case .success: nil as RuleErrors?
                    case .failure(let failure): failure
                    }
                if (row["expected"] as? [String: Any])?["parser_error"] != nil {
                    if failure != nil { refused += 1 }
                    continue
                }
                if failure == nil { compiled += 1 }
                for error in failure?.errors ?? [] {
                    if case .unsupported = error.reason { continue }
                    let isExpected = Self.refusals[name]?.contains(error.reason.text) ?? false
                    #expect(isExpected, "\(name): \(error)\n\(error.excerpt)")
                }
            }
        }
        print("libmodsecurity's cases: \(compiled) of \(cases) compile as a whole")
        #expect(cases == 487)
        // All but one: a second SecDefaultAction of a phase takes the place of the first, as in
        // ModSecurity 2.
        #expect(refused == 21)
    }
}
