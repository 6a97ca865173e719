// t:sha1

internal import Bytes

/// The digest as 20 bytes.
enum SHA1Digest {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        let digest = SHA1.digest(of: input)
        return arena.fill(upTo: 20) { output in
            for index in digest.indices { output.append(digest[index]) }
        }
    }
}
