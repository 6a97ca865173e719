import Bytes
import RuleStore
import Testing

@Suite("Policy codec: round trip and damaged blobs")
struct PolicyCodecTests {
    static let everyVariable: [TemplateVariable] = [
        .requestURI, .uri, .args, .isArgs, .requestMethod, .serverProtocol, .remoteAddress, .remotePort,
        .serverAddress, .serverPort, .serverName, .scheme, .host, .requestField("x-ä"), .argument("id"),
        .cookie("sid"), .proxyHost, .proxyPort, .proxyAddXForwardedFor, .requestID,
    ]

    /// A policy in which no field has its default.
    static var full: GatewayPolicy {
        var settings = LocationSettings()
        settings.proxy = ProxyTarget(
            destination: .upstream(1), hostText: TemplateText(literal: "app:8080"),
            uri: TemplateText(literal: "/v2/"), replacedPrefixBytes: 5)
        settings.proxyHeaders = [
            ProxyHeader(name: "X-All", value: TemplateText(parts: everyVariable.map { .variable($0) })),
            ProxyHeader(name: "Accept-Encoding", value: TemplateText(literal: "")),
        ]
        settings.connectTimeoutMilliseconds = 1
        settings.readTimeoutMilliseconds = 2
        settings.sendTimeoutMilliseconds = 3
        settings.clientHeaderTimeoutMilliseconds = 4
        settings.clientBodyTimeoutMilliseconds = 5
        settings.clientSendTimeoutMilliseconds = 6
        settings.keepAliveTimeoutMilliseconds = 0
        settings.maxBodyBytes = .max
        settings.inspection = .detect
        settings.ruleSet = 1
        settings.refusesCodedRequests = true
        settings.responseHoldMilliseconds = 7
        settings.webSocketInspection = .on
        settings.maxMessageBytes = 8
        settings.maxFrameBytes = 9
        settings.acceptsTextMessages = false
        settings.acceptsBinaryMessages = false
        settings.allowsDeflate = false
        settings.auditLog = .directive(path: "/a")
        settings.accessLogs = [
            AccessLogTarget(path: "/b", format: 1), AccessLogTarget(path: "/c", format: 0),
        ]
        settings.messages.denial = .drop
        settings.messages.format = .signalR
        settings.messages.closesMalformed = false
        settings.messages.origins = ["https://a.example", "*.b.example"]
        settings.messages.acceptsNoOrigin = true
        settings.messages.subprotocols = ["v12.stomp"]
        settings.messages.acceptsNoSubprotocol = true
        settings.messages.messagesPerSecond = 10
        settings.messages.bytesPerSecond = 11
        settings.messages.maxFragments = 12
        settings.messages.idleMilliseconds = 13
        settings.messages.schema = 1

        var variable = LocationSettings()
        let host = TemplateText(parts: [.literal("a"), .variable(.host), .literal(":80")])
        variable.proxy = ProxyTarget(destination: .variable(host), hostText: host)

        var server = ServerPolicy()
        server.names = [.exact("a.example"), .leadingWildcard(".b.example"), .trailingWildcard("www.c.")]
        variable.auditLog = .rules(path: "/é")
        var target = TargetPolicy(uri: "/ask?a=1")
        target.location = 2
        target.timeoutMilliseconds = 7
        target.failure = .block
        target.mode = .async
        target.samplePercent = 3
        target.maxBodyBytes = 8
        target.inFlight = 12
        target.asksMessages = false
        target.breakerFailures = 9
        target.breakerMilliseconds = 10
        target.cacheMilliseconds = 11
        target.cacheKey = TemplateText(parts: [.variable(.host)])
        variable.target = target
        variable.debugLog = "/var/log/débug"
        variable.isTarget = true
        variable.answersInspection = true
        server.settings = variable
        server.locations = [
            LocationPolicy(match: .exact("/"), settings: settings),
            LocationPolicy(match: .prefix("/p"), settings: LocationSettings()),
            LocationPolicy(match: .prefixFinal("/é"), settings: variable),
            LocationPolicy(match: .pattern(program: [0, 255, 1]), settings: settings),
        ]

        var backup = UpstreamPolicy.Server(address: ListenAddress(host: "unix:/run/app", port: 0))
        backup.weight = 5
        backup.isBackup = true
        backup.isDown = true
        backup.maxFails = 0
        backup.failTimeoutMilliseconds = 30
        var app = UpstreamPolicy(name: "app")
        app.servers = [.init(address: ListenAddress(host: "::1", port: 65_535)), backup]
        app.keptConnections = 16

        var policy = GatewayPolicy()
        policy.listeners = [
            ListenerPolicy(
                address: ListenAddress(host: "0.0.0.0", port: 80), defaultServer: 1, servers: [0, 1])
        ]
        policy.servers = [server, ServerPolicy()]
        policy.upstreams = [UpstreamPolicy(name: "none"), app]
        policy.ruleSetCount = 2
        let parts =
            everyVariable.map { LogFormat.Part.variable(.template($0)) }
            + KnownLogVariable.allCases.map { .variable(.known($0)) }
        policy.logFormats = [
            LogFormat(parts: [.literal("x"), .variable(.sentField("y"))], escaping: .json),
            LogFormat(parts: parts, escaping: .none),
        ]
        policy.workerConnections = 3
        policy.shutdownTimeoutMilliseconds = 4
        policy.messageSchemas = [[], [1, 2, 3]]
        policy.webSocketMemoryBytes = 5
        return policy
    }

