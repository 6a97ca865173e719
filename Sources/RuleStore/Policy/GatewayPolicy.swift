// What a worker needs to know of the configuration: resolved, inherited, numbers instead of
// names. The compiler writes it into the generation; a worker decodes it once when it attaches.

/// The configuration of one generation as workers see it.
package struct GatewayPolicy: Equatable, Sendable {
    /// Every address that a server listens on, each once.
    package var listeners: [ListenerPolicy] = []
    package var servers: [ServerPolicy] = []
    package var upstreams: [UpstreamPolicy] = []
    /// Rule sets of this generation, in the order of their blobs; a location names one by index.
    package var ruleSetCount = 0
    /// `log_format`s that some location's `access_log` names.
    package var logFormats: [LogFormat] = []
    /// Open client connections a worker accepts at once; `worker_connections`.
    package var workerConnections = 16_384
    /// How long a worker that shuts down waits for its connections; nil: without end.
    package var shutdownTimeoutMilliseconds: Int?
    /// Compiled JSON schemas; `MessagePolicy.schema` names one by index.
    package var messageSchemas: [[UInt8]] = []
    /// `pipeline NAME { }`; `LocationSettings.pipeline` names one by index.
    package var pipelines: [PipelinePolicy] = []
    /// Bytes of WebSocket messages that a worker holds for their verdict; `waf_websocket_memory`.
    package var webSocketMemoryBytes = 64 << 20
    package init() {}
}

/// One `listen` address.
package struct ListenerPolicy: Equatable, Sendable {
    package var address: ListenAddress
    /// Index of the server that answers when no name fits.
    package var defaultServer: Int
    /// Indices of all servers on this address, in the order of the configuration.
    package var servers: [Int]

    package init(address: ListenAddress, defaultServer: Int, servers: [Int]) {
        self.address = address
        self.defaultServer = defaultServer
        self.servers = servers
    }
}

/// A numeric address to bind or connect to.
package struct ListenAddress: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// `127.0.0.1`, `::1` (no brackets) or, with `port` 0, `unix:/path`.
    package var host: String
    package var port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    package var description: String {
        if host.hasPrefix("unix:") {
            host
        } else if host.contains(":") {
            "[\(host)]:\(port)"
        } else {
            "\(host):\(port)"
        }
    }
}

/// One `server` block.
package struct ServerPolicy: Equatable, Sendable {
    package enum Name: Equatable, Hashable, Sendable {
        /// Lower case.
        case exact(String)
        /// `*.example.com`, stored as `.example.com`.
        case leadingWildcard(String)
        /// `www.example.*`, stored as `www.example.`.
        case trailingWildcard(String)
    }
    package var names: [Name] = []
    /// In the order of the configuration; nested locations are not supported.
    package var locations: [LocationPolicy] = []
    /// What holds where no location matches.
    package var settings = LocationSettings()
    package init() {}
}

/// One `location` block.
package struct LocationPolicy: Equatable, Sendable {
    package enum Match: Equatable, Sendable {
        /// `= /path`
        case exact(String)
        /// `/path`
        case prefix(String)
        /// `^~ /path`: regular expressions are not tried when this is the longest prefix.
        case prefixFinal(String)
        /// `~` and `~*`: a compiled pattern program of `Automata`.
        case pattern(program: [UInt8])
    }
    package var match: Match
    package var settings: LocationSettings

    package init(match: Match, settings: LocationSettings) {
        self.match = match
        self.settings = settings
    }
}

/// An `upstream` block, or the address of a `proxy_pass` that names none.
package struct UpstreamPolicy: Equatable, Sendable {
    package struct Server: Equatable, Sendable {
        package var address: ListenAddress
        package var weight = 1
        package var isBackup = false
        package var isDown = false
        /// Failures within `failTimeoutMilliseconds` that take the server out for as long; 0: never.
        package var maxFails = 1
        package var failTimeoutMilliseconds = 10_000

        package init(address: ListenAddress) { self.address = address }
    }
    package var name: String
    package var servers: [Server] = []
    /// Idle connections kept by a worker; `keepalive N`.
    package var keptConnections = 0
    package init(name: String) { self.name = name }
}
