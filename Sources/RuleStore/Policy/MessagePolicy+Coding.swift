// MessagePolicy in the policy blob; PolicyFormat.swift has the layout.

extension PolicyEncoder {
    mutating func append(_ messages: MessagePolicy) {
        append(byte: messages.denial.rawValue)
        append(byte: messages.format.rawValue)
        append(messages.closesMalformed)
        append(all: messages.origins) { $0.append($1) }
        append(messages.acceptsNoOrigin)
        append(all: messages.subprotocols) { $0.append($1) }
        append(messages.acceptsNoSubprotocol)
        append(optional: messages.messagesPerSecond)
        append(optional: messages.bytesPerSecond)
        append(messages.maxFragments)
        append(optional: messages.idleMilliseconds)
        append(optional: messages.schema)
    }
}

extension MessagePolicy {
    init(reading reader: inout PolicyReader) throws(PolicyError) {
        denial = try reader.tag("messages.denial")
        format = try reader.tag("messages.format")
        closesMalformed = try reader.flag("messages.closesMalformed")
        origins = try reader.list(leastBytes: 4) { (reader) throws(PolicyError) in
            try reader.text("messages.origin")
        }
        acceptsNoOrigin = try reader.flag("messages.acceptsNoOrigin")
        subprotocols = try reader.list(leastBytes: 4) { (reader) throws(PolicyError) in
            try reader.text("messages.subprotocol")
        }
        acceptsNoSubprotocol = try reader.flag("messages.acceptsNoSubprotocol")
        messagesPerSecond = try reader.optionalNumber("messages.messagesPerSecond")
        bytesPerSecond = try reader.optionalNumber("messages.bytesPerSecond")
        maxFragments = try reader.number("messages.maxFragments")
        idleMilliseconds = try reader.optionalNumber("messages.idle")
        schema = try reader.optionalNumber("messages.schema")
    }
}
