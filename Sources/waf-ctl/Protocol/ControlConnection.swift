// One question over the control socket. The one file of this program that calls the kernel.

import Foundation
import Glibc

enum ControlConnection {
    /// Bytes of an answer that are accepted.
    private static let answerBytes = 64 << 20

    /// Sends a request and waits for the line that answers it.
    static func ask(_ request: ControlRequest, socket path: String, timeoutSeconds: Int) throws -> String {
        let descriptor = try connected(to: path, timeoutSeconds)
        defer { close(descriptor) }
        try send(try request.line, descriptor, path)
        return try receiveLine(descriptor, path, deadline: Date(timeIntervalSinceNow: Double(timeoutSeconds)))
    }

    private static func connected(to path: String, _ timeoutSeconds: Int) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw ControlFailure.unreachable("\(path): the path is too long for a socket")
        }
        // SAFETY: the name is shorter than `sun_path`, which is zero from the start.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure("socket") }
        var patience = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        // SAFETY: both options take a timeval of `size` bytes.
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        // SAFETY: a whole sockaddr_un, with its size.
        let answer = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard answer == 0 else {
            let reason = failure("can not connect to \(path)")
            close(descriptor)
            throw reason
        }
        return descriptor
    }

    private static func send(_ bytes: Data, _ descriptor: Int32, _ path: String) throws {
        // SAFETY: send reads the bytes of the buffer only.
        let sent = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == bytes.count else { throw failure("\(path)") }
    }

    private static func receiveLine(_ descriptor: Int32, _ path: String, deadline: Date) throws -> String {
        var line: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 << 10)
        while line.count <= answerBytes {
            // SAFETY: recv writes at most `count` bytes of the array.
            let count = unsafe part.withUnsafeMutableBytes {
                unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("no answer from \(path)") }
            guard count > 0 else { throw ControlFailure.unreachable("\(path): wafd closed the connection") }
            line += part[..<count]
            if line.last == 0x0A { return String(decoding: line.dropLast(), as: UTF8.self) }
            guard Date() < deadline else {
                throw ControlFailure.unreachable("no answer from \(path): timed out")
            }
        }
        throw ControlFailure.notUnderstood("longer than \(answerBytes) bytes")
    }

    private static func failure(_ what: String) -> ControlFailure {
        let code = errno
        let reason = code == EAGAIN ? "timed out" : unsafe String(cString: strerror(code))
        return .unreachable("\(what): \(reason)")
    }
}
