// A real `wafd` in a folder of its own, for tests that look at it from outside.

import Bytes
import Foundation
import Glibc
import Posix
import RuleStore
import Supervisor
import Testing

final class RunningMaster {
    /// The program lies beside the bundle of tests.
    static let executable: String? = {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let path = folder.appendingPathComponent("wafd").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            print("SKIPPED: no program at \(path)")
            return nil
        }
        return path
    }()

    let folder = "/tmp/wafd-master-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    private(set) var process = ChildProcess(number: 0)
    private var ending: ChildProcess.Ending?

    var configurationPath: String { "\(folder)/wafd.conf" }
    var controlPath: String { "\(folder)/control.sock" }
    var logPath: String { "\(folder)/error.log" }
    var pidPath: String { "\(folder)/wafd.pid" }

    init(listeners: [ListenAddress]) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try configure(listeners: listeners)
    }

    deinit {
        if process.number > 0, ending == nil {
            process.signal(SIGKILL)
            _ = waitForEnd()
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    func configure(listeners: [ListenAddress], extra: String = "") throws {
        let listens = listeners.map { "listen \($0);" }.joined(separator: " ")
        let text = """
            worker_processes 2;
            pid \(pidPath);
            error_log \(logPath) info;
            rule_store \(folder)/store;
            control_socket \(controlPath);
            worker_shutdown_timeout 2s;
            \(extra)
            http { server { \(listens) location / { } } }
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: configurationPath))
    }

    func start(notifySocket: String? = nil) throws {
        let variables = notifySocket.map { ["NOTIFY_SOCKET=\($0)"] } ?? []
        process = try spawn(["-c", configurationPath], environment: variables)
        ending = nil
        try wait { try self.status()?.state == "serving" }
    }

    /// Runs the program to its end.
    func run(_ arguments: [String]) throws -> ChildProcess.Ending? {
        let child = try spawn(arguments, environment: [])
        for _ in 0..<2_000 {
            if let ending = child.collect() { return ending }
            usleep(5_000)
        }
        child.signal(SIGKILL)
        return nil
    }

    private func spawn(_ arguments: [String], environment: [String]) throws -> ChildProcess {
        let null = Descriptor(owning: unsafe open("/dev/null", O_RDWR | O_CLOEXEC))
        let program = try #require(Self.executable)
        return try ChildProcess.spawn(
            program, arguments: ["wafd"] + arguments,
            inheriting: [0, 1, 2].map { .init(descriptor: null.number, as: $0) },
            environment: environment + ["PATH=/usr/bin:/bin"])
    }

    func waitForEnd() -> ChildProcess.Ending? {
        for _ in 0..<2_000 where ending == nil {
            ending = process.collect()
            usleep(5_000)
        }
        return ending
    }

    /// Tries until a claim holds.
    func wait(milliseconds: Int64 = 20_000, for claim: () throws -> Bool) throws {
        let deadline = MonotonicClock.milliseconds() + milliseconds
        while MonotonicClock.milliseconds() < deadline {
            if try claim() { return }
            usleep(2_000)
        }
        Issue.record("did not come true in \(milliseconds) ms; log:\n\(log)")
    }

    var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

    /// What the master's descriptors stand for.
    var descriptorTargets: [String] {
        let folder = "/proc/\(process.number)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
        }
    }

    var descriptorCount: Int { descriptorTargets.count }

    // MARK: The control socket

    struct Status: Decodable {
        struct Worker: Decodable {
            var slot: Int
            var pid: Int32?
            var state: String
            var generation: UInt64?
            var restarts: Int
        }
        var state: String
        var pid: Int32
        var generation: UInt64
        var listeners: [String]
        var workers: [Worker]
    }

    struct Outcome: Decodable {
        var ok: Bool
        var errors: [String]?
        var warnings: [String]?
        var generation: UInt64?
    }

    func status() throws -> Status? {
        guard let line = ask(#"{"verb":"status"}"#) else { return nil }
        return try JSONDecoder().decode(Status.self, from: Data(line.utf8))
    }

    func outcome(_ request: String) throws -> Outcome {
        try JSONDecoder().decode(Outcome.self, from: Data(try #require(ask(request)).utf8))
    }

    func ask(_ request: String) -> String? {
        guard let stream = Self.connected(ListenAddress(host: "unix:\(controlPath)", port: 0)) else {
            return nil
        }
        let text = request + "\n"
        guard unsafe Glibc.send(stream.number, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count
        else {
            return nil
        }
        var line: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while line.last != 0x0A {
            let count = unsafe read(stream.number, &part, part.count)
            guard count > 0 else { return nil }
            line += part[..<count]
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// A connection that waits for its bytes, nil when it is refused.
    static func connected(_ address: ListenAddress) -> SharedDescriptor? {
        guard let socket = SocketAddress(host: address.host, port: address.port),
            let connecting = try? StreamSocket.connect(to: socket)
        else { return nil }
        let number: Int32
        switch consume connecting {
        case .connected(let descriptor): number = descriptor.release()
        case .pending(let descriptor): number = descriptor.release()
        }
        let stream = SharedDescriptor(Descriptor(owning: number))
        var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&entry, 1, 5_000)
        guard StreamSocket.connectionError(number) == 0 else { return nil }
        _ = fcntl(number, F_SETFL, 0)
        return stream
    }
}
