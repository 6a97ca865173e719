// The control socket's protocol, over a pair of sockets and over a real path.

import Bytes
import Foundation
import Glibc
import Posix
import Reports
import Supervisor
import Testing

/// The client's end of a connection to a server under test.
struct TestClient {
    let number: Int32

    init(_ server: ControlServer, now: Int64 = 0) {
        var numbers: [Int32] = [-1, -1]
        unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0, &numbers)
        number = numbers[0]
        server.adopt(Descriptor(owning: numbers[1]), now: now)
    }

    func send(_ text: String) { _ = unsafe Glibc.send(number, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }

    /// What has arrived; nil at the end of the stream.
    func received() -> String? {
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe read(number, &part, part.count)
            if count == 0 { return text.isEmpty ? nil : String(decoding: text, as: UTF8.self) }
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += part[..<count]
        }
    }
}

@Suite("Control socket") struct ControlServerTests {
    /// One turn of the master's loop.
    static func turn(_ server: ControlServer, now: Int64 = 0) throws -> [ControlServer.Request] {
        var set = PollSet()
        server.register(in: &set)
        try set.wait(timeoutMilliseconds: 0)
        return server.proceed(after: set, now: now)
    }

    @Test("a request that comes byte by byte") func byteByByte() throws {
        let server = ControlServer()
        let client = TestClient(server)
        for character in #"{"verb":"status"}"# {
            client.send(String(character))
            #expect(try Self.turn(server).isEmpty)
        }
        client.send("\n")
        let requests = try Self.turn(server)
        #expect(requests.map(\.request) == [.status])
        #expect(server.answer(ControlAnswer.done([]), to: requests[0].client, now: 0).isEmpty)
        #expect(client.received() == "{\"ok\":true}\n")
    }

    @Test("several requests at once are answered in order, one at a time") func pipelined() throws {
        let server = ControlServer()
        let client = TestClient(server)
        client.send("{\"verb\":\"stats\"}\n{\"verb\":\"x\"}\n{\"verb\":\"test\"}\n")
        var requests = try Self.turn(server)
        #expect(requests.map(\.request) == [.stats])
        #expect(try Self.turn(server).isEmpty)
        requests = server.answer(ControlAnswer.done([("n", .integer(1))]), to: requests[0].client, now: 0)
        #expect(requests.map(\.request) == [.test])
        let text = try #require(client.received())
        #expect(
            text.hasPrefix("{\"ok\":true,\"n\":1}\n{\"ok\":false,\"errors\":[\"error: unknown verb \\\"x\\\"")
        )
    }

    @Test("a line at the limit and one past it", arguments: [0, 1]) func lineLimit(excess: Int) throws {
        let server = ControlServer()
        let client = TestClient(server)
        let request = #"{"verb":"status"}"#
        let blanks = SupervisorLimits.controlRequestBytes - request.utf8.count + excess
        client.send(request + String(repeating: " ", count: blanks) + "\n")
        var requests: [ControlServer.Request] = []
        for _ in 0..<4 { requests += try Self.turn(server) }
        #expect(requests.map(\.request) == (excess == 0 ? [.status] : []))
        guard excess == 1 else { return }
        #expect(client.received()?.contains("longer than 4096 bytes") == true)
        #expect(server.clientCount == 0)
    }

    @Test("an endless line is refused without being kept") func endlessLine() throws {
        let server = ControlServer()
        let client = TestClient(server)
        for _ in 0..<10 {
            client.send(String(repeating: "x", count: 1_000))
            #expect(try Self.turn(server).isEmpty)
        }
        #expect(server.clientCount == 0)
        #expect(client.received()?.contains("longer than 4096 bytes") == true)
    }

    @Test("as many clients as the limit, and one past it") func clientLimit() throws {
        let server = ControlServer()
        let clients = (0..<SupervisorLimits.controlClients).map { _ in TestClient(server) }
        #expect(server.clientCount == clients.count)
        let late = TestClient(server)
        #expect(server.clientCount == clients.count)
        #expect(late.received()?.contains("more than 32 clients") == true)
        #expect(late.received() == nil)
        close(clients[0].number)
        _ = try Self.turn(server)
        #expect(server.clientCount == clients.count - 1)
    }

    @Test("a client that is silent is dropped, one that waits is not") func idle() throws {
        let server = ControlServer()
        let waiting = TestClient(server)
        _ = TestClient(server)
        waiting.send("{\"verb\":\"reload\"}\n")
        let requests = try Self.turn(server)
        #expect(requests.map(\.request) == [.reload(.configuration)])
        #expect(server.wakeAt == SupervisorLimits.controlIdleTimeout)
        server.tick(now: SupervisorLimits.controlIdleTimeout - 1)
        #expect(server.clientCount == 2)
        server.tick(now: SupervisorLimits.controlIdleTimeout)
        #expect(server.clientCount == 1)
        #expect(server.wakeAt == nil)
        _ = server.answer(ControlAnswer.done([]), to: requests[0].client, now: 50_000)
        #expect(waiting.received() == "{\"ok\":true}\n")
        #expect(server.wakeAt == 50_000 + SupervisorLimits.controlIdleTimeout)
    }

    @Test("an answer that the client does not take at once arrives in parts") func slowReader() throws {
        let server = ControlServer()
        let client = TestClient(server)
        client.send("{\"verb\":\"stats\"}\n")
        let requests = try Self.turn(server)
        let value = JSONValue.string(String(repeating: "x", count: 2_000_000))
        _ = server.answer(value, to: requests[0].client, now: 0)
        var bytes = 0
        for _ in 0..<1_000 where bytes < 2_000_003 {
            bytes += client.received()?.utf8.count ?? 0
            _ = try Self.turn(server)
        }
        #expect(bytes == 2_000_003)
        #expect(server.clientCount == 1)
    }

    @Test("an answer past the limit drops the client") func answerLimit() throws {
        let server = ControlServer()
        let client = TestClient(server)
        client.send("{\"verb\":\"stats\"}\n")
        let requests = try Self.turn(server)
        let value = JSONValue.string(String(repeating: "x", count: SupervisorLimits.controlAnswerBytes))
        _ = server.answer(value, to: requests[0].client, now: 0)
        #expect(server.clientCount == 0)
    }

    @Test("a client that goes away while its answer is owed") func goneClient() throws {
        let server = ControlServer()
        let client = TestClient(server)
        client.send("{\"verb\":\"stats\"}\n")
        let requests = try Self.turn(server)
        close(client.number)
        _ = try Self.turn(server)
        #expect(server.clientCount == 0)
        #expect(server.answer(ControlAnswer.done([]), to: requests[0].client, now: 0).isEmpty)
    }

    @Test("the path is locked, has mode 0660 and is taken over from the dead") func path() throws {
        let folder = "/tmp/wafd-control-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/control.sock"
        do {
            let server = try ControlServer(path: path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o660)
            #expect(throws: ControlServer.StartError.inUse(path: path, owner: getpid())) {
                try ControlServer(path: path)
            }
            #expect(try Self.turn(server).isEmpty)
        }
        // The first is gone without removing anything, as after SIGKILL.
        #expect(FileManager.default.fileExists(atPath: path))
        let second = try ControlServer(path: path)
        second.removeSocket()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test func pathTooLong() {
        let path = "/tmp/" + String(repeating: "x", count: 108)
        #expect(throws: ControlServer.StartError.pathTooLong(path)) { try ControlServer(path: path) }
    }
}
