// t:md5

internal import Bytes

/// The digest as 16 bytes.
enum MD5Digest {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        let digest = MD5.digest(of: input)
        return arena.fill(upTo: 16) { output in
            for index in digest.indices { output.append(digest[index]) }
        }
    }
}
