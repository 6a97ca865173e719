// One entry of a HAR, as far as it is read (HTTP Archive 1.2, "entries").

/// Values as they stand in the file; what is missing is nil.
struct HAREntry {
    struct Field {
        var name = ""
        var value = ""
    }

    struct Message {
        var httpVersion: String?
        var fields: [Field] = []
        /// `postData.text`, `content.text`
        var text: String?
        /// `base64`, else the text is the body itself.
        var encoding: String?
    }

    var method: String?
    var url: String?
    var request = Message()
    /// `postData.mimeType`
    var formType: String?
    /// `postData.params`, where the text is left out.
    var parameters: [Field] = []
    var status: String?
    var statusText: String?
    var response = Message()

    /// `_webSocketMessages` of browsers.
    struct SocketMessage {
        /// `send` or `receive`
        var type: String?
        /// 1 or 2 (RFC 6455 section 11.8)
        var opcode: String?
        var data: String?
    }
    var messages: [SocketMessage] = []
}

extension HAREntry {
    /// Takes one value. Members that are not known here are many and mean nothing for rules.
    ///
    /// - Parameter path: Names below the entry: `request`, `headers`, `array_0`, `name`.
    /// - Returns: false when the value has a place that no valid file has.
    mutating func take(_ path: [Substring], _ value: String) -> Bool {
        guard let section = path.first else { return true }
        let rest = path.dropFirst()
        switch section {
        case "request": return takeRequest(rest, value)
        case "response": return takeResponse(rest, value)
        case "_webSocketMessages": return takeMessage(rest, value)
        default: return true
        }
    }

    private mutating func takeRequest(_ path: ArraySlice<Substring>, _ value: String) -> Bool {
        switch (path.first, path.dropFirst().first) {
        case ("method", nil): method = value
        case ("url", nil): url = value
        case ("httpVersion", nil): request.httpVersion = value
        case ("headers", _): return Self.takeField(path.dropFirst(), value, &request.fields)
        case ("postData", "mimeType"): formType = value
        case ("postData", "text"): request.text = value
        case ("postData", "encoding"), ("postData", "_encoding"): request.encoding = value
        case ("postData", "params"): return Self.takeField(path.dropFirst(2), value, &parameters)
        default: break
        }
        return true
    }

    private mutating func takeResponse(_ path: ArraySlice<Substring>, _ value: String) -> Bool {
        switch (path.first, path.dropFirst().first) {
        case ("status", nil): status = value
        case ("statusText", nil): statusText = value
        case ("httpVersion", nil): response.httpVersion = value
        case ("headers", _): return Self.takeField(path.dropFirst(), value, &response.fields)
        case ("content", "text"): response.text = value
        case ("content", "encoding"): response.encoding = value
        default: break
        }
        return true
    }

    private mutating func takeMessage(_ path: ArraySlice<Substring>, _ value: String) -> Bool {
        guard let element = path.first, let index = HARReader.index(element), index <= messages.count else {
            return false
        }
        if index == messages.count { messages.append(SocketMessage()) }
        switch path.dropFirst().first {
        case "type": messages[index].type = value
        case "opcode": messages[index].opcode = value
        case "data": messages[index].data = value
        default: break
        }
        return true
    }

    /// `array_3.name`
    private static func takeField(
        _ path: ArraySlice<Substring>, _ value: String, _ fields: inout [Field]
    ) -> Bool {
        guard let element = path.first, let index = HARReader.index(element), index <= fields.count else {
            return false
        }
        if index == fields.count { fields.append(Field()) }
        switch path.dropFirst().first {
        case "name": fields[index].name = value
        case "value": fields[index].value = value
        default: break
        }
        return true
    }
}
