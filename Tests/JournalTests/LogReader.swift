// What a log writes, write by write.

import Glibc
import Journal
import Posix

/// A log whose lines go to a packet socket, on which every write(2) is one packet.
final class RecordedLog {
    /// 2026-11-21 05:48:19 UTC
    static let start = 1_795_240_099
    private let end: Descriptor
    let log: ErrorLog

    init(level: LogLevel = .debug) {
        // Lines show local time; the expected ones are written in UTC.
        unsafe _ = setenv("TZ", "UTC0", 1)
        LineClock.loadTimeZone()
        let (end, file) = Self.pair()
        self.end = Descriptor(owning: end)
        log = ErrorLog(Descriptor(owning: file), level: level, clock: LineClock(unixSeconds: Self.start))
    }

    /// Two ends of a packet socket that do not wait.
    static func pair() -> (Int32, Int32) {
        var ends: [Int32] = [0, 0]
        let type =
            Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        precondition(unsafe socketpair(AF_UNIX, type, 0, &ends) == 0, "no socket pair")
        return (ends[0], ends[1])
    }

    /// The packets written since the last call.
    func packets() -> [String] { Self.packets(end.number) }

    static func packets(_ end: Int32) -> [String] {
        var packets: [String] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe recv(end, &room, room.count, 0)
            guard count > 0 else { return packets }
            packets.append(String(decoding: room[..<count], as: UTF8.self))
        }
    }

    /// The texts of the lines behind time, level and process.
    func texts() -> [String] {
        packets().map { packet in
            guard let range = packet.firstRange(of: "#0: ") else { return packet }
            return String(packet[range.upperBound...].dropLast())
        }
    }
}
