// Status codes of close frames. RFC 6455 section 7.4 and the IANA registry it sets up.

/// The codes this program sends, and which ones a peer may send.
package enum CloseCode {
    package static var normal: UInt16 { 1000 }
    package static var goingAway: UInt16 { 1001 }
    package static var protocolError: UInt16 { 1002 }
    package static var unsupportedData: UInt16 { 1003 }
    package static var invalidPayload: UInt16 { 1007 }
    package static var policyViolation: UInt16 { 1008 }
    package static var messageTooBig: UInt16 { 1009 }
    package static var internalError: UInt16 { 1011 }
    package static var serviceRestart: UInt16 { 1012 }
    package static var tryAgainLater: UInt16 { 1013 }
    package static var badGateway: UInt16 { 1014 }

    /// Whether a close frame may carry `code`: 1000 to 2999 must be registered and not reserved
    /// for use inside an endpoint (1004, 1005, 1006, 1015), 3000 to 4999 are for libraries and
    /// applications (RFC 6455 section 7.4.2).
    package static func isAllowedOnWire(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
