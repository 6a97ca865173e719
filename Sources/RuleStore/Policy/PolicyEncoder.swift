// GatewayPolicy to bytes; PolicyFormat.swift has the layout.

/// Writes a policy as the blob that a generation carries.
package struct PolicyEncoder {
    private var bytes: [UInt8] = []

    /// - Precondition: no number of the policy is negative, no text is longer than 4 GiB.
    package static func encode(_ policy: GatewayPolicy) -> [UInt8] {
        var encoder = PolicyEncoder()
        encoder.append(PolicyFormat.magic)
        encoder.append(PolicyFormat.version)
        encoder.append(policy)
        return encoder.bytes
    }

    private mutating func append(_ policy: GatewayPolicy) {
        append(all: policy.listeners) { $0.append($1) }
        append(all: policy.servers) { $0.append($1) }
        append(all: policy.upstreams) { $0.append($1) }
        append(policy.ruleSetCount)
        append(all: policy.logFormats) { $0.append($1) }
        append(policy.workerConnections)
        append(optional: policy.shutdownTimeoutMilliseconds)
        append(all: policy.messageSchemas) { encoder, schema in
            encoder.append(blob: schema)
        }
        append(policy.webSocketMemoryBytes)
        append(all: policy.pipelines) { $0.append($1) }
    }

    private mutating func append(_ listener: ListenerPolicy) {
        append(listener.address)
        append(listener.defaultServer)
        append(all: listener.servers) { $0.append($1) }
    }

    private mutating func append(_ address: ListenAddress) {
        append(address.host)
        append(Int(address.port))
    }

    private mutating func append(_ server: ServerPolicy) {
        append(all: server.names) { $0.append($1) }
        append(all: server.locations) { $0.append($1) }
        append(server.settings)
    }

    private mutating func append(_ name: ServerPolicy.Name) {
        switch name {
        case .exact(let text): append(PolicyFormat.NameTag.exact.rawValue, text)
        case .leadingWildcard(let text): append(PolicyFormat.NameTag.leadingWildcard.rawValue, text)
        case .trailingWildcard(let text): append(PolicyFormat.NameTag.trailingWildcard.rawValue, text)
        }
    }

    private mutating func append(_ location: LocationPolicy) {
        switch location.match {
        case .exact(let path): append(PolicyFormat.MatchTag.exact.rawValue, path)
        case .prefix(let path): append(PolicyFormat.MatchTag.prefix.rawValue, path)
        case .prefixFinal(let path): append(PolicyFormat.MatchTag.prefixFinal.rawValue, path)
        case .pattern(let program):
            bytes.append(PolicyFormat.MatchTag.pattern.rawValue)
            append(blob: program)
        }
        append(location.settings)
    }

    private mutating func append(_ upstream: UpstreamPolicy) {
        append(upstream.name)
        append(all: upstream.servers) { $0.append($1) }
        append(upstream.keptConnections)
    }

    private mutating func append(_ server: UpstreamPolicy.Server) {
        append(server.address)
        append(server.weight)
        append(server.isBackup)
        append(server.isDown)
        append(server.maxFails)
        append(server.failTimeoutMilliseconds)
    }

    private mutating func append(_ settings: LocationSettings) {
        append(settings.proxy != nil)
        if let proxy = settings.proxy { append(proxy) }
        append(all: settings.proxyHeaders) { encoder, header in
            encoder.append(header.name)
            encoder.append(header.value)
        }
        append(settings.connectTimeoutMilliseconds)
        append(settings.readTimeoutMilliseconds)
        append(settings.sendTimeoutMilliseconds)
        append(settings.clientHeaderTimeoutMilliseconds)
        append(settings.clientBodyTimeoutMilliseconds)
        append(settings.clientSendTimeoutMilliseconds)
        append(settings.keepAliveTimeoutMilliseconds)
        append(settings.maxBodyBytes)
        append(settings.inspection)
        append(optional: settings.ruleSet)
        append(settings.refusesCodedRequests)
        append(settings.responseHoldMilliseconds)
        append(settings.webSocketInspection)
        append(settings.maxMessageBytes)
        append(settings.maxFrameBytes)
        append(settings.acceptsTextMessages)
        append(settings.acceptsBinaryMessages)
        append(settings.allowsDeflate)
        append(settings.auditLog)
        append(all: settings.accessLogs) { encoder, log in
            encoder.append(log.path)
            encoder.append(log.format)
        }
        append(settings.messages)
        append(optional: settings.pipeline)
        append(settings.target != nil)
        if let target = settings.target { append(target) }
        append(settings.debugLog ?? "")
        append(settings.isTarget)
        append(settings.answersInspection)
    }

    private mutating func append(_ proxy: ProxyTarget) {
        switch proxy.destination {
        case .upstream(let index):
            bytes.append(PolicyFormat.DestinationTag.upstream.rawValue)
            append(index)
        case .variable(let text):
            bytes.append(PolicyFormat.DestinationTag.variable.rawValue)
            append(text)
        }
        append(proxy.hostText)
        append(proxy.uri != nil)
        if let uri = proxy.uri { append(uri) }
        append(optional: proxy.replacedPrefixBytes)
    }

    mutating func append(_ template: TemplateText) {
        append(all: template.parts) { encoder, part in
            switch part {
            case .literal(let text): encoder.append(PolicyFormat.PartTag.literal.rawValue, text)
            case .variable(let variable):
                encoder.bytes.append(PolicyFormat.PartTag.variable.rawValue)
                encoder.append(variable)
            }
        }
    }
}

// The primitives.
extension PolicyEncoder {
    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ variable: TemplateVariable) {
        let (tag, name) = variable.encoded
        append(tag.rawValue)
        if let name { append(name) }
    }

    mutating func append(_ word: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(shift)))
        }
    }

    mutating func append(_ number: Int) {
        precondition(number >= 0, "a policy has no negative numbers")
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    mutating func append(count: Int) {
        guard let word = UInt32(exactly: count) else { preconditionFailure("a policy's text is too long") }
        append(word)
    }

    mutating func append(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    mutating func append(_ mode: LocationSettings.InspectionMode) {
        bytes.append(UInt8(truncatingIfNeeded: mode.rawValue))
    }

    mutating func append(blob: [UInt8]) {
        append(count: blob.count)
        bytes.append(contentsOf: blob)
    }

    mutating func append(byte: UInt8) { bytes.append(byte) }

    mutating func append(_ text: String) {
        append(count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ tag: UInt8, _ text: String) {
        bytes.append(tag)
        append(text)
    }

    mutating func append(optional number: Int?) {
        append(number != nil)
        if let number { append(number) }
    }

    mutating func append<T>(all elements: [T], _ each: (inout PolicyEncoder, T) -> Void) {
        append(count: elements.count)
        for element in elements { each(&self, element) }
    }
}