    private static func decode(_ bytes: [UInt8]) -> Result<GatewayPolicy, PolicyError> {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: bytes)
        do throws(PolicyError) {
            return .success(try PolicyDecoder.decode(buffer.view))
        } catch {
            return .failure(error)
        }
    }

    @Test func everyFieldComesBack() {
        #expect(Self.decode(PolicyEncoder.encode(Self.full)) == .success(Self.full))
    }

    @Test func anEmptyPolicyComesBack() {
        #expect(Self.decode(PolicyEncoder.encode(GatewayPolicy())) == .success(GatewayPolicy()))
    }

    /// Many least elements: the smallest encodings that the reader reckons with are right.
    @Test func manyLeastElementsComeBack() {
        var policy = GatewayPolicy()
        var server = ServerPolicy()
        server.names = Array(repeating: .exact(""), count: 500)
        server.locations = Array(repeating: LocationPolicy(match: .exact(""), settings: .init()), count: 500)
        policy.servers = Array(repeating: ServerPolicy(), count: 500) + [server]
        policy.listeners = Array(
            repeating: ListenerPolicy(address: .init(host: "", port: 0), defaultServer: 0, servers: []),
            count: 500)
        var upstream = UpstreamPolicy(name: "")
        upstream.servers = Array(repeating: .init(address: .init(host: "", port: 0)), count: 500)
        policy.upstreams = Array(repeating: UpstreamPolicy(name: ""), count: 500) + [upstream]
        #expect(Self.decode(PolicyEncoder.encode(policy)) == .success(policy))
    }

    @Test func everyCutIsAnError() {
        let bytes = PolicyEncoder.encode(Self.full)
        for length in bytes.indices {
            switch Self.decode(Array(bytes[..<length])) {
            case .success: Issue.record("a blob cut at \(length) was accepted")
            case .failure(let error): #expect(length >= 4 ? error != .notAPolicy : error == .notAPolicy)
            }
        }
    }

    /// Every byte set to several other values: an error or another policy, never a trap, and what
    /// is accepted is what would be written for it.
    @Test func everyDamagedByteIsAnErrorOrAnotherPolicy() {
        let bytes = PolicyEncoder.encode(Self.full)
        var refused = 0
        for index in bytes.indices {
            for mask: UInt8 in [0x01, 0x80, 0xFF, 0x10, 0x7F] {
                var damaged = bytes
                damaged[index] ^= mask
                switch Self.decode(damaged) {
                case .success(let policy): #expect(PolicyEncoder.encode(policy) == damaged)
                case .failure: refused += 1
                }
            }
        }
        #expect(refused > bytes.count)
    }

    @Test func bytesBehindTheEndAreAnError() {
        #expect(Self.decode(PolicyEncoder.encode(Self.full) + [0]) == .failure(.trailingBytes(count: 1)))
    }

    @Test func anotherMagicOrVersionIsNamed() {
        var bytes = PolicyEncoder.encode(GatewayPolicy())
        bytes[4] = 99
        #expect(Self.decode(bytes) == .failure(.version(found: 99, expected: 5)))
        bytes[0] = 0
        #expect(Self.decode(bytes) == .failure(.notAPolicy))
    }

    @Test func textThatIsNotUTF8IsAnError() {
        var policy = GatewayPolicy()
        policy.upstreams = [UpstreamPolicy(name: "app")]
        var bytes = PolicyEncoder.encode(policy)
        guard let place = bytes.firstIndex(of: UInt8(ascii: "a")) else {
            Issue.record("the name is not in the blob")
            return
        }
        bytes[place] = 0xFF
        #expect(Self.decode(bytes) == .failure(.badValue(field: "upstream.name", offset: place - 4)))
    }

    struct DanglingRow: Sendable, CustomTestStringConvertible {
        var field: String
        var want: PolicyError
        var damage: @Sendable (inout GatewayPolicy) -> Void
        var testDescription: String { field }
    }

    static let danglingRows: [DanglingRow] = [
        DanglingRow(
            field: "default server", want: .danglingIndex(field: "listener.defaultServer", index: 2, count: 2)
        ) { $0.listeners[0].defaultServer = 2 },
        DanglingRow(field: "server", want: .danglingIndex(field: "listener.servers", index: 2, count: 2)) {
            $0.listeners[0].servers.append(2)
        },
        DanglingRow(field: "rule set", want: .danglingIndex(field: "ruleSet", index: 2, count: 2)) {
            $0.servers[1].settings.ruleSet = 2
        },
        DanglingRow(field: "upstream", want: .danglingIndex(field: "proxy.upstream", index: 2, count: 2)) {
            $0.servers[0].locations[0].settings.proxy?.destination = .upstream(2)
        },
    ]

    @Test(arguments: danglingRows) func anIndexOnePastTheEndIsAnError(_ row: DanglingRow) {
        var policy = Self.full
        row.damage(&policy)
        #expect(Self.decode(PolicyEncoder.encode(policy)) == .failure(row.want))
    }
}
