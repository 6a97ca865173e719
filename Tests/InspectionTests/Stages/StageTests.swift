// The built-in stages, each over streams without a server.

import Bytes
import Inspection
import Pipeline
import RuleStore
import Testing

/// Meters that admit a number of asks, and bans in memory.
private final class FixedMeans: StageSharing, StageBans, StageMeter {
    var answers: [MeterAnswer] = []
    var keys: [[UInt8]] = []
    var banned: [String: Int] = [:]
    var setting: MeterSetting?

    func meter(_ setting: MeterSetting) -> (any StageMeter)? {
        self.setting = setting
        return self
    }
    func bans(dictionary: String?) -> (any StageBans)? { self }
    func ask(_ key: ByteView) -> MeterAnswer {
        keys.append(key.array)
        return answers.isEmpty ? .admitted : answers.removeFirst()
    }
    func contains(_ key: ByteView) -> Bool { banned[key.string] != nil }
    func ban(_ key: ByteView, seconds: Int) { banned[key.string] = seconds }
}

@Suite("Built-in stages") struct StageTests {
    private let means = FixedMeans()

    /// `name argument ...` as in a configuration, prepared and attached.
    private func pipeline(_ stages: String..., files: [String: String] = [:]) throws -> AttachedPipeline {
        let links = stages.map { text in
            let words = text.split(separator: " ").map(String.init)
            let arguments = words.dropFirst().map { word in
                let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
                return parts.count == 2
                    ? StagePolicy.Argument(name: parts[0], value: parts[1])
                    : StagePolicy.Argument(name: "", value: word)
            }
            return PipelineLink.stage(
                StagePolicy(name: words[0], arguments: Array(arguments), place: "f:1:1"))
        }
        var checker = ChainChecker(.builtIn) { (path) throws(StageError) in
            guard let text = files[path] else { throw StageError("\(path): can not be read") }
            return Array(text.utf8)
        }
        let policy = checker.compile(PipelinePolicy(name: "p", links: links))
        if let error = checker.errors.first { throw StageError(error.description) }
        return try AttachedPipeline(policy, .builtIn, means)
    }

    /// What stops the stream; nil when nothing does.
    private func stop(_ pipeline: AttachedPipeline, _ fixture: StreamFixture) -> String? {
        let run = ChainRun()
        let outcome = run.run(pipeline.chains[fixture.stream.phase.rawValue], fixture.stream)
        if case .ended(let verdict) = outcome { return verdict.reason }
        return outcome == .waiting ? "waits" : nil
    }

    private func from(
        _ address: String, method: String = "GET", path: String = "/", headers: [String: String] = [:]
    ) -> StreamFixture {
        StreamFixture(fields: [.remoteAddress: address, .method: method, .path: path], headers: headers)
    }

    @Test("acl: addresses of arguments and files, the more special list first")
    func addresses() throws {
        let lists = try pipeline(
            "acl deny=10.0.0.0/8,@bad.txt deny=@bad.json allow=10.1.0.0/16",
            files: [
                "bad.txt": "# kept out\n192.0.2.1 # one\n\n2001:db8::/32\n",
                "bad.json": "[\"198.51.100.0/24\", \"203.0.113.9\"]\n",
            ])
        for (address, isStopped) in [
            ("10.2.0.1", true), ("10.1.0.1", false), ("192.0.2.1", true), ("192.0.2.2", false),
            ("2001:db8::7", true),
            ("2001:db9::7", false), ("198.51.100.200", true), ("203.0.113.9", true), ("203.0.113.8", false),
            ("::ffff:10.2.0.1", true), ("unix:", false),
        ] {
            #expect((stop(lists, from(address)) != nil) == isStopped, "\(address)")
        }
    }

    @Test(
        "acl: what becomes of an address on neither list",
        arguments: [
            ("allow=10.0.0.1", true), ("allow=10.0.0.1 deny=10.0.0.2", false), ("deny=10.0.0.2", false),
            ("deny=10.0.0.2 default=deny", true), ("allow=10.0.0.1 default=allow", false),
        ])
    func others(_ arguments: String, _ isStopped: Bool) throws {
        #expect((stop(try pipeline("acl \(arguments)"), from("10.9.9.9")) != nil) == isStopped)
    }

    @Test("acl: bans, methods, paths and fields")
    func otherLists() throws {
        let stage = try pipeline(
            "acl deny=@banned method=GET,POST deny-path=/admin deny-path=~\\.(bak|old)$ deny-header=user-agent:bot deny-header=x:~^[0-9]+$"
        )
        means.banned = ["192.0.2.1": 5]
        #expect(stop(stage, from("192.0.2.1")) == "address banned")
        #expect(stop(stage, from("192.0.2.2")) == nil)
        #expect(stop(stage, from("192.0.2.2", method: "PUT")) == "method not allowed")
        #expect(stop(stage, from("192.0.2.2", path: "/administrator")) == "path denied")
        #expect(stop(stage, from("192.0.2.2", path: "/a.OLD")) == "path denied")
        #expect(stop(stage, from("192.0.2.2", path: "/a.older")) == nil)
        #expect(stop(stage, from("192.0.2.2", headers: ["User-Agent": "a bot"])) == "field user-agent denied")
        #expect(stop(stage, from("192.0.2.2", headers: ["X": "12"])) == "field x denied")
        #expect(stop(stage, from("192.0.2.2", headers: ["X": "1a"])) == nil)
    }

