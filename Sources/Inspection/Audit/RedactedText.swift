// A copy of what a peer sent with asterisks where rules want them.

internal import Bytes

/// Bytes that are shown, as far as the entry has room for them.
struct RedactedText: ~Copyable {
    private var buffer = ByteBuffer()
    /// How long the text is that the copy is made of.
    let wholeBytes: Int

    init(_ text: ByteView, limitBytes: Int) {
        wholeBytes = text.count
        buffer.append(text[..<min(text.count, limitBytes)])
    }

    var view: ByteView { buffer.view }

    /// Bytes behind the copy's end do not matter.
    mutating func hide(_ range: Range<Int>) {
        for index in range.clamped(to: 0..<buffer.count) { buffer.set(ASCII.byte("*"), at: index) }
    }

    mutating func hide(_ ranges: [Range<Int>], from start: Int) {
        for range in ranges { hide(range.lowerBound + start..<range.upperBound + start) }
    }

    mutating func hideAll() { hide(0..<buffer.count) }
}
