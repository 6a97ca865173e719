// TIME* and DURATION: local time, written as ModSecurity 2 writes it.

internal import Bytes
internal import RuleStore

extension Transaction {
    func timeScalar(_ variable: VariableName) -> ByteView? {
        switch variable {
        case .timeEpoch: return number(scratch.clock.unixSeconds)
        // Microseconds since the transaction began.
        case .duration: return number(max(0, scratch.clock.unixMicroseconds - startMicroseconds))
        default: break
        }
        let now = scratch.clock.local
        switch variable {
        case .time:
            return digits { text in
                text.appendTwoDigits(now.hour)
                text.append(ASCII.byte(":"))
                text.appendTwoDigits(now.minute)
                text.append(ASCII.byte(":"))
                text.appendTwoDigits(now.second)
            }
        case .timeDay: return digits { $0.appendTwoDigits(now.day) }
        case .timeHour: return digits { $0.appendTwoDigits(now.hour) }
        case .timeMinute: return digits { $0.appendTwoDigits(now.minute) }
        case .timeMonth: return digits { $0.appendTwoDigits(now.month) }
        case .timeSecond: return digits { $0.appendTwoDigits(now.second) }
        case .timeWeekday: return number(now.weekday)
        case .timeYear: return number(now.year)
        default: return nil
        }
    }

    private func digits(_ write: (inout ByteBuffer) -> Void) -> ByteView {
        scratch.text.removeAll(keepingCapacity: true)
        write(&scratch.text)
        return arena.copy(scratch.text.view)
    }
}

extension ByteBuffer {
    fileprivate mutating func appendTwoDigits(_ number: Int) {
        append(ASCII.byte("0") + UInt8(truncatingIfNeeded: number / 10 % 10))
        append(ASCII.byte("0") + UInt8(truncatingIfNeeded: number % 10))
    }
}
