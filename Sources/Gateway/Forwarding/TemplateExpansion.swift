// What the variables of configuration text stand for in one exchange (nginx's names).

internal import Bytes
internal import HTTPMessage
internal import Pipeline
internal import RuleStore

extension Exchange {
    func expand(_ template: TemplateText, into output: inout ByteBuffer) {
        for part in template.parts {
            switch part {
            case .literal(let text): output.append(text)
            case .variable(let variable): append(variable, to: &output)
            }
        }
    }

    func expanded(_ template: TemplateText) -> String {
        var output = ByteBuffer()
        expand(template, into: &output)
        return output.view.string
    }

    func append(_ variable: TemplateVariable, to output: inout ByteBuffer) {
        switch variable {
        case .requestURI: appendTarget(to: &output)
        case .uri: output.append(path.view)
        case .args: output.append(session.head.query ?? .empty)
        case .isArgs: if session.head.query?.isEmpty == false { output.append("?") }
        case .requestMethod: output.append(session.head.method)
        case .serverProtocol: output.append(session.head.protocolText)
        case .remoteAddress: output.append(session.client.remoteAddress.view)
        case .remotePort: output.append(decimal: session.client.remotePort)
        case .serverAddress: output.append(session.client.localAddress.view)
        case .serverPort: output.append(decimal: session.client.localPort)
        case .serverName: output.append(route?.serverName ?? "")
        case .scheme: output.append("http")
        case .host: appendHost(to: &output)
        case .requestField(let name): output.append(joinedField(named: name))
        case .argument(let name): output.append(argument(named: name))
        case .cookie(let name): output.append(cookie(named: name))
        case .proxyHost: if let proxy = route?.settings.proxy { expand(proxy.hostText, into: &output) }
        case .proxyPort: appendProxyPort(to: &output)
        case .proxyAddXForwardedFor: appendForwardedFor(to: &output)
        case .requestID: output.append(identifier.view)
        }
    }

    /// The request's target as sent, in the form that origin servers want.
    func appendTarget(to output: inout ByteBuffer) {
        if isInPipeline, let stream = course?.stream, stream.forwardsTarget, let edited = stream.editedTarget
        {
            output.append(edited.view)
        } else if session.head.form == .authority {
            output.append(session.head.target)
        } else {
            session.head.appendOriginForm(to: &output)
        }
    }

    /// Who the request came from, behind what the request itself says.
    func appendForwardedFor(to output: inout ByteBuffer) {
        for value in session.head.fields.values(of: .xForwardedFor) {
            output.append(value)
            output.append(", ")
        }
        output.append(session.client.remoteAddress.view)
    }

    private func appendHost(to output: inout ByteBuffer) {
        guard let authority = session.head.authority, !authority.isEmpty else {
            output.append(route?.serverName ?? "")
            return
        }
        let name = HostName.name(of: authority)
        for index in name.indices { output.append(ASCII.lowercased(name[index])) }
    }

    private func appendProxyPort(to output: inout ByteBuffer) {
        guard let proxy = route?.settings.proxy else { return }
        let host = expanded(proxy.hostText)
        let port = host.split(separator: ":", omittingEmptySubsequences: false).last.flatMap { UInt16($0) }
        output.append(decimal: Int(port ?? 80))
    }

    private func joinedField(named name: String) -> String {
        var name = name
        return name.withUTF8 { bytes in
            let wanted = unsafe ByteView(unowned: UnsafeRawBufferPointer(bytes))
            var values: [String] = []
            for value in session.head.fields.values(of: wanted) { values.append(value.string) }
            return values.joined(separator: wanted.equalsIgnoringASCIICase("cookie") ? "; " : ", ")
        }
    }

    /// The value of the first argument of that name, undecoded, as nginx's `$arg_NAME`.
    private func argument(named name: String) -> ByteView {
        pairValue(named: name, in: session.head.query ?? .empty, separator: ASCII.byte("&"))
    }

    private func cookie(named name: String) -> ByteView {
        for value in session.head.fields.values(of: .cookie) {
            let found = pairValue(named: name, in: value, separator: ASCII.byte(";"))
            if !found.isEmpty { return found }
        }
        return .empty
    }

    private func pairValue(named name: String, in text: ByteView, separator: UInt8) -> ByteView {
        let wanted = Array(name.utf8)
        var start = 0
        while start < text.count {
            let end = text.firstIndex(of: separator, from: start) ?? text.count
            let pair = text[start..<end].trimming(while: ASCII.isBlank)
            if let equals = pair.firstIndex(of: ASCII.byte("=")), pair[..<equals].array == wanted {
                return pair[(equals + 1)...]
            }
            start = end + 1
        }
        return .empty
    }
}
