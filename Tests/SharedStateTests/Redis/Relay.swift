// A TCP relay that can be cut: connections through it break, and further ones are refused.

import Bytes
import Foundation
import Posix

/// Works while ``turn()`` is called. One thread.
final class Relay {
    private final class Pair {
        let sides: [SharedSocket]
        init(_ sides: [SharedSocket]) { self.sides = sides }
    }

    private final class SharedSocket {
        let descriptor: Descriptor
        init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
    }

    let port: UInt16
    private let target: SocketAddress
    private var listener: SharedSocket?
    private var pairs: [Pair] = []

    init(to port: UInt16) throws {
        target = SocketAddress(host: "127.0.0.1", port: port)!
        self.port = try RedisServer.freePort()
        try mend()
    }

    func cut() {
        listener = nil
        pairs = []
    }

    func mend() throws {
        let address = SocketAddress(host: "127.0.0.1", port: port)!
        listener = SharedSocket(try ListenSocket.open(address, sharesPort: false))
    }

    /// Moves what is there, without waiting.
    func turn() throws {
        if let number = listener?.descriptor.number, let accepted = try StreamSocket.accept(number) {
            let client = SharedSocket(accepted.takeSocket())
            switch try StreamSocket.connect(to: target) {
            case .connected(let socket): pairs.append(Pair([client, SharedSocket(socket)]))
            case .pending(let socket): pairs.append(Pair([client, SharedSocket(socket)]))
            }
        }
        pairs.removeAll { pair in
            !move(from: pair.sides[0], to: pair.sides[1]) || !move(from: pair.sides[1], to: pair.sides[0])
        }
    }

    /// - Returns: false when either side is gone.
    private func move(from source: SharedSocket, to target: SharedSocket) -> Bool {
        var buffer = ByteBuffer()
        var result = TransferResult.wouldBlock
        unsafe buffer.appendUninitialized(upTo: 64 << 10) { room in
            result = unsafe SocketIO.receive(source.descriptor.number, into: room)
            if case .moved(let count) = result { return count }
            return 0
        }
        switch result {
        case .wouldBlock: return true
        case .endOfStream: return false
        // Not connected yet, or broken: the other direction tells.
        case .failed(let code): return code == ENOTCONN
        case .moved: break
        }
        while !buffer.isEmpty {
            switch SocketIO.send(target.descriptor.number, buffer.view) {
            case .moved(let count): buffer.consume(count)
            case .wouldBlock: usleep(100)
            case .endOfStream: return false
            case .failed(let code):
                guard code == ENOTCONN else { return false }
                usleep(100)
            }
        }
        return true
    }
}
