// Files, locks, memory files, accounts.

import Bytes
import Foundation
import Glibc
import Posix
import Testing

/// A folder that is removed with all that is in it.
final class TemporaryFolder {
    let path = "/tmp/wafd-posix-\(getpid())-\(UInt32.random(in: 0 ... .max))"

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("Whole files") struct FileContentsTests {
    @Test("what was written is read", arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func roundTrip(byteCount: Int) throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try FileContents.replace("\(folder.path)/file", with: bytes, mode: 0o600)
        #expect(try FileContents.read("\(folder.path)/file", limitBytes: byteCount) == bytes)
        if byteCount > 0 {
            #expect(throws: SystemError(call: "read(\(folder.path)/file)", code: EFBIG)) {
                try FileContents.read("\(folder.path)/file", limitBytes: byteCount - 1)
            }
        }
    }

    @Test("only a socket is removed as one") func removesSocketsOnly() throws {
        let folder = try TemporaryFolder()
        try FileContents.replace("\(folder.path)/file", with: [1], mode: 0o600)
        FileContents.removeSocket("\(folder.path)/file")
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/file"))
        FileContents.removeSocket("\(folder.path)/absent")
    }

    @Test("a file that is not there") func missing() {
        #expect(throws: SystemError(call: "open(/nonexistent)", code: ENOENT)) {
            try FileContents.read("/nonexistent", limitBytes: 1)
        }
    }
}

@Suite("Locked files: flock(2)") struct FileLockTests {
    @Test("one owner at a time, and the next after it") func exclusive() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/pid"
        do {
            let lock = try FileLock(path: path)
            try lock.write("4711\n")
            #expect(throws: FileLock.Failure.held(owner: 4711)) { _ = try FileLock(path: path) }
            try lock.write("12\n")
            #expect(ProcessNumberFile.read(path) == 12)
            lock.remove()
        }
        #expect(!FileManager.default.fileExists(atPath: path))
        _ = try FileLock(path: path)
    }

    @Test("what is not a process number", arguments: ["", "x", "0", "-3", "99999999999"])
    func notANumber(text: String) throws {
        let folder = try TemporaryFolder()
        try FileContents.replace("\(folder.path)/pid", with: Array(text.utf8), mode: 0o600)
        #expect(ProcessNumberFile.read("\(folder.path)/pid") == nil)
    }

    @Test("a symbolic link is not followed") func link() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/pid", withDestinationPath: "/tmp/elsewhere")
        #expect(throws: FileLock.Failure.system(SystemError(call: "open(\(folder.path)/pid)", code: ELOOP))) {
            _ = try FileLock(path: "\(folder.path)/pid")
        }
    }
}

@Suite("Accounts") struct AccountTests {
    @Test func root() {
        #expect(Account.named(user: "root", group: nil) == Account(userID: 0, groupID: 0))
        #expect(Account.named(user: "root", group: "no such group") == nil)
        #expect(Account.named(user: "no such user", group: nil) == nil)
    }

    @Test("rights are gone for good", .enabled(if: Account.isPrivileged, "only root can drop rights"))
    func drop() async {
        await #expect(processExitsWith: .exitCode(7)) {
            try Privileges.drop(to: Account(userID: 65_534, groupID: 65_534))
            let isDropped = getuid() == 65_534 && getegid() == 65_534 && getgroups(0, nil) == 0
            exit(isDropped && setuid(0) != 0 && setgid(0) != 0 ? 7 : 1)
        }
    }
}

@Suite("Datagrams to a unix socket: sd_notify(3)") struct DatagramSocketTests {
    @Test("paths and abstract names", arguments: [false, true]) func arrives(isAbstract: Bool) throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/notify"
        let name = isAbstract ? "@\(path)" : path
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = isAbstract ? [0] + Array(path.utf8) : Array(path.utf8)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let receiver = Descriptor(owning: socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0))
        let length = socklen_t(2 + bytes.count + (isAbstract ? 0 : 1))
        let bound = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(receiver.number, $0, length)
            }
        }
        #expect(bound == 0)
        #expect(DatagramSocket.send(ByteView("READY=1"), toPath: name))
        var room = [UInt8](repeating: 0, count: 64)
        let count = unsafe recv(receiver.number, &room, 64, Int32(MSG_DONTWAIT))
        #expect(Array(room.prefix(max(0, count))) == Array("READY=1".utf8))
    }

    @Test(
        "nobody listens, and no address",
        arguments: ["/nonexistent/socket", "@", "", String(repeating: "x", count: 108)])
    func refused(path: String) { #expect(!DatagramSocket.send(ByteView("READY=1"), toPath: path)) }
}

@Suite("Names: getaddrinfo(3)") struct NameResolverTests {
    @Test("numbers stand for themselves", arguments: ["127.0.0.1", "::1"])
    func numeric(name: String) { #expect(NameResolver.addresses(of: name) == [name]) }

    @Test func unknown() { #expect(NameResolver.addresses(of: "no such host..invalid") == nil) }
}

@Suite("Listening sockets: socket(7)") struct ListenSocketTests {
    @Test("a port in use is refused by the probe, even where it is shared", arguments: ["127.0.0.1", "::1"])
    func probe(host: String) throws {
        guard let any = SocketAddress(host: host, port: 0) else {
            Issue.record("no address")
            return
        }
        let first = try ListenSocket.open(any, sharesPort: true)
        let port = try #require(StreamSocket.localAddress(first.number)?.port)
        let address = try #require(SocketAddress(host: host, port: port))
        let second = try ListenSocket.open(address, sharesPort: true)
        #expect(throws: SystemError(call: "bind", code: EADDRINUSE)) { try ListenSocket.probe(address) }
        _ = second.number
        _ = first.number
    }

    @Test("a unix path that nobody serves any more") func staleUnixSocket() throws {
        let folder = try TemporaryFolder()
        let address = try #require(SocketAddress(host: "unix:\(folder.path)/s", port: 0))
        #expect(!ListenSocket.isAlive(address))
        do {
            let listener = try ListenSocket.open(address, sharesPort: false)
            #expect(ListenSocket.isAlive(address))
            _ = listener.number
        }
        #expect(!ListenSocket.isAlive(address))
    }
}
