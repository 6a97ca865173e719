import RuleStore
import SharedDictionary
import Testing

@testable import Configuration

@Suite("Main context")
struct MainTests {
    @Test func defaults() throws {
        let found = try loaded(server(""))
        var want = MainSettings()
        #expect(found.main == want)
        want.workerProcesses = nil
        #expect(want.pidPath == "/run/wafd/wafd.pid")
        #expect(want.ruleStoreDirectory == "/var/lib/wafd")
        #expect(want.controlSocketPath == "/run/wafd/control.sock")
        #expect(want.errorLogPath == nil && want.errorLogLevel == .error)
        #expect(found.policy.workerConnections == 16_384)
        #expect(found.policy.shutdownTimeoutMilliseconds == nil)
        #expect(found.warnings.isEmpty)
    }

    @Test func everyDirective() throws {
        let found = try loaded(
            """
            worker_processes 4; worker_rlimit_nofile 65536; worker_shutdown_timeout 1m30s;
            user www www-data; pid run/w.pid; error_log logs/error.log warn; rule_store /data/store;
            control_socket run/control.sock;
            events { worker_connections 1000; }
            http { server { } }
            """)
        var want = MainSettings()
        want.workerProcesses = 4
        want.workerOpenFiles = 65_536
        want.userName = "www"
        want.groupName = "www-data"
        want.pidPath = "/srv/wafd/run/w.pid"
        want.errorLogPath = "/srv/wafd/logs/error.log"
        want.errorLogLevel = .warn
        want.ruleStoreDirectory = "/data/store"
        want.controlSocketPath = "/srv/wafd/run/control.sock"
        #expect(found.main == want)
        #expect(found.policy.workerConnections == 1_000)
        #expect(found.policy.shutdownTimeoutMilliseconds == 90_000)
    }

