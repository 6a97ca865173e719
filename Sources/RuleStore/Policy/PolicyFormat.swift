// The policy blob: little endian, length-prefixed, in the order of the structs' fields.
//
//     magic u32, version u32, then GatewayPolicy
//     Int      u64, not above Int.max            Bool     u8, 0 or 1
//     String   u32 bytes, UTF-8                  [T]      u32 elements, then each
//     T?       u8 (0: nil, 1: a value follows)   enum     u8 tag, then its payload

/// Constants that the encoder and the decoder share.
enum PolicyFormat {
    /// "WPOL"
    static let magic: UInt32 = 0x4C4F_5057
    /// Raised whenever a field is added, moved or given another meaning.
    static let version: UInt32 = 5

    enum NameTag: UInt8 { case exact = 0, leadingWildcard, trailingWildcard }
    enum MatchTag: UInt8 { case exact = 0, prefix, prefixFinal, pattern }
    enum DestinationTag: UInt8 { case upstream = 0, variable }
    enum PartTag: UInt8 { case literal = 0, variable }
    enum AuditLogTag: UInt8 { case none = 0, off, directive, rules }
    enum LogPartTag: UInt8 { case literal = 0, template, sentField, known }
}

/// Variables as numbers. A number, once given, stays; changing one changes the version.
enum TemplateVariableTag: UInt8, CaseIterable {
    case requestURI = 0
    case uri, args, isArgs, requestMethod, serverProtocol
    case remoteAddress, remotePort, serverAddress, serverPort, serverName, scheme
    case host, requestField, argument, cookie, proxyHost, proxyPort, proxyAddXForwardedFor
    case requestID
}

extension TemplateVariable {
    /// The number of the variable, and the name that some carry.
    var encoded: (tag: TemplateVariableTag, name: String?) {
        switch self {
        case .requestURI: (.requestURI, nil)
        case .uri: (.uri, nil)
        case .args: (.args, nil)
        case .isArgs: (.isArgs, nil)
        case .requestMethod: (.requestMethod, nil)
        case .serverProtocol: (.serverProtocol, nil)
        case .remoteAddress: (.remoteAddress, nil)
        case .remotePort: (.remotePort, nil)
        case .serverAddress: (.serverAddress, nil)
        case .serverPort: (.serverPort, nil)
        case .serverName: (.serverName, nil)
        case .scheme: (.scheme, nil)
        case .host: (.host, nil)
        case .requestField(let name): (.requestField, name)
        case .argument(let name): (.argument, name)
        case .cookie(let name): (.cookie, name)
        case .proxyHost: (.proxyHost, nil)
        case .proxyPort: (.proxyPort, nil)
        case .proxyAddXForwardedFor: (.proxyAddXForwardedFor, nil)
        case .requestID: (.requestID, nil)
        }
    }
}
