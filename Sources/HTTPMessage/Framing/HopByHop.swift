// Fields that end at this hop: RFC 9110 section 7.6.1.

internal import Bytes

/// Marks what is not passed on; marked fields can still be read and inspected.
///
/// Always marked: Connection, Keep-Alive, Proxy-Connection, Proxy-Authenticate,
/// Proxy-Authorization, TE, Trailer, Transfer-Encoding, Upgrade, HTTP2-Settings. Who passes an
/// upgrade on writes Upgrade and Connection itself.
///
/// A field named by Connection is marked only if it has no meaning for gateways, that is if it is
/// no other ``KnownField``: else `Connection: host`, `content-length`, `cookie` or
/// `x-forwarded-for` would let a client take away what routing, framing or the application's
/// trust in its proxy rests on.
package enum HopByHop {
    /// Options looked at in all lines of Connection together, before the head is refused.
    package static var maxConnectionOptions: Int { 32 }

    package static let always = KnownFieldSet(
        .connection, .keepAlive, .proxyConnection, .proxyAuthenticate, .proxyAuthorization, .te,
        .trailer, .transferEncoding, .upgrade, .http2Settings)

    /// Options times fields, at worst.
    package static func mark(_ fields: inout HeaderFields) throws(FramingError) {
        let always = Self.always
        if !fields.present.isDisjoint(with: always) {
            for index in fields.indices {
                if let known = fields.known(index), always.contains(known) {
                    fields.setHopByHop(true, at: index)
                }
            }
        }
        guard fields.contains(.connection) else { return }
        var options = 0
        // By index: a sequence of values would share the entries that are written to here, and
        // so have them copied.
        for index in fields.indices where fields.known(index) == .connection {
            for option in ListElements(fields.value(index)) {
                options += 1
                guard options <= maxConnectionOptions else {
                    throw .tooManyConnectionOptions(limit: maxConnectionOptions)
                }
                markFields(named: option, in: &fields)
            }
        }
    }

    private static func markFields(named option: ByteView, in fields: inout HeaderFields) {
        if option.equalsIgnoringASCIICase("close") || KnownField.identify(option) != nil { return }
        for index in fields.indices where fields.name(index).equalsIgnoringASCIICase(option) {
            fields.setHopByHop(true, at: index)
        }
    }
}
