// Names in Redis: `PREFIX:{DICTIONARY}:…`; the braces keep a dictionary's keys on one node of a cluster.

internal import Bytes

struct RedisKeys {
    private let base: String

    init(prefix: String, dictionary: String) { base = "\(prefix):{\(dictionary)}:" }

    /// What the key of a ban begins with.
    var banBase: String { base + "ban:" }
    /// The sorted set of changes.
    var changes: String { base + "changes" }

    func ban(_ key: ByteView) -> ByteText { join(banBase, key) }
    func count(zone: String, _ key: ByteView) -> ByteText { join("\(base)count:\(zone):", key) }

    private func join(_ text: String, _ key: ByteView) -> ByteText {
        var name = ByteBuffer()
        name.append(text)
        name.append(key)
        return ByteText(name.view)
    }
}
