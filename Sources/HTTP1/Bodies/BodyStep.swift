// What body decoders say.

/// The next thing in a body. Offsets count from the first byte of the input that was given.
package enum BodyStep: Equatable, Sendable {
    /// Content, to be read in place; decoding goes on behind it.
    case data(Range<Int>)
    /// All input has been used and the body goes on; none of it need be shown again.
    case needsMore
    /// The body is over; what lies behind belongs to the next message.
    case end(consumedTo: Int)
}
