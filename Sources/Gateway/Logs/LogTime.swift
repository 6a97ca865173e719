// The time of an access log's line, local.

internal import Bytes
internal import Posix

enum LogTime {
    /// `21/Nov/2026:07:19:46 +0000`
    static func appendLocal(_ unixSeconds: Int, to output: inout ByteBuffer) {
        let time = WallClock.localTime(unixSeconds)
        append(time.day, to: &output)
        output.append(ASCII.byte("/"))
        let month = max(0, time.month - 1) * 3
        output.append(ByteView("JanFebMarAprMayJunJulAugSepOctNovDec")[month..<month + 3])
        output.append(ASCII.byte("/"))
        output.append(decimal: time.year)
        output.append(ASCII.byte(":"))
        appendClock(time, to: &output)
        output.append(ASCII.space)
        appendOffset(unixSeconds, hasColon: false, to: &output)
    }

    /// `2026-11-21T07:19:46+00:00`
    static func appendISO8601(_ unixSeconds: Int, to output: inout ByteBuffer) {
        let time = WallClock.localTime(unixSeconds)
        output.append(decimal: time.year)
        output.append(ASCII.byte("-"))
        append(time.month, to: &output)
        output.append(ASCII.byte("-"))
        append(time.day, to: &output)
        output.append(ASCII.byte("T"))
        appendClock(time, to: &output)
        appendOffset(unixSeconds, hasColon: true, to: &output)
    }

    private static func appendClock(_ time: LocalTime, to output: inout ByteBuffer) {
        append(time.hour, to: &output)
        output.append(ASCII.byte(":"))
        append(time.minute, to: &output)
        output.append(ASCII.byte(":"))
        append(time.second, to: &output)
    }

    private static func appendOffset(_ unixSeconds: Int, hasColon: Bool, to output: inout ByteBuffer) {
        let minutes = WallClock.localOffsetSeconds(unixSeconds) / 60
        output.append(ASCII.byte(minutes < 0 ? "-" : "+"))
        append(abs(minutes) / 60, to: &output)
        if hasColon { output.append(ASCII.byte(":")) }
        append(abs(minutes) % 60, to: &output)
    }

    /// Two digits.
    private static func append(_ number: Int, to output: inout ByteBuffer) {
        if number < 10 { output.append(ASCII.byte("0")) }
        output.append(decimal: number)
    }
}
