// A real redis-server of the test's own.

import Foundation
import Posix

final class RedisServer {
    static let path = "/usr/bin/redis-server"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    let port: UInt16
    private let process = Process()
    private let folder: URL

    /// - Parameter password: nil: none is asked for.
    init(port: UInt16 = 0, password: String? = nil) throws {
        self.port = port == 0 ? try Self.freePort() : port
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "wafd-redis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = [
            "--port", "\(self.port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir",
            folder.path,
        ]
        if let password { process.arguments? += ["--requirepass", password] }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit { stop() }

    func stop() {
        guard process.isRunning else { return }
        // A thread of the test library may have blocked SIGTERM, which the server has inherited then.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A port of the loopback that nobody listens on.
    static func freePort() throws -> UInt16 {
        let address = SocketAddress(host: "127.0.0.1", port: 0)!
        let socket = try ListenSocket.open(address, sharesPort: false)
        return StreamSocket.localAddress(socket.number)!.port
    }
}
