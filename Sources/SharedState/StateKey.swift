// Where counts and bans of a key lie in a dictionary: all of one key are a group.

package import Bytes
package import SharedDictionary

package enum StateKey {
    package enum Kind: UInt8 {
        case count = 1, ban
    }

    /// What tells the entries of a key apart.
    ///
    /// - Parameter zone: Of a count.
    package static func name(_ kind: Kind, _ zone: String, _ seed: KeySeed) -> UInt64 {
        var text = ByteBuffer()
        // A zero byte: no name of a rule's variable, which may lie in the same dictionary, has one.
        text.append(0)
        text.append(kind.rawValue)
        text.append(contentsOf: Array(zone.utf8))
        let digest = seed.digest(text.view).low
        return digest == 0 ? 1 : digest
    }

    package static func entry(_ key: ByteView, _ name: UInt64, _ seed: KeySeed) -> EntryKey {
        let digest = seed.digest(key)
        // Apart from the records of rules, whose keys a client may choose as well.
        let group = KeyDigest(
            low: digest.low ^ 0x5354_4154_4553_5441, high: digest.high ^ 0x5445_5354_4154_4553)
        return EntryKey(group: group, name: name)
    }
}
