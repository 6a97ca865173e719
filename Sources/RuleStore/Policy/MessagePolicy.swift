// What WebSocket messages of a location have to be, beside their sizes and types: positive rules.

/// The `waf_websocket_*` directives that say how messages are read, and what may be said.
package struct MessagePolicy: Equatable, Sendable {
    /// What a denial by a rule does; `waf_websocket_action`.
    package enum Denial: UInt8, Sendable {
        /// Ends the connection with 1008.
        case close = 0
        /// Takes the message out; the connection goes on.
        case drop
        /// Logs it and lets it pass.
        case log
    }

    /// How messages are read; `waf_websocket_protocol`.
    package enum Format: UInt8, CaseIterable, Sendable {
        /// By the subprotocol that was agreed on, else by what a message looks like.
        case auto = 0
        case text, json, jsonRPC, graphQL, socketIO, stomp, signalR
    }

    package var denial = Denial.close
    package var format = Format.auto
    /// Whether a message that its declared format can not read ends the connection;
    /// `waf_websocket_malformed`. Otherwise it is read as text.
    package var closesMalformed = true
    /// `waf_websocket_origins`: in lower case, `*.` at the front of a host for all below it; empty: all.
    package var origins: [String] = []
    /// Whether a handshake without Origin is accepted where `origins` are named.
    package var acceptsNoOrigin = false
    /// `waf_websocket_subprotocols`; empty: all.
    package var subprotocols: [String] = []
    /// Whether a handshake that offers none is accepted where `subprotocols` are named.
    package var acceptsNoSubprotocol = false
    /// `waf_websocket_rate` and `waf_websocket_byte_rate`, of what clients send; nil: unlimited.
    package var messagesPerSecond: Int?
    package var bytesPerSecond: Int?
    /// Frames of one message; `waf_websocket_max_fragments`.
    package var maxFragments = Self.defaultMaxFragments
    /// `waf_websocket_idle_timeout`; nil: `proxy_read_timeout`.
    package var idleMilliseconds: Int?
    /// `waf_websocket_schema`: index into `GatewayPolicy.messageSchemas`.
    package var schema: Int?

    /// 8 MiB in frames of 64 bytes.
    package static let defaultMaxFragments = 131_072

    package init() {}
}
