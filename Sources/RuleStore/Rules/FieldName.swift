// Names of members that compare without regard to case.

internal import Bytes

/// Hashes of member names, as the store holds them.
enum FieldName {
    /// `ByteView.caseInsensitiveHash` of the name.
    static func hash(_ name: [UInt8]) -> UInt32 {
        var buffer = ByteBuffer(reserving: name.count)
        buffer.append(contentsOf: name)
        return buffer.view.caseInsensitiveHash
    }
}
