// The line a response begins with: RFC 9112 section 4.

internal import Bytes
internal import HTTPMessage

/// `HTTP-version SP status-code SP [ reason-phrase ]`.
enum StatusLine {
    static func parse(_ line: ByteView, into head: inout ResponseHead) throws(HTTP1Error) {
        let statusStart = VersionText.count + 1
        let statusEnd = statusStart + 3
        guard line.count >= statusEnd, line[statusStart - 1] == ASCII.space else {
            throw .malformedStatusLine
        }
        let version = try VersionText.parse(line[..<VersionText.count])
        guard version != .later else { throw .unsupportedVersion }
        var status = 0
        for index in statusStart..<statusEnd {
            guard ASCII.isDigit(line[index]) else { throw .malformedStatusLine }
            status = status * 10 + Int(line[index] - ASCII.byte("0"))
        }
        guard status >= 100 else { throw .malformedStatusLine }
        guard line.count == statusEnd || line[statusEnd] == ASCII.space else {
            throw .malformedStatusLine
        }
        let reason = min(statusEnd + 1, line.count)..<line.count
        head.setStatus(status, version: version, reason: reason)
        if let control = OctetScan.firstControl(in: line[reason]) {
            throw control == ASCII.carriageReturn ? .bareCarriageReturn : .malformedStatusLine
        }
    }
}
