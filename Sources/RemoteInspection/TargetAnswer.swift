// The level in an answer of a target.

package import Bytes

/// Reads the level out of an HTTP answer.
package enum TargetAnswer {
    /// The name of the field that says it outright.
    package static var fieldName: StaticString { "X-WAF-Level" }
    /// Bytes of a body that are looked at.
    package static var bodyLimit: Int { 64 << 10 }

    /// The field `X-WAF-Level: 0|1|2`, else the member `level` of a JSON object, else the status: 2xx is
    /// normal, 403 urgent, all else (401 and 429 too) unknown. A field or a member with another value says
    /// nothing.
    ///
    /// - Parameters:
    ///   - field: The value of `X-WAF-Level`, nil without one.
    ///   - body: What has come of the body, as far as it is looked at; nil where it is no JSON.
    package static func level(status: Int, field: ByteView?, body: ByteView?) -> RiskLevel {
        if let field { return level(field.trimming(while: ASCII.isBlank)) ?? .unknown }
        if let body, let level = TopLevelNumber.find("level", in: body) { return level }
        switch status {
        case 200...299: return .normal
        case 403: return .urgent
        default: return .unknown
        }
    }

    static func level(_ digits: ByteView) -> RiskLevel? {
        guard digits.count == 1 else { return nil }
        return RiskLevel(rawValue: digits[0] &- 0x30)
    }
}

/// Finds a member of a JSON object that is not inside another.
private enum TopLevelNumber {
    /// nil when there is no such member, or when its value is no level.
    static func find(_ name: StaticString, in body: ByteView) -> RiskLevel? {
        var depth = 0
        var index = 0
        while index < body.count {
            switch body[index] {
            case ASCII.byte("{"), ASCII.byte("["): depth += 1
            case ASCII.byte("}"), ASCII.byte("]"): depth -= 1
            case ASCII.byte("\""):
                let start = index + 1
                guard let end = endOfString(body, from: start) else { return nil }
                index = end
                let next = skipSpace(body, from: end + 1)
                if depth == 1, next < body.count, body[next] == ASCII.byte(":"),
                    body[start..<end] == ByteView(name)
                {
                    let value = skipSpace(body, from: next + 1)
                    let last = endOfNumber(body, from: value)
                    return TargetAnswer.level(body[value..<last])
                }
            default: break
            }
            index += 1
        }
        return nil
    }

    private static func endOfString(_ body: ByteView, from start: Int) -> Int? {
        var index = start
        while index < body.count {
            if body[index] == ASCII.byte("\"") { return index }
            index += body[index] == ASCII.byte("\\") ? 2 : 1
        }
        return nil
    }

    private static func skipSpace(_ body: ByteView, from start: Int) -> Int {
        var index = min(start, body.count)
        while index < body.count, body[index] <= 0x20 { index += 1 }
        return index
    }

    private static func endOfNumber(_ body: ByteView, from start: Int) -> Int {
        var index = start
        while index < body.count, body[index] > 0x20, body[index] != ASCII.byte(","),
            body[index] != ASCII.byte("}")
        {
            index += 1
        }
        return index
    }
}
