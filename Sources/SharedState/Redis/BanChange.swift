// A ban, or the end of one, as it is told to other machines.

package import Bytes

package struct BanChange {
    package var key: ByteText
    /// Milliseconds since 1970; 0: it is no longer banned.
    package var end: Int64

    package init(key: ByteText, end: Int64) {
        self.key = key
        self.end = end
    }
}
