// What both ends agreed on for permessage-deflate. RFC 7692 section 7.1.

/// How one direction of a connection is compressed.
package struct DeflateDirection: Equatable, Sendable {
    /// 8...15: the sender refers back at most two to the power of this many bytes.
    package var windowBits: UInt8
    /// Each message is compressed by itself: no context takeover.
    package var resetsContext: Bool

    package init(windowBits: UInt8 = 15, resetsContext: Bool = false) {
        precondition(windowBits >= 8 && windowBits <= 15, "a window has 8 to 15 bits")
        self.windowBits = windowBits
        self.resetsContext = resetsContext
    }
}

/// Both directions of a connection with permessage-deflate.
package struct DeflateParameters: Equatable, Sendable {
    package var fromClient: DeflateDirection
    package var fromServer: DeflateDirection

    package init(fromClient: DeflateDirection, fromServer: DeflateDirection) {
        self.fromClient = fromClient
        self.fromServer = fromServer
    }
}
