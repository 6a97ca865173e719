// Bounds of a shared dictionary.

package enum TableLimits {
    /// Slots that are looked at for one key, from its home on: the longest search, and the most
    /// entries of one group.
    package static let probeSlots = 64
    /// Entries of one group; past it a new one takes the place of the group's oldest.
    package static let entriesPerGroup = 48
    /// Processes that may write: the workers' slots and the master.
    package static let writers = 1_023
    /// Bytes of one dictionary.
    package static let fileBytes = 64 << 10 ... 1 << 30
    /// Dictionaries of one configuration.
    package static let dictionaries = 16
    /// Bytes of a dictionary's name.
    package static let dictionaryNameBytes = 64

    /// Times that a write is begun anew because another process came between; then it is refused.
    static let attempts = 64
    /// Looks at a text that another process is writing, and at a slot that another holds on to.
    static let looks = 256
    /// Back-offs from an older claim of the same key; its owner may be dead, so it is undone then.
    static let politeAttempts = 8
}
