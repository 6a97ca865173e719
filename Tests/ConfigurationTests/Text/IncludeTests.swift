import RuleStore
import Testing

@testable import Configuration

@Suite("include: nginx.org, Core functionality")
struct IncludeTests {
    @Test func filesTakeThePlaceOfTheLineInSortedOrder() throws {
        let files = [
            "/etc/wafd/conf.d/b.conf": "server { listen 81; }",
            "/etc/wafd/conf.d/a.conf": "server { listen 82; }",
            "/etc/wafd/conf.d/sub/c.conf": "server { listen 83; }", "/etc/wafd/conf.d/a.txt": "nonsense",
            "/other/d.conf": "server { listen 84; }",
        ]
        let text = http(
            "server { listen 80; } include conf.d/*.conf; include /other/d.conf; server { listen 85; }")
        let found = try loaded(text, files: files)
        #expect(found.policy.listeners.map(\.address.port) == [80, 82, 81, 84, 85])
    }

    /// Relative to the folder of the configuration file, also from included files.
    @Test func relativePathsStartAtTheConfigurationFile() throws {
        let files = ["/etc/wafd/conf.d/a.conf": "include common;", "/etc/wafd/common": "worker_processes 3;"]
        #expect(try loaded("include conf.d/a.conf;", files: files).main.workerProcesses == 3)
    }

    @Test func aPatternMayMatchNothingButAFileMustExist() {
        #expect(report("include conf.d/*.conf; http { server { } }") == "")
        #expect(
            report("include conf.d/a.conf;\nhttp { server { } }")
                == #"wafd.conf:1:9: error: can not read "conf.d/a.conf""#)
    }

    @Test func errorsNameTheIncludedFile() {
        let files = ["/etc/wafd/a.conf": "\n  wrong 1;"]
        #expect(
            report("http { include a.conf; server { } }", files: files)
                == #"a.conf:2:3: error: unknown directive "wrong""#)
    }

    /// A broken file does not swallow what follows the line that includes it.
    @Test func blocksDoNotReachOverFiles() {
        let files = ["/etc/wafd/a.conf": "server {"]
        #expect(
            report("http { include a.conf; }", files: files)
                == #"a.conf:1:9: error: unexpected end of file, expected "}" for the block opened at a.conf:1:8"#
        )
    }

    @Test func filesThatIncludeThemselves() {
        let files = ["/etc/wafd/a.conf": "include b.conf;", "/etc/wafd/b.conf": "include a.conf;"]
        #expect(
            report("include a.conf; http { server { } }", files: files)
                == #"b.conf:1:9: error: "a.conf" includes itself"#)
        #expect(
            report("include *.conf; http { server { } }", files: [:])
                == #"wafd.conf:1:9: error: "wafd.conf" includes itself"#)
    }

    @Test func depthAtTheLimitAndOnePast() {
        func chain(_ depth: Int) -> [String: String] {
            var files: [String: String] = [:]
            for level in 1..<depth { files["/etc/wafd/\(level)"] = "include \(level + 1);" }
            files["/etc/wafd/\(depth)"] = "worker_processes 1;"
            return files
        }
        let limit = ConfigurationLimits.includeDepth
        let text = "include 1; http { server { } }"
        #expect(report(text, files: chain(limit)) == "")
        #expect(
            report(text, files: chain(limit + 1))
                == "\(limit):1:9: error: more than \(limit) files include one another")
    }

    /// Files that include the next one twice double at each level.
    @Test func filesInAllAreLimited() {
        var files: [String: String] = [:]
        for level in 1...15 { files["/etc/wafd/\(level)"] = "include \(level + 1); include \(level + 1);" }
        files["/etc/wafd/16"] = "# end"
        let lines = report("include 1;", files: files).split(separator: "\n")
        #expect(
            lines.first?.hasSuffix("error: more than \(ConfigurationLimits.files) files are included") == true
        )
    }

    @Test func anIncludeOfAnotherShapeIsRefused() {
        #expect(
            report("include; include a b; include c { } http { server { } }") == """
                wafd.conf:1:1: error: "include" takes 1 argument, found 0
                wafd.conf:1:10: error: "include" takes 1 argument, found 2
                wafd.conf:1:23: error: "include" is no block: expected ";", found "{"
                """)
    }
}
