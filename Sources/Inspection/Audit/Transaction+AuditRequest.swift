// Parts B, C, I and J: the request.

internal import Bytes
internal import RuleStore

extension Transaction {
    func appendRequest(_ parts: AuditParts, _ cuts: inout AuditCuts, to json: inout JSONWriter) {
        json.name("request")
        json.beginObject()
        json.name("method")
        json.string(request.method, limitBytes: AuditLimits.textBytes)
        json.name("http_version")
        json.raw(protocolNumber)
        json.name("hostname")
        json.string(connection.serverName, limitBytes: AuditLimits.textBytes)
        json.name("uri")
        let target = redactedTarget()
        let omitted = json.string(target.view, limitBytes: AuditLimits.uriBytes)
        if omitted > 0 || target.wholeBytes > target.view.count { cuts.insert(.uri) }
        appendRequestBody(parts, &cuts, to: &json)
        if parts.contains(.requestHeaders) {
            json.name("headers")
            if !appendFields(requestHeaders, .requestField, to: &json) { cuts.insert(.requestHeaders) }
        }
        json.endObject()
    }

    /// `1.1` of `HTTP/1.1`, as a number; 0 where there is no version.
    private var protocolNumber: ByteView {
        let text = request.protocolText
        guard text.count == 8, text.hasPrefix(ByteView("HTTP/")), ASCII.isDigit(text[5]), text[6] == ASCII.byte("."),
            ASCII.isDigit(text[7])
        else { return ByteView("0 ")[..<1] }
        return text[5...]
    }

    /// Part C is the body as it came; part I that of a form without its files, and any other as it came.
    private func appendRequestBody(
        _ parts: AuditParts, _ cuts: inout AuditCuts, to json: inout JSONWriter
    ) {
        guard let body = request.rawBody else { return }
        if parts.contains(.requestBody) || parts.contains(.requestBodyWithoutFiles) && !reading.parts.isPresent {
            json.name("body")
            let text = redactedBody(body, limitBytes: AuditLimits.requestBodyBytes)
            let omitted = json.string(text.view, limitBytes: AuditLimits.requestBodyBytes)
            if omitted > 0 || text.wholeBytes > text.view.count || reading.isCutShort {
                cuts.insert(.requestBody)
            }
        } else if parts.contains(.requestBodyWithoutFiles) {
            json.name("body")
            appendForm(&cuts, to: &json)
        }
    }

    /// The fields of a multipart body, as if they had come urlencoded.
    private func appendForm(_ cuts: inout AuditCuts, to json: inout JSONWriter) {
        var form = ByteBuffer()
        for index in arguments.fromBody {
            let argument = arguments[index]
            guard form.count < AuditLimits.requestBodyBytes else { break }
            if !form.isEmpty { form.append(ASCII.byte("&")) }
            form.append(URLEncode.apply(argument.name, in: arena))
            form.append(ASCII.byte("="))
            var value = RedactedText(argument.value, limitBytes: AuditLimits.requestBodyBytes)
            if audit.redactsEverything { value.hideAll() }
            for redaction in audit.redactions {
                if redaction.names(.argument, argument.name) {
                    value.hide(redaction.hiddenRanges(in: argument.value), from: 0)
                } else if redaction.subject == .anywhere {
                    value.hide(redaction.hiddenRanges(in: argument.value, isWholeOtherwise: false), from: 0)
                }
            }
            form.append(URLEncode.apply(value.view, in: arena))
        }
        if json.string(form.view, limitBytes: AuditLimits.requestBodyBytes) > 0 { cuts.insert(.requestBody) }
    }

    /// Part J.
    func appendFiles(_ cuts: inout AuditCuts, to json: inout JSONWriter) {
        json.name("uploads")
        json.beginObject()
        json.name("info")
        json.beginArray()
        let limit = json.count + AuditLimits.filesBytes - 3 * AuditLimits.textBytes
        for file in reading.parts.files {
            guard json.count < limit else {
                cuts.insert(.files)
                break
            }
            json.beginObject()
            json.name("field")
            json.string(file.field.name, limitBytes: AuditLimits.textBytes)
            json.name("file_name")
            json.string(file.field.value, limitBytes: AuditLimits.textBytes)
            json.name("file_size")
            json.number(file.content.count)
            json.endObject()
        }
        json.endArray()
        json.name("total")
        json.number(reading.parts.fileBytes)
        json.endObject()
    }
}
