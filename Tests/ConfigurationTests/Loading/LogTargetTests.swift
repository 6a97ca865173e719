// access_log, log_format and waf_audit_log: where lines go, and what they look like.

import RuleStore
import Testing

@testable import Configuration

@Suite("Loading: logs") struct LogTargetTests {
    static func settings(_ text: String) throws -> (policy: GatewayPolicy, locations: [LocationSettings]) {
        let policy = try loaded(text).policy
        return (policy, policy.servers[0].locations.map(\.settings))
    }

    @Test func handedDownAndReplaced() throws {
        let found = try Self.settings(
            """
            http {
                access_log a; log_format f escape=json '$status' " $http_x_y"; waf_audit_log audit;
                server {
                    location /1 { }
                    location /2 { access_log b f; access_log a combined; waf_audit_log off; }
                    location /3 { access_log off; waf_audit_log other; }
                }
            }
            """)
        let (first, second, third) = (found.locations[0], found.locations[1], found.locations[2])
        #expect(first.accessLogs == [AccessLogTarget(path: "/srv/wafd/a", format: 0)])
        #expect(second.accessLogs == [
            AccessLogTarget(path: "/srv/wafd/b", format: 1), AccessLogTarget(path: "/srv/wafd/a", format: 0),
        ])
        #expect(third.accessLogs.isEmpty)
        #expect(first.auditLog == .directive(path: "/srv/wafd/audit"))
        #expect(second.auditLog == .off)
        #expect(third.auditLog == .directive(path: "/srv/wafd/other"))
        #expect(found.policy.logFormats.count == 2)
        #expect(found.policy.logFormats[1] == LogFormat(
            parts: [.variable(.known(.status)), .literal(" "), .variable(.template(.requestField("x-y")))],
            escaping: .json))
        #expect(found.policy.logPaths == ["/srv/wafd/a", "/srv/wafd/audit", "/srv/wafd/b", "/srv/wafd/other"])
    }

    @Test func auditLogsOfRules() throws {
        var policy = try loaded(
            "http { server { waf_rules_file r.conf; location /1 { } location /2 { waf_audit_log b; } location /3 { waf_rules_file off; } } }",
            files: ["/etc/wafd/r.conf": ""]
        ).policy
        policy.setAuditLogs(ofRuleSets: ["/a"])
        let found = policy.servers[0].locations.map(\.settings.auditLog)
        #expect(found == [.rules(path: "/a"), .directive(path: "/srv/wafd/b"), .none])
        // Another load of the rules alone starts from what the last one left.
        policy.setAuditLogs(ofRuleSets: [nil])
        #expect(policy.servers[0].locations.map(\.settings.auditLog) == [.none, .directive(path: "/srv/wafd/b"), .none])
    }

    @Test func everyVariableHasAName() {
        #expect(Set(LogVariable.knownNames.values) == Set(KnownLogVariable.allCases))
    }
}
