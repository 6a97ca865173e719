// What a configuration says of a dictionary.

/// One `shared_dict`, or the dictionary of the collections that is always there.
package struct DictionarySettings: Equatable, Sendable {
    package var name: String
    package var bytes: Int
    /// nil: the dictionary is this machine's own.
    package var redis: RedisSettings?

    package init(name: String, bytes: Int, redis: RedisSettings? = nil) {
        self.name = name
        self.bytes = bytes
        self.redis = redis
    }

    /// Where the persistent collections of rules lie.
    package static let collectionsName = "collections"
    package static let collections = DictionarySettings(name: collectionsName, bytes: 16 << 20)

    /// Entries of collections hold texts as well.
    package var shape: TableShape { name == Self.collectionsName ? .texts : .numbers }

    /// Letters, digits, `_` and `-`: a name becomes part of a file's.
    package static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= TableLimits.dictionaryNameBytes
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
