// What the origin of the regression tests answers: nothing, or what the request asks for.

import Foundation

/// `POST /reflect` names status, fields and body of its answer in JSON.
package struct CorpusAnswer: Sendable {
    package var status = 200
    package var fields: [CorpusRequest.Field] = []
    package var body: [UInt8] = []

    package init() {}

    init(to request: CorpusRequest) {
        let path = request.target.prefix { $0 != UInt8(ascii: "?") }
        guard request.method == Array("POST".utf8), path.starts(with: Array("/reflect".utf8)) else { return }
        guard let json = try? JSONSerialization.jsonObject(with: Data(request.body)),
            let object = json as? [String: Any]
        else {
            status = 400
            body = Array("Invalid JSON in request body".utf8)
            return
        }
        let wanted = object["status"] as? Int ?? 0
        if wanted != 0 { status = wanted }
        for (name, value) in (object["headers"] as? [String: String] ?? [:]).sorted(by: { $0.key < $1.key }) {
            fields.append(CorpusRequest.Field(name: Array(name.utf8), value: Array(value.utf8)))
        }
        body = Array((object["body"] as? String ?? "").utf8)
        if body.isEmpty, let encoded = object["encodedBody"] as? String {
            body = Data(base64Encoded: encoded).map { [UInt8]($0) } ?? []
        }
        guard
            !fields.contains(where: {
                String(decoding: $0.name, as: UTF8.self).lowercased() == "content-type"
            })
        else { return }
        let start = body.drop { $0 == 0x20 || 0x09...0x0D ~= $0 }
        let type = start.first == UInt8(ascii: "<") ? "text/html" : "text/plain"
        fields.append(
            CorpusRequest.Field(name: Array("Content-Type".utf8), value: Array("\(type); charset=utf-8".utf8))
        )
    }
}
