// Children, descriptors that travel, and what the kernel says about both.

import Bytes
import Glibc
import Posix
import Testing

@Suite("Children: posix_spawn(3)") struct ChildProcessTests {
    /// Waits for the end of a child that is about to end.
    private static func ending(of child: ChildProcess) -> ChildProcess.Ending? {
        let deadline = MonotonicClock.milliseconds() + 10_000
        while MonotonicClock.milliseconds() < deadline {
            if let ending = child.collect() { return ending }
            usleep(2_000)
        }
        return nil
    }

    @Test("the child writes to the descriptor that it was given under another number")
    func inheritsDescriptor() throws {
        let pair = try PacketSocket.pair()
        let child = try ChildProcess.spawn(
            "/bin/sh", arguments: ["sh", "-c", "printf hello >&3"],
            inheriting: [.init(descriptor: pair.second.descriptor.number, as: 3)])
        #expect(Self.ending(of: child) == .exited(status: 0))
        var buffer = ByteBuffer()
        switch try pair.first.receive(into: &buffer, limitBytes: 64) {
        case .message(let byteCount, _): #expect(byteCount == 5)
        case .wouldBlock: Issue.record("nothing was written")
        case .closed: Issue.record("the end is closed")
        }
        #expect(buffer.view == ByteView("hello"))
    }

    @Test("other descriptors are closed in the child")
    func closesOthers() throws {
        let pair = try PacketSocket.pair()
        let kept = pair.first.descriptor.number
        let child = try ChildProcess.spawn(
            "/bin/sh", arguments: ["sh", "-c", "test ! -e /proc/self/fd/\(kept)"],
            inheriting: [.init(descriptor: pair.second.descriptor.number, as: 0)])
        #expect(Self.ending(of: child) == .exited(status: 0))
        _ = consume pair
    }

    @Test("argv and environment are the given ones")
    func argumentsAndEnvironment() throws {
        let script = "test \"$0\" = 'name: with blanks' && test \"$KEY\" = value && test -z \"$HOME\""
        let child = try ChildProcess.spawn(
            "/bin/sh", arguments: ["sh", "-c", script, "name: with blanks"], inheriting: [],
            environment: ["KEY=value"])
        #expect(Self.ending(of: child) == .exited(status: 0))
    }

    @Test("a signal that is blocked here is not blocked in the child")
    func signalMaskIsEmpty() throws {
        let signals = try SignalDescriptor([SIGUSR2])
        let child = try ChildProcess.spawn(
            "/bin/sh", arguments: ["sh", "-c", "kill -USR2 $$; exit 9"], inheriting: [])
        #expect(Self.ending(of: child) == .killed(signal: SIGUSR2))
        _ = consume signals
    }

    @Test("a program that is not there is an error")
    func missingProgram() {
        #expect(throws: SystemError(call: "posix_spawn(/nonexistent/program)", code: ENOENT)) {
            try ChildProcess.spawn("/nonexistent/program", arguments: ["x"], inheriting: [])
        }
    }

    @Test(
        "the end tells how",
        arguments: [
            ("exit 3", ChildProcess.Ending.exited(status: 3)), ("kill -KILL $$", .killed(signal: SIGKILL)),
        ])
    func endings(script: String, want: ChildProcess.Ending) throws {
        let child = try ChildProcess.spawn("/bin/sh", arguments: ["sh", "-c", script], inheriting: [])
        #expect(Self.ending(of: child) == want)
    }
}

@Suite("Messages with descriptors: unix(7)") struct PacketSocketTests {
    static func file(byteCount: Int) throws -> Int32 {
        let file = try SealedMemory.create(name: "test")
        #expect(ftruncate(file.number, byteCount) == 0)
        return file.release()
    }

    @Test(
        "descriptors arrive in order and are closed when nobody takes them", arguments: [0, 1, 2, 252, 253])
    func travels(count: Int) throws {
        let pair = try PacketSocket.pair()
        let files = try (0..<count).map { try Self.file(byteCount: 10 + $0) }
        defer { for file in files { close(file) } }
        #expect(try pair.first.send(ByteView("x"), descriptors: files))
        var buffer = ByteBuffer()
        guard case .message(let byteCount, var list) = try pair.second.receive(into: &buffer, limitBytes: 8)
        else {
            Issue.record("no message")
            return
        }
        #expect(byteCount == 1)
        #expect(list.count == count)
        for index in 0..<count {
            guard let file = list.take(at: index) else {
                Issue.record("descriptor \(index) is missing")
                continue
            }
            var status = stat()
            let answer = unsafe fstat(file.number, &status)
            #expect(answer == 0)
            #expect(status.st_size == 10 + index)
        }
        for index in [-1, 0, count] {
            guard case .none = list.take(at: index) else {
                Issue.record("descriptor \(index) was given twice")
                continue
            }
        }
    }

    @Test("one descriptor more than the kernel takes") func tooManyDescriptors() throws {
        let pair = try PacketSocket.pair()
        let list = [Int32](repeating: 0, count: PacketSocket.maxDescriptors + 1)
        #expect(throws: SystemError(call: "sendmsg", code: EINVAL)) {
            _ = try pair.first.send(ByteView("x"), descriptors: list)
        }
    }

    @Test("a message at the limit and one past it") func limit() throws {
        let pair = try PacketSocket.pair()
        #expect(try pair.first.send(ByteView("12345678"), descriptors: []))
        #expect(try pair.first.send(ByteView("123456789"), descriptors: []))
        var buffer = ByteBuffer()
        guard case .message(8, _) = try pair.second.receive(into: &buffer, limitBytes: 8) else {
            Issue.record("the message at the limit is refused")
            return
        }
        #expect(throws: SystemError(call: "recvmsg", code: EMSGSIZE)) {
            _ = try pair.second.receive(into: &buffer, limitBytes: 8)
        }
    }

    @Test("nothing there, then the other end gone") func waitsAndCloses() throws {
        var buffer = ByteBuffer()
        let pair = try PacketSocket.pair()
        guard case .wouldBlock = try pair.first.receive(into: &buffer, limitBytes: 8) else {
            Issue.record("a message from nowhere")
            return
        }
        shutdown(pair.second.descriptor.number, Int32(SHUT_RDWR))
        guard case .closed = try pair.first.receive(into: &buffer, limitBytes: 8) else {
            Issue.record("the end is not seen")
            return
        }
    }
}
