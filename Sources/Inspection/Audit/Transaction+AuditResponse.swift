// Parts E and F: the response, and how header fields are written.

internal import Bytes
internal import RuleStore

extension Transaction {
    func appendResponse(
        _ parts: AuditParts, _ outcome: AuditOutcome, _ cuts: inout AuditCuts, to json: inout JSONWriter
    ) {
        json.name("response")
        json.beginObject()
        if parts.contains(.responseBody), let body = response.body {
            json.name("body")
            // Only what was held for the rules is there to be shown.
            let text = redactedResponseBody(body)
            let omitted = json.string(text.view, limitBytes: AuditLimits.responseBodyBytes)
            if omitted > 0 || text.wholeBytes > text.view.count || response.isCutShort {
                cuts.insert(.responseBody)
            }
        }
        json.name("http_code")
        json.number(outcome.status)
        if parts.contains(.responseHeaders) {
            json.name("headers")
            if !appendFields(response.headers, .responseField, to: &json) { cuts.insert(.responseHeaders) }
        }
        json.endObject()
    }

    private func redactedResponseBody(_ body: ByteView) -> RedactedText {
        var text = RedactedText(body, limitBytes: AuditLimits.responseBodyBytes)
        if audit.redactsEverything { text.hideAll() }
        for redaction in audit.redactions where redaction.subject == .anywhere {
            text.hide(redaction.hiddenRanges(in: body, isWholeOtherwise: false), from: 0)
        }
        return text
    }

    /// An object of field names and values. Fields of one name are one member, their values joined as
    /// RFC 9110 section 5.3 has it: an object with a name twice is read in part by most readers.
    ///
    /// - Returns: false when not all is shown.
    func appendFields(
        _ fields: NamedValues, _ subject: Redaction.Subject, to json: inout JSONWriter
    ) -> Bool {
        let limit = json.count + AuditLimits.fieldsBytes
        // What a further member takes beside its texts.
        let overhead = 8
        var isWhole = true
        json.beginObject()
        for index in fields.members.indices {
            let field = fields.members[index]
            let isFirst = !fields.members[..<index].contains {
                $0.nameHash == field.nameHash && $0.name.equalsIgnoringASCIICase(field.name)
            }
            guard isFirst else { continue }
            guard json.count + overhead < limit else {
                isWhole = false
                break
            }
            if json.name(escaping: field.name, limitBytes: limit - json.count - overhead) > 0 { isWhole = false }
            json.beginString()
            var isBehindAnother = false
            for other in fields.members[index...]
            where other.nameHash == field.nameHash && other.name.equalsIgnoringASCIICase(field.name) {
                if isBehindAnother { json.append(ByteView(", "), limitBytes: max(0, limit - json.count - overhead)) }
                isBehindAnother = true
                let room = max(0, limit - json.count - overhead)
                let text = redactedField(other, of: subject, limitBytes: room)
                if json.append(text.view, limitBytes: room) > 0 || text.wholeBytes > text.view.count {
                    isWhole = false
                }
            }
            json.endString()
        }
        json.endObject()
        return isWhole
    }
}
