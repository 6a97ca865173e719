// What one call of a decompressor did.

struct DecoderStep: Equatable {
    enum Outcome: Equatable {
        /// Wants more input or more room.
        case unfinished
        /// The stream's end was read; what follows was not consumed.
        case ended
        case corrupt
    }

    var consumedBytes: Int
    var producedBytes: Int
    var outcome: Outcome
}
