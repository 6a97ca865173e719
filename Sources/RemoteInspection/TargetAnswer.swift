// The level in an answer of a target.

internal import BodyFormats
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
        if let body, let level = level(inJSON: body) { return level }
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

    /// The member `level` of a JSON object, the strictest of several; nil without one that is a level. What
    /// comes before a fault, or the cut at the limit, counts.
    private static func level(inJSON body: ByteView) -> RiskLevel? {
        let arena = Arena()
        var parser = JSONParser(body, limits: JSONLimits(), arena: arena)
        var depth = 0
        var isLevel = false
        var found: RiskLevel?
        while let step = try? parser.step() {
            switch step {
            case .opened: depth += 1
            case .closed: depth -= 1
            case .key(let name, _): isLevel = depth == 1 && name.equals("level")
            case .value(let value):
                guard depth == 1, isLevel, value.kind == .number, let level = level(value.text) else {
                    continue
                }
                if level.rawValue > found?.rawValue ?? 0 || found == nil { found = level }
            }
        }
        return found
    }
}
