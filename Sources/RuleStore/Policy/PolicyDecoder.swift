// Bytes to GatewayPolicy; PolicyFormat.swift has the layout.

package import Bytes

/// Reads what ``PolicyEncoder`` wrote. The bytes are copied out; nothing keeps a view of them.
package enum PolicyDecoder {
    /// - Throws: for any blob that `PolicyEncoder` can not have written for a policy whose
    ///   indices all name something; never traps.
    package static func decode(_ blob: ByteView) throws(PolicyError) -> GatewayPolicy {
        var reader = PolicyReader(blob)
        guard blob.count >= 4, try reader.word() == PolicyFormat.magic else { throw .notAPolicy }
        let version = try reader.word()
        guard version == PolicyFormat.version else {
            throw .version(found: version, expected: PolicyFormat.version)
        }
        let policy = try gatewayPolicy(&reader)
        guard reader.remainingBytes == 0 else { throw .trailingBytes(count: reader.remainingBytes) }
        try policy.checkIndices()
        return policy
    }

    private static func gatewayPolicy(_ reader: inout PolicyReader) throws(PolicyError) -> GatewayPolicy {
        var policy = GatewayPolicy()
        policy.listeners = try reader.list(leastBytes: 24, listener)
        policy.servers = try reader.list(leastBytes: 113, server)
        policy.upstreams = try reader.list(leastBytes: 16, upstream)
        policy.ruleSetCount = try reader.number("ruleSetCount")
        policy.logFormats = try reader.list(leastBytes: 5, logFormat)
        policy.workerConnections = try reader.number("workerConnections")
        policy.shutdownTimeoutMilliseconds = try reader.optionalNumber("shutdownTimeout")
        policy.messageSchemas = try reader.list(leastBytes: 4) { (reader) throws(PolicyError) in
            try reader.blob()
        }
        policy.webSocketMemoryBytes = try reader.number("webSocketMemory")
        policy.pipelines = try reader.list(leastBytes: 8) { (reader) throws(PolicyError) in
            try PipelinePolicy(reading: &reader)
        }
        return policy
    }

    private static func listener(_ reader: inout PolicyReader) throws(PolicyError) -> ListenerPolicy {
        ListenerPolicy(
            address: try address(&reader),
            defaultServer: try reader.number("defaultServer"),
            servers: try reader.list(leastBytes: 8) { (reader) throws(PolicyError) in
                try reader.number("listener.servers")
            })
    }

    private static func address(_ reader: inout PolicyReader) throws(PolicyError) -> ListenAddress {
        let host = try reader.text("address.host")
        let port = try reader.number("address.port", limit: Int(UInt16.max))
        return ListenAddress(host: host, port: UInt16(port))
    }

    private static func server(_ reader: inout PolicyReader) throws(PolicyError) -> ServerPolicy {
        var server = ServerPolicy()
        server.names = try reader.list(leastBytes: 5, serverName)
        server.locations = try reader.list(leastBytes: 110, location)
        server.settings = try settings(&reader)
        return server
    }

    private static func serverName(_ reader: inout PolicyReader) throws(PolicyError) -> ServerPolicy.Name {
        let tag: PolicyFormat.NameTag = try reader.tag("server.name")
        let text = try reader.text("server.name")
        return switch tag {
        case .exact: .exact(text)
        case .leadingWildcard: .leadingWildcard(text)
        case .trailingWildcard: .trailingWildcard(text)
        }
    }

    private static func location(_ reader: inout PolicyReader) throws(PolicyError) -> LocationPolicy {
        let tag: PolicyFormat.MatchTag = try reader.tag("location.match")
        let match: LocationPolicy.Match =
            switch tag {
            case .exact: .exact(try reader.text("location.match"))
            case .prefix: .prefix(try reader.text("location.match"))
            case .prefixFinal: .prefixFinal(try reader.text("location.match"))
            case .pattern: .pattern(program: try reader.blob())
            }
        return LocationPolicy(match: match, settings: try settings(&reader))
    }

    private static func upstream(_ reader: inout PolicyReader) throws(PolicyError) -> UpstreamPolicy {
        var upstream = UpstreamPolicy(name: try reader.text("upstream.name"))
        upstream.servers = try reader.list(leastBytes: 38, upstreamServer)
        upstream.keptConnections = try reader.number("upstream.keptConnections")
        return upstream
    }

    private static func upstreamServer(
        _ reader: inout PolicyReader
    ) throws(PolicyError) -> UpstreamPolicy.Server {
        var server = UpstreamPolicy.Server(address: try address(&reader))
        server.weight = try reader.number("upstream.weight")
        server.isBackup = try reader.flag("upstream.isBackup")
        server.isDown = try reader.flag("upstream.isDown")
        server.maxFails = try reader.number("upstream.maxFails")
        server.failTimeoutMilliseconds = try reader.number("upstream.failTimeout")
        return server
    }

    private static func settings(_ reader: inout PolicyReader) throws(PolicyError) -> LocationSettings {
        var settings = LocationSettings()
        settings.proxy = try reader.flag("proxy") ? try proxyTarget(&reader) : nil
        settings.proxyHeaders = try reader.list(leastBytes: 8) { (reader) throws(PolicyError) in
            ProxyHeader(name: try reader.text("proxyHeader.name"), value: try template(&reader))
        }
        settings.connectTimeoutMilliseconds = try reader.number("connectTimeout")
        settings.readTimeoutMilliseconds = try reader.number("readTimeout")
        settings.sendTimeoutMilliseconds = try reader.number("sendTimeout")
        settings.clientHeaderTimeoutMilliseconds = try reader.number("clientHeaderTimeout")
        settings.clientBodyTimeoutMilliseconds = try reader.number("clientBodyTimeout")
        settings.clientSendTimeoutMilliseconds = try reader.number("clientSendTimeout")
        settings.keepAliveTimeoutMilliseconds = try reader.number("keepAliveTimeout")
        settings.maxBodyBytes = try reader.number("maxBodyBytes")
        settings.inspection = try reader.mode("inspection")
        settings.ruleSet = try reader.optionalNumber("ruleSet")
        settings.refusesCodedRequests = try reader.flag("refusesCodedRequests")
        settings.responseHoldMilliseconds = try reader.number("responseHold")
        settings.webSocketInspection = try reader.mode("webSocketInspection")
        settings.maxMessageBytes = try reader.number("maxMessageBytes")
        settings.maxFrameBytes = try reader.number("maxFrameBytes")
        settings.acceptsTextMessages = try reader.flag("acceptsTextMessages")
        settings.acceptsBinaryMessages = try reader.flag("acceptsBinaryMessages")
        settings.allowsDeflate = try reader.flag("allowsDeflate")
        settings.auditLog = try auditLog(&reader)
        settings.accessLogs = try reader.list(leastBytes: 12) { (reader) throws(PolicyError) in
            AccessLogTarget(
                path: try reader.text("accessLog.path"), format: try reader.number("accessLog.format"))
        }
        settings.messages = try MessagePolicy(reading: &reader)
        settings.pipeline = try reader.optionalNumber("pipeline")
        settings.target = try reader.flag("target") ? try TargetPolicy(reading: &reader) : nil
        let debugLog = try reader.text("debugLog")
        settings.debugLog = debugLog.isEmpty ? nil : debugLog
        settings.isTarget = try reader.flag("isTarget")
        settings.answersInspection = try reader.flag("answersInspection")
        return settings
    }

    private static func proxyTarget(_ reader: inout PolicyReader) throws(PolicyError) -> ProxyTarget {
        let tag: PolicyFormat.DestinationTag = try reader.tag("proxy.destination")
        let destination: ProxyTarget.Destination =
            switch tag {
            case .upstream: .upstream(try reader.number("proxy.upstream"))
            case .variable: .variable(try template(&reader))
            }
        return ProxyTarget(
            destination: destination,
            hostText: try template(&reader),
            uri: try reader.flag("proxy.uri") ? try template(&reader) : nil,
            replacedPrefixBytes: try reader.optionalNumber("proxy.replacedPrefixBytes"))
    }

    static func template(_ reader: inout PolicyReader) throws(PolicyError) -> TemplateText {
        TemplateText(
            parts: try reader.list(leastBytes: 2) { (reader) throws(PolicyError) in
                let tag: PolicyFormat.PartTag = try reader.tag("template.part")
                return switch tag {
                case .literal: .literal(try reader.text("template.literal"))
                case .variable: .variable(try variable(&reader))
                }
            })
    }

    static func variable(_ reader: inout PolicyReader) throws(PolicyError) -> TemplateVariable {
        let tag: TemplateVariableTag = try reader.tag("template.variable")
        return switch tag {
        case .requestURI: .requestURI
        case .uri: .uri
        case .args: .args
        case .isArgs: .isArgs
        case .requestMethod: .requestMethod
        case .serverProtocol: .serverProtocol
        case .remoteAddress: .remoteAddress
        case .remotePort: .remotePort
        case .serverAddress: .serverAddress
        case .serverPort: .serverPort
        case .serverName: .serverName
        case .scheme: .scheme
        case .host: .host
        case .requestField: .requestField(try reader.text("template.requestField"))
        case .argument: .argument(try reader.text("template.argument"))
        case .cookie: .cookie(try reader.text("template.cookie"))
        case .proxyHost: .proxyHost
        case .proxyPort: .proxyPort
        case .proxyAddXForwardedFor: .proxyAddXForwardedFor
        case .requestID: .requestID
        }
    }
}