    @Test(
        "what is wrong with arguments is told when the configuration is loaded",
        arguments: [
            ("acl deny=nowhere", "deny:"), ("acl deny=@none", "none: can not be read"),
            ("acl default=maybe", "default=maybe"),
            ("acl deny=country:DE", "needs geoip=FILE"),
            ("acl deny=country:de geoip=x", "two capital letters"),
            ("acl deny-header=x", "NAME:TEXT"), ("acl deny-path=~(", "deny-path=~("),
            ("acl deny=@bad.json", "array of texts"),
            ("cc key=text rate=1r/s", "at least one of"), ("cc key=$remote_addr rate=0r/s", "rate=0r/s"),
            ("cc key=$remote_addr rate=1r/s burst=1000001", "burst=1000001"),
            ("cc key=$remote_addr rate=1r/s burst=3 delay=4", "delay=4"),
            ("cc key=$remote_addr rate=1000001r/s", "at most 1000000"),
            ("cc key=$remote_addr rate=1r/s of=all", "of=all"),
            ("cc key=$remote_addr rate=1r/s ban=long", "ban=long"),
            ("cc key=$remote_addr rate=1r/s status=399", "status=399"),
            ("normalise rounds=9", "rounds=9"), ("normalise forward=yes", "forward=yes"),
            ("log loudly", "\"error\" or \"audit\""),
            ("remote risk", "begins with \"/\""), ("sqli cookies=some", "cookies=some"),
            ("rulesource crs", "at least one file"),
        ])
    func refused(_ stage: String, _ expected: String) {
        do {
            _ = try pipeline(stage, files: ["bad.json": "{}", "x": ""])
            Issue.record("\(stage) was taken")
        } catch {
            let text = (error as? StageError)?.text ?? "\(error)"
            #expect(text.contains(expected), "\(text)")
        }
    }

    @Test("cc: the key, the answers, and the ban")
    func flood() throws {
        let stage = try pipeline("cc key=$remote_addr rate=100r/s burst=20 delay=5 ban=10m zone=z")
        #expect(
            means.setting == MeterSetting(zone: "z", rate: 100, isPerMinute: false, burst: 20, delayAfter: 5))
        means.answers = [.admitted, .delayed(milliseconds: 30), .refused]
        #expect(stop(stage, from("192.0.2.1")) == nil)
        #expect(stop(stage, from("192.0.2.1")) == "waits")
        #expect(stop(stage, from("192.0.2.1")) == "over the limit of \"z\", banned for 600 s")
        #expect(means.banned == ["192.0.2.1": 600])
        #expect(means.keys == Array(repeating: Array("192.0.2.1".utf8), count: 3))
        let composed = try pipeline("cc key=$remote_addr$tag_tenant$http_x_key rate=6r/m of=requests")
        means.keys = []
        let fixture = from("192.0.2.1", headers: ["X-Key": "k"])
        fixture.stream.tag("tenant", "acme")
        #expect(stop(composed, fixture) == nil)
        #expect(means.keys == [Array("192.0.2.1\0acme\0k\0".utf8)])
        #expect(stop(composed, StreamFixture(phase: .message)) == nil && means.keys.count == 1)
    }

    @Test(
        "normalise: one layer less each round",
        arguments: [
            ("/?a=%2527", "/?a=%27"), ("/?a=%252527", "/?a=%27"), ("/?a=%25252527", "/?a=%27"),
            ("/?a=%2525252527", "/?a=%2527"),
            ("/?a=%25zz", nil), ("/?a=%27", nil), ("/?a=100%25", nil), ("/a%00b", "/ab"), ("/a%2500b", "/ab"),
            ("/", nil), ("/%25", nil), ("/%252", nil),
        ] as [(String, String?)])
    func normalised(_ target: String, _ expected: String?) throws {
        let fixture = StreamFixture(fields: [.target: target])
        #expect(stop(try pipeline("normalise"), fixture) == nil)
        #expect(fixture.stream.text(.target) == expected ?? target)
        #expect((fixture.stream.value(ofTag: "target") != nil) == (expected != nil))
    }

    @Test("normalise: bodies of forms alone")
    func normalisedBody() throws {
        for (kind, expected) in [
            ("application/x-www-form-urlencoded; charset=utf-8", "a=%27"), ("text/plain", "a=%2527"),
        ] {
            let fixture = StreamFixture(
                phase: .requestBody, headers: ["Content-Type": kind], body: Array("a=%2527".utf8))
            #expect(stop(try pipeline("normalise"), fixture) == nil)
            #expect(
                fixture.stream.withBody { span in (0..<span.count).map { span[$0] } } == Array(expected.utf8))
        }
    }

    @Test("sqli and xss: values and names, and the reactions")
    func detectors() throws {
        let attack = StreamFixture(arguments: [("a", "fine"), ("b", "1' or '1'='1")])
        #expect(stop(try pipeline("sqli"), attack) == "SQL injection in the argument \"b\"")
        #expect(stop(try pipeline("xss"), attack) == nil)
        let script = StreamFixture(arguments: [("<script>alert(1)</script>", "x")])
        #expect(
            stop(try pipeline("xss action=drop"), script)
                == "cross-site scripting in the name of the argument \"<script>alert(1)</script>\"")
        #expect(stop(try pipeline("sqli action=log"), attack) == nil)
        #expect(attack.stream.value(ofTag: "found") != nil)
    }
}
