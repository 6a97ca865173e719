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

    /// Words that are not supported are all that stands between CRS and a rule set: no other error.
    @Test func vocabularyOfCRS() throws {
        let folder = try #require(ConformanceKit.folder)
        let files = try [
            "\(folder)/crs/test-engine.conf", "\(folder)/crs/crs-setup.conf.example",
            "\(folder)/crs/test-setup.conf",
        ] + ConformanceKit.ruleFiles()
        let outcome = RuleCompiler.compile(files: files, reader: FileSystemReader())
        guard case .failure(let failure) = outcome else {
            Issue.record("the whole vocabulary is supported: assert the rule set here instead")
            return
        }
        var unsupported: [String: Int] = [:]
        var others: [String] = []
        for error in failure.errors {
            if case .unsupported(let kind, _) = error.reason {
                unsupported[kind.rawValue, default: 0] += 1
            } else {
                others.append(error.description)
            }
        }
        print("CRS: not supported yet, by kind: \(unsupported.sorted { $0.key < $1.key })")
        #expect(others == [])
        #expect(unsupported["directive"] == 60)
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

    @Test func grammarOfRegressionCases() throws {
        let folder = try #require(ConformanceKit.folder) + "/modsec-regression"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        var cases = 0
        for name in names.sorted() where name.hasSuffix(".json") {
            let rows = try #require(try ConformanceKit.json("modsec-regression/\(name)") as? [[String: Any]])
            for row in rows {
                cases += 1
                let lines = row["rules"] as? [String] ?? []
                let isRefused = (row["expected"] as? [String: Any])?["parser_error"] != nil
                let file = SourceFile(path: name, bytes: Array(lines.joined(separator: "\n").utf8))
                var diagnostics = Diagnostics()
                let number = diagnostics.open(file)
                _ = DirectiveParser.parse(file, number: number, into: &diagnostics)
                if !isRefused {
                    for error in diagnostics.errors { Issue.record("\(error)\n\(error.excerpt)") }
                }
            }
        }
        #expect(cases == 487)
    }
}
