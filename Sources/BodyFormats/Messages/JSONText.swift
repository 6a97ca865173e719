// Telling JSON from other text.

package import Bytes

package enum JSONText {
    /// Whether `text` begins as an object or array does. A scalar by itself is no different as text.
    package static func isLikely(_ text: ByteView) -> Bool {
        for index in text.indices {
            switch text[index] {
            case 0x20, 0x09, 0x0A, 0x0D: continue
            case ASCII.byte("{"), ASCII.byte("["): return true
            default: return false
            }
        }
        return false
    }
}