    @Test func sharedDictionaries() throws {
        let collections = DictionarySettings.collections
        #expect(try loaded(server("")).main.dictionaries == [collections])
        let found = try loaded(
            "shared_dict rates 1m; shared_dict bans 64k; http { server { } }").main.dictionaries
        #expect(
            found == [
                collections, .init(name: "rates", bytes: 1 << 20), .init(name: "bans", bytes: 64 << 10),
            ])
        #expect(
            try loaded("shared_dict collections 1g; http { server { } }").main.dictionaries
                == [.init(name: "collections", bytes: 1 << 30)])
        let most = (1..<TableLimits.dictionaries).map { "shared_dict d\($0) 64k; " }.joined()
        #expect(
            try loaded(most + "http { server { } }").main.dictionaries.count == TableLimits.dictionaries)
        for (text, reason) in [
            (most + "shared_dict more 64k;", "there are more than 16 dictionaries"),
            ("shared_dict a 65535;", "a size of 65536 to 1073741824 bytes"),
            ("shared_dict a 1073741825;", "a size of 65536 to 1073741824 bytes"),
            ("shared_dict a/b 1m;", "a name of at most 64"),
            ("shared_dict \(String(repeating: "n", count: 65)) 1m;", "a name of at most 64"),
            ("shared_dict a 1m; shared_dict a 2m;", "dictionary \"a\" is a duplicate of that at"),
        ] {
            #expect(report(text + " http { server { } }").contains(reason), "\(text)")
        }
    }

    @Test("dictionaries that other machines share") func sharedByRedis() throws {
        func redis(_ text: String) throws -> RedisSettings? {
            try loaded("shared_dict rates 1m \(text); http { server { } }").main.dictionaries.last?.redis
        }
        #expect(try redis("") == nil)
        #expect(try redis("redis=127.0.0.1") == RedisSettings(host: "127.0.0.1", port: 6379))
        #expect(try redis("redis=[2001:DB8::1]:7000") == RedisSettings(host: "2001:db8::1", port: 7_000))
        #expect(try redis("redis=unix:/run/redis.sock")?.host == "unix:/run/redis.sock")
        var want = RedisSettings(host: "127.0.0.1", port: 7_000)
        want.prefix = "edge.1:x"
        want.intervalMilliseconds = 10
        want.passwordPath = "/run/secret"
        #expect(
            try redis(
                "redis_password_file=/run/secret redis_interval=10ms redis_prefix=edge.1:x redis=127.0.0.1:7000")
                == want)
        #expect(try redis("redis=127.0.0.1 redis_interval=10s")?.intervalMilliseconds == 10_000)
        #expect(try redis("redis=127.0.0.1 redis_prefix=\(String(repeating: "p", count: 64))") != nil)
        for (text, reason) in [
            ("redis=", "redis= and host"), ("redis=127.0.0.1:0", "redis= and host"),
            ("redis=no.such.host.invalid", "no.such.host.invalid"),
            ("redis=127.0.0.1 redis_interval=9ms", "a time from 10ms to 10s"),
            ("redis=127.0.0.1 redis_interval=10001ms", "a time from 10ms to 10s"),
            ("redis=127.0.0.1 redis_prefix=a/b", "at most 64 letters"),
            ("redis=127.0.0.1 redis_prefix=", "at most 64 letters"),
            ("redis=127.0.0.1 redis_prefix=\(String(repeating: "p", count: 65))", "at most 64 letters"),
            ("redis=127.0.0.1 redis_password_file=", "and a path"),
            ("redis_prefix=a", "need redis="), ("redis=127.0.0.1 fast", "redis_interval="),
            ("redis=127.0.0.1 redis_timeout=1s", "redis_interval="),
        ] {
            let told = report("shared_dict rates 1m \(text); http { server { } }")
            #expect(told.contains(reason), "\(text): \(told)")
        }
    }

    @Test func wordsForValues() throws {
        let found = try loaded(
            "worker_processes auto; error_log stderr debug; worker_shutdown_timeout 0; http { server { } }")
        #expect(found.main.workerProcesses == nil)
        #expect(found.main.errorLogPath == nil && found.main.errorLogLevel == .debug)
        #expect(found.policy.shutdownTimeoutMilliseconds == nil)
    }

    @Test func directivesOfTheCommandLine() throws {
        #expect(try loaded(server(""), extra: "worker_processes 2; user nobody;").main.workerProcesses == 2)
        #expect(
            report("worker_processes 1; http { server { } }", extra: "worker_processes 2;")
                == #"wafd.conf:1:1: error: "worker_processes" is a duplicate of that at -g:1:1"#)
        #expect(
            report(server(""), extra: "worker_processes 2")
                == #"-g:1:19: error: unexpected end of file, expected ";" or "{""#)
    }

    @Test func withoutServersThereIsAWarning() {
        let warning = #"warning: there is no "server" in an "http" block: nothing is listened on"#
        #expect(report("") == "wafd.conf:1:1: " + warning)
        #expect(report("events { }\nhttp { }") == "wafd.conf:2:1: " + warning)
    }

    @Test(arguments: [
        ("/etc/w.conf", "/srv", "/etc/w.conf", "/etc/inc", "/srv/run"),
        ("conf/w.conf", "/srv", "/srv/conf/w.conf", "/srv/conf/inc", "/srv/run"),
        ("conf/w.conf", "/srv/", "/srv/conf/w.conf", "/srv/conf/inc", "/srv/run"),
        ("conf/w.conf", "", "conf/w.conf", "conf/inc", "run"), ("w.conf", "", "w.conf", "inc", "run"),
    ]) func paths(_ path: String, _ prefix: String, _ file: String, _ beside: String, _ under: String) {
        let paths = ConfigurationPaths(path: path, prefix: prefix)
        #expect(paths.file == file)
        #expect(paths.besideConfiguration("inc") == beside)
        #expect(paths.underPrefix("run") == under)
        #expect(paths.underPrefix("/abs") == "/abs")
    }
}
