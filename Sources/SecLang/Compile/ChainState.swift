// Whether the next rule continues a chain.

enum ChainState {
    case none
    /// The last rule said `chain`.
    /// - `starter`: index of the chain's first rule
    /// - `phase`: that of the whole chain
    /// - `directive`: the first rule's directive, for errors to point at
    case open(starter: Int, phase: UInt32, directive: PlacedText)
    /// The last rule could not be read: whether the next needs an id is not known.
    case unknown
}
