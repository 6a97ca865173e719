import Bytes
import RuleStore
import Testing

@testable import Configuration

@Suite("Loading: whole configurations")
struct LoadingTests {
    /// The shape of the documented sample, its directives being those that exist.
    static let sample = """
        http {
            server {
                waf_rules_file rules/*.conf;
                location = /login { }
                location ~* .(jpg|jpeg)$ { }
                location = /heartbeat { waf off; }
                location = /50x.html { waf_rules_file off; }
                location = /waf_target_common    { proxy_pass http://127.0.0.1:9101$request_uri; }
                location = /waf_target_heartbeat { proxy_pass http://127.0.0.1:9102$request_uri; }
                location /chat {
                    proxy_pass http://app;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                    proxy_read_timeout 1h30m;
                    waf_websocket_max_message 64k;
                }
            }
            upstream app { server 10.0.0.1:8080 weight=2; server app.example backup; keepalive 8; }
        }
        """
    static let files = ["/etc/wafd/rules/b.conf": "", "/etc/wafd/rules/a.conf": ""]

    @Test func sampleLoads() throws {
        let found = try loaded(Self.sample, files: Self.files)
        #expect(found.warnings.isEmpty)
        #expect(found.policy.servers[0].locations.count == 7)
        #expect(
            found.ruleSets.map { $0.map(\.path) } == [["/etc/wafd/rules/a.conf", "/etc/wafd/rules/b.conf"]])
        let modes = found.policy.servers[0].locations.map(\.settings.inspection)
        #expect(modes == [.on, .on, .off, .off, .on, .on, .on])
        let chat = found.policy.servers[0].locations[6].settings
        #expect(chat.readTimeoutMilliseconds == 5_400_000)
        #expect(chat.maxMessageBytes == 65_536 && chat.maxFrameBytes == 65_536)
    }

    @Test func whatIsLoadedTravelsAsABlob() throws {
        let policy = try loaded(Self.sample, files: Self.files).policy
        var blob = ByteBuffer()
        blob.append(contentsOf: PolicyEncoder.encode(policy))
        #expect(try PolicyDecoder.decode(blob.view) == policy)
    }

    /// Loading the same text twice gives the same policy: nothing depends on the order of a hash.
    @Test func loadingIsRepeatable() throws {
        let first = try loaded(Self.sample, files: Self.files)
        let second = try loaded(Self.sample, files: Self.files)
        #expect(PolicyEncoder.encode(first.policy) == PolicyEncoder.encode(second.policy))
        #expect(first.ruleSets == second.ruleSets)
    }

    /// A cut or changed text is loaded or refused with places, never a trap.
    @Test func damagedTextNeverTraps() {
        let bytes = Array(Self.sample.utf8)
        var refused = 0
        func check(_ damaged: [UInt8]) {
            let outcome = ConfigurationLoader.load(
                path: "/c", prefix: "", extraDirectives: "", files: ByteFile(bytes: damaged),
                resolve: { testHosts[$0] })
            if case .failure(let errors) = outcome {
                refused += 1
                #expect(!errors.errors.isEmpty)
            }
        }
        let bad: [UInt8] = [0, 0x22, 0x24, 0x3B, 0x5C, 0x7B, 0x7D, 0xFF, 0x27]
        for index in bytes.indices {
            check(Array(bytes[..<index]))
            var damaged = bytes
            damaged[index] = bad[index % bad.count]
            check(damaged)
        }
        #expect(refused > bytes.count)
    }

    private struct ByteFile: FileReader {
        var bytes: [UInt8]
        func read(_ path: String) -> [UInt8]? { path == "/c" ? bytes : nil }
        func glob(_ pattern: String) -> [String] { ["/rules/a.conf"] }
    }

    @Test func manyErrorsTakeLinearTime() {
        let text = String(repeating: "x;", count: 20_000)
        guard case .failure(let errors) = load(text) else {
            Issue.record("unknown directives were loaded")
            return
        }
        #expect(errors.errors.count == 20_000)
    }
}
