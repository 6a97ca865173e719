// A decoded path made fit for a request line: what nginx does to the rest of the path when
// `proxy_pass` has a URI (ngx_escape_uri, NGX_ESCAPE_URI).

package import Bytes

/// Percent-encodes a path.
package enum PathEncoder {
    /// Appends `path`, with every byte escaped that may not stand in the path of a request target
    /// or that would end it: controls, blanks, `" # % < > ? \ ^ ` { | }`, DEL and bytes above.
    package static func append(_ path: ByteView, to target: inout ByteBuffer) {
        target.reserve(path.count)
        for index in path.indices {
            let byte = path[index]
            if isPlain(byte) {
                target.append(byte)
            } else {
                target.append(0x25)
                target.append(hexDigit(byte >> 4))
                target.append(hexDigit(byte & 15))
            }
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? value + 0x30 : value + 0x37 }

    private static func isPlain(_ byte: UInt8) -> Bool {
        guard byte > 0x20, byte < 0x7F else { return false }
        return switch byte {
        case 0x22, 0x23, 0x25, 0x3C, 0x3E, 0x3F, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D: false
        default: true
        }
    }
}
