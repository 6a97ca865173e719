// How a stage of a test becomes a request: what go-ftw completes and encodes.

import Foundation

extension CorpusRequest {
    /// - Parameter input: The `input` of a stage.
    package init(name: String, input: YAMLNode) {
        if let encoded = input["encoded_request"]?.text, !encoded.isEmpty {
            self.init(name: name, raw: Data(base64Encoded: encoded).map { [UInt8]($0) } ?? [])
        } else {
            self.init(name: name, parts: input)
        }
        answer = CorpusAnswer(to: self)
    }

    private init(name: String, parts: YAMLNode) {
        self.name = name
        method = parts["method"]?.bytes ?? Array("GET".utf8)
        target = parts["uri"]?.bytes ?? Array("/".utf8)
        version = parts["version"]?.bytes ?? Array("HTTP/1.1".utf8)
        fields = (parts["ordered_headers"]?.items ?? []).map { item in
            Field(name: item["name"]?.bytes ?? [], value: item["value"]?.bytes ?? [])
        }
        if fields.isEmpty {
            fields = (parts["headers"]?.members ?? []).sorted {
                $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
            }
            .map { Field(name: Array($0.key.utf8), value: $0.value.bytes ?? []) }
        }
        body = parts["data"]?.bytes.map { Self.expanding($0) } ?? []
        if parts["data"] == nil, let encoded = parts["encoded_data"]?.text {
            body = Data(base64Encoded: encoded).map { [UInt8]($0) } ?? []
        }
        complete(parts["autocomplete_headers"]?.text != "false" && parts["stop_magic"]?.text != "true")
    }

    private mutating func complete(_ isAutomatic: Bool) {
        let form = "application/x-www-form-urlencoded"
        if !body.isEmpty, isAutomatic {
            if field("content-type") == nil { add("Content-Type", form) }
            if field("content-type").map({ String(decoding: $0, as: UTF8.self).lowercased() }) == form {
                body = Self.formEncoded(body)
            }
        }
        let type = field("content-type").map { String(decoding: $0, as: UTF8.self).lowercased() } ?? ""
        if type.contains("multipart/form-data;") {
            body = body.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        }
        guard isAutomatic else { return }
        if field("connection") == nil { add("Connection", "close") }
        let takesBody = ["POST", "PUT", "PATCH", "DELETE"].contains(String(decoding: method, as: UTF8.self))
        if field("content-length") == nil, takesBody || !body.isEmpty {
            add("Content-Length", "\(body.count)")
        }
    }

    private mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: Array(name.utf8), value: Array(value.utf8)))
    }

    /// `{{ "x" | repeat 100 }}`; without a body where a template is of another kind.
    private static func expanding(_ data: [UInt8]) -> [UInt8] {
        let text = String(decoding: data, as: UTF8.self)
        guard let open = text.range(of: "{{") else { return data }
        guard let close = text.range(of: "}}", range: open.upperBound..<text.endIndex) else { return [] }
        let words = text[open.upperBound..<close.lowerBound].split(separator: "|")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard words.count == 2, words[1].hasPrefix("repeat "),
            let count = Int(words[1].dropFirst("repeat ".count)),
            words[0].count >= 2, words[0].hasPrefix("\""), words[0].hasSuffix("\"")
        else { return [] }
        let repeated = String(repeating: String(words[0].dropFirst().dropLast()), count: count)
        return expanding(Array((text[..<open.lowerBound] + repeated + text[close.upperBound...]).utf8))
    }

    /// Keys and values encoded, unless something is already.
    private static func formEncoded(_ data: [UInt8]) -> [UInt8] {
        guard !data.contains(UInt8(ascii: "%")), !data.contains(UInt8(ascii: "+")) else { return data }
        let whole = data.last == UInt8(ascii: "&") ? data.dropLast() : data[...]
        let pairs = whole.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { pair in
            let sides = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return Array(sides.map { CorpusCoding.formEncoded($0) }.joined(separator: [UInt8(ascii: "=")]))
        }
        return Array(pairs.joined(separator: [UInt8(ascii: "&")]))
    }

    /// A request as it goes over the wire, sound or not.
    private init(name: String, raw: [UInt8]) {
        var rest = raw[...]
        func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
            var line = rest.prefix { $0 != 0x0A }
            rest = rest.dropFirst(line.count + 1)
            if line.last == 0x0D { line.removeLast() }
            return line
        }
        let words = line(&rest).split(separator: 0x20, omittingEmptySubsequences: false)
        self.name = name
        method = Array(words.first ?? [])
        version = words.count > 2 ? Array(words.last ?? []) : []
        target = Array(words.dropFirst().dropLast(words.count > 2 ? 1 : 0).joined(separator: [0x20]))
        fields = []
        while !rest.isEmpty {
            let text = line(&rest)
            if text.isEmpty { break }
            let sides = text.split(
                separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            let value = sides.count > 1 ? sides[1].drop { $0 == 0x20 || $0 == 0x09 } : []
            fields.append(Field(name: Array(sides[0]), value: Array(value)))
        }
        body = Array(rest)
    }
}
