import Bytes
import Glibc
import Journal
import Posix
import Testing

@Suite("Error log: nginx's line, one write each") struct ErrorLogTests {
    @Test func format() {
        let recorded = RecordedLog()
        let pid = getpid()
        recorded.log.write(.error, .upstream, connection: 56) { line in
            line.append("connect() failed")
            line.field("upstream", ByteView("[::1]:90"))
            line.field("errno", 111)
        }
        recorded.log.write(.notice, .process, "reloaded")
        recorded.log.write(.emergency, .process, connection: UInt64.max >> 1) { _ in }
        #expect(
            recorded.packets() == [
                "2026/11/21 05:48:19 [error] \(pid)#0: *56 connect() failed upstream=[::1]:90 errno=111\n",
                "2026/11/21 05:48:19 [notice] \(pid)#0: reloaded\n",
                "2026/11/21 05:48:19 [emerg] \(pid)#0: *9223372036854775807 \n",
            ])
        #expect(recorded.log.lostLines == 0)
    }

    @Test func matchedRuleForm() {
        let recorded = RecordedLog()
        recorded.log.write(.error, .matchedRule, connection: 1) { line in
            line.append("ModSecurity: Warning.")
            line.bracketed("id", ByteView("942100"))
            line.bracketed("msg", ByteView("SQL \"injection\" \\ ]\n"))
        }
        #expect(
            recorded.texts() == [
                #"*1 ModSecurity: Warning. [id "942100"] [msg "SQL \"injection\" \\ ]\x0a"]"#
            ])
    }

    @Test(arguments: LogLevel.allCases) func levels(_ level: LogLevel) {
        let recorded = RecordedLog(level: level)
        var bodies = 0
        for other in LogLevel.allCases {
            recorded.log.write(other, .process) { line in
                bodies += 1
                line.append(other.name)
            }
            #expect(recorded.log.takes(other) == (other.rawValue <= level.rawValue))
        }
        #expect(recorded.texts() == LogLevel.allCases.prefix(level.rawValue).map { "\($0.name)" })
        #expect(bodies == level.rawValue)
        #expect(LogLevel(name: "\(level.name)") == level)
    }

    @Test(arguments: ["", "Error", "err", "errors", "emergency", "all"]) func noLevel(_ name: String) {
        #expect(LogLevel(name: name) == nil)
    }

    @Test func theClockMovesTheTime() {
        let recorded = RecordedLog()
        for seconds in [0, RecordedLog.start + 1, -1, 4_102_444_800, RecordedLog.start + 1] {
            recorded.log.clock.set(unixSeconds: seconds)
            recorded.log.write(.error, .process, "x")
        }
        #expect(
            recorded.packets().map { String($0.prefix(19)) } == [
                "1970/01/01 00:00:00", "2026/11/21 05:48:20", "1969/12/31 23:59:59", "2100/01/01 00:00:00",
                "2026/11/21 05:48:20",
            ])
    }

    @Test(arguments: [Int.max, Int.min, 1 << 55]) func noSuchTime(seconds: Int) {
        let recorded = RecordedLog()
        recorded.log.clock.set(unixSeconds: seconds)
        recorded.log.write(.error, .process, "x")
        #expect(recorded.packets().count == 1)
    }

    @Test func reopening() throws {
        let recorded = RecordedLog()
        let (end, file) = RecordedLog.pair()
        recorded.log.write(.error, .process, "old")
        recorded.log.reopen(Descriptor(owning: file))
        recorded.log.write(.error, .process, "new")
        #expect(recorded.texts() == ["old"])
        #expect(RecordedLog.packets(end).map { $0.hasSuffix("new\n") } == [true])
        close(end)
    }

    /// A body that writes a line of its own.
    @Test func nestedLines() {
        let recorded = RecordedLog()
        recorded.log.write(.error, .process) { line in
            line.append("outer ")
            recorded.log.write(.error, .process, "inner")
            line.append("line")
        }
        #expect(recorded.texts() == ["inner", "outer line"])
    }

    @Test func aFullReceiverLosesLinesAndNothingElse() {
        let recorded = RecordedLog()
        var written = 0
        while recorded.log.lostLines == 0 && written < 100_000 {
            recorded.log.write(.error, .matchedRule, "line \(written)")
            written += 1
        }
        #expect(recorded.log.lostLines == 1)
        #expect(recorded.texts() == (0..<written - 1).map { "line \($0)" })
        recorded.log.write(.error, .process, "again")
        #expect(recorded.texts() == ["again"])
    }

    /// Two writers of one file: every line whole, none over another.
    @Test func appending() throws {
        let path = "/tmp/wafd-journal-\(getpid()).log"
        defer { unsafe _ = unlink(path) }
        let logs = [ErrorLog(try LogFile.open(path)), ErrorLog(try LogFile.open(path))]
        for index in 0..<100 {
            logs[index % 2].write(.error, .matchedRule, String(repeating: "\(index % 10)", count: index * 7))
        }
        var status = stat()
        unsafe _ = stat(path, &status)
        #expect(status.st_mode & 0o777 == 0o640)
        let file = Descriptor(owning: unsafe open(path, O_RDONLY))
        var room = [UInt8](repeating: 0, count: 1 << 17)
        let count = unsafe read(file.number, &room, room.count)
        let lines = String(decoding: room[..<count], as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 100)
        for (index, line) in lines.enumerated() {
            #expect(line.hasSuffix("#0: " + String(repeating: "\(index % 10)", count: index * 7)))
        }
    }

    @Test func aFileThatCanNotBeOpened() {
        #expect(throws: SystemError(call: "open /nowhere/x.log", code: ENOENT)) {
            _ = try LogFile.open("/nowhere/x.log")
        }
    }

    @Test func standardErrorIsACopy() throws {
        let copy = try LogFile.standardError()
        #expect(copy.number > 2)
    }
}
