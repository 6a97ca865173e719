// The time in front of a line: local, formatted once a second.

internal import Bytes
internal import Posix

/// `2026/11/21 05:48:19`, kept until the second changes.
package struct LineClock: Sendable {
    private enum Source { case system, manual }

    private let source: Source
    /// Seconds since 1970.
    package private(set) var unixSeconds: Int
    private var text: InlineArray<19, UInt8>

    /// The system's clock.
    package init() {
        source = .system
        unixSeconds = WallClock.coarseSeconds
        text = Self.format(unixSeconds)
    }

    /// A clock that stands until it is set: a loop's own time, or a test's.
    package init(unixSeconds: Int) {
        source = .manual
        self.unixSeconds = unixSeconds
        text = Self.format(unixSeconds)
    }

    /// Reads the time zone. To be called before the process confines itself: afterwards the zone's
    /// file is out of reach, and times would be UTC.
    package static func loadTimeZone() { WallClock.loadTimeZone() }

    /// Sets the time; only a change of the second costs anything.
    package mutating func set(unixSeconds: Int) {
        guard unixSeconds != self.unixSeconds else { return }
        self.unixSeconds = unixSeconds
        text = Self.format(unixSeconds)
    }

    /// Asks the system's clock, unless this is a manual one.
    mutating func refresh() {
        switch source {
        case .system: set(unixSeconds: WallClock.coarseSeconds)
        case .manual: break
        }
    }

    func append(to buffer: inout ByteBuffer) { buffer.append(text.span) }

    private static func format(_ unixSeconds: Int) -> InlineArray<19, UInt8> {
        let time = WallClock.localTime(unixSeconds)
        var text = InlineArray<19, UInt8>(repeating: ASCII.byte("/"))
        put(time.year / 100, at: 0, in: &text)
        put(time.year, at: 2, in: &text)
        put(time.month, at: 5, in: &text)
        put(time.day, at: 8, in: &text)
        text[10] = ASCII.space
        put(time.hour, at: 11, in: &text)
        text[13] = ASCII.byte(":")
        put(time.minute, at: 14, in: &text)
        text[16] = ASCII.byte(":")
        put(time.second, at: 17, in: &text)
        return text
    }

    /// The last two digits of a number.
    private static func put(_ number: Int, at place: Int, in text: inout InlineArray<19, UInt8>) {
        text[place] = digit(number / 10)
        text[place + 1] = digit(number)
    }

    private static func digit(_ number: Int) -> UInt8 { UInt8(abs(number) % 10) + ASCII.byte("0") }
}
