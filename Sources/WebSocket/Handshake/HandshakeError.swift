// Why a handshake is refused. RFC 6455 section 4.1 (the server's answer), 4.2 (the client's request).

/// A request that asks for WebSocket in a way that must not be granted.
package enum UpgradeRefusal: Error, Equatable, Sendable {
    case methodNotGet
    /// An upgrade has no use for a body; one would be read as frames by some.
    case hasBody
    case connectionLacksUpgrade
    /// Absent, or not 13. The answer carries `Sec-WebSocket-Version: 13`.
    case versionNotSupported
    case versionRepeated
    case keyMissing
    case keyRepeated
    /// Not the base64 code of 16 bytes.
    case keyInvalid
    case subprotocolsMalformed
    case extensionsMalformed(ExtensionError)

    /// Status of the answer.
    package var status: Int {
        switch self {
        case .versionNotSupported: 426
        case .methodNotGet, .hasBody, .connectionLacksUpgrade, .versionRepeated, .keyMissing,
            .keyRepeated, .keyInvalid, .subprotocolsMalformed, .extensionsMalformed:
            400
        }
    }
}

/// An answer 101 that does not fit the request; the connection to the server is of no use, and
/// the client is answered 502.
package enum UpgradeResponseError: Error, Equatable, Sendable {
    case upgradeMissing
    case connectionLacksUpgrade
    case acceptMissing
    case acceptRepeated
    case acceptWrong
    case subprotocolRepeated
    case subprotocolNotOffered
    case extensionsMalformed(ExtensionError)
    /// Another extension than permessage-deflate, or that one where it was not offered.
    case extensionNotOffered
    /// permessage-deflate twice, or with parameters that no offer allows (RFC 7692 section 7.1).
    case extensionParametersNotOffered
}

/// A `Sec-WebSocket-Extensions` value that is not what RFC 6455 section 9.1 describes.
package enum ExtensionError: Error, Equatable, Sendable {
    case emptyList
    case tokenExpected(offset: Int)
    case separatorExpected(offset: Int)
    case quoteNotClosed(offset: Int)
    /// A quoted value must be a token once its quotes and backslashes are gone.
    case quotedValueNotToken(offset: Int)
    case tooManyExtensions(limit: Int)
    case tooManyParameters(limit: Int)
}
