// The master's look at a generation before it is published.

import Bytes
import Foundation
import Posix
import RuleStore
import SecLang
import Testing

@testable import Gateway

@Suite("The check before publishing") struct GenerationCheckTests {
    private static let rules = """
        SecRuleEngine On
        SecRequestBodyAccess On
        SecRule ARGS "@rx (?i)<script[^>]*>|union\\s+select|etc/passwd" "id:1,phase:2,deny,log,t:none,t:urlDecodeUni,msg:'x'"
        SecRule REQUEST_HEADERS|ARGS_NAMES "@pm mozilla jndi" "id:2,phase:1,pass,log,t:lowercase,msg:'y'"
        SecRule RESPONSE_BODY "@contains ORA-" "id:3,phase:4,deny,log,msg:'z'"
        """

    private struct Text: RuleFileReader {
        func read(_ path: String) -> [UInt8]? { Array(GenerationCheckTests.rules.utf8) }
        func readDatabase(_ path: String) -> [UInt8]? { nil }
        func glob(_ pattern: String) -> [String] { [pattern] }
    }

    private static func sealed(_ policy: GatewayPolicy, _ sets: [[UInt8]]) throws -> Descriptor {
        let folder = FileManager.default.temporaryDirectory.path + "/wafd-check-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = try GenerationWriter.write(
            GenerationContents(policy: PolicyEncoder.encode(policy), ruleSets: sets), toDirectory: folder,
            generation: 1)
        return try SealedGeneration.copy(ofFile: path)
    }

    @Test("a sound generation passes, and its rules were made to match")
    func sound() throws {
        guard case .success(let draft) = RuleCompiler.compile(files: ["r.conf"], reader: Text()) else {
            throw RuleStoreTestFault.compile
        }
        var policy = GatewayPolicy()
        policy.ruleSetCount = 1
        let store = try Self.sealed(policy, [RuleSetEncoder.encode(draft)])
        let summary = try GenerationCheck.run(descriptor: store.number)
        #expect(summary.requests == CheckTraffic.requests.count && summary.requests > 20)
        #expect(summary.matches > summary.requests)
    }

    @Test("a generation that workers could not open is a failure")
    func unsound() throws {
        var policy = GatewayPolicy()
        policy.ruleSetCount = 1
        let store = try Self.sealed(policy, [])
        #expect(throws: GenerationCheck.Failure.self) {
            _ = try GenerationCheck.run(descriptor: store.number)
        }
    }
}

private enum RuleStoreTestFault: Error { case compile }
