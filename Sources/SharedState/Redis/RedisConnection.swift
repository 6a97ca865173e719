// One connection by way of libhiredis, whose calls and memory are not seen outside of this file.

internal import Bytes
internal import CHiredis
internal import Glibc

/// Who is told. Called while ``RedisConnection/proceed(reading:writing:)`` or `close()` runs, not otherwise.
protocol RedisConnectionOwner: AnyObject {
    func redisConnected()
    /// Answers come in the order of the commands.
    func redisAnswered(_ reply: RedisReply)
    /// The last call. Commands without an answer get none.
    func redisClosed(_ reason: String)
}

/// The descriptor is the caller's to watch; nothing here waits. Must be closed before it is released.
@safe final class RedisConnection {
    /// Invariant: valid until the `cleanup` hook has run, which sets it to nil. Its `ev.data` and `data` are
    /// this object, which therefore outlives it (`deinit` checks).
    private var context: UnsafeMutablePointer<redisAsyncContext>?
    private unowned let owner: any RedisConnectionOwner
    private(set) var wantsReading = false
    private(set) var wantsWriting = false
    private var reason = ""

    /// Begins to connect; nil when the system refuses that at once.
    init?(host: String, port: UInt16, owner: any RedisConnectionOwner) {
        self.owner = owner
        // SAFETY: both take a text that they copy; the context is checked below.
        let made: UnsafeMutablePointer<redisAsyncContext>?
        if host.hasPrefix("unix:") {
            unsafe made = redisAsyncConnectUnix(String(host.dropFirst(5)))
        } else {
            unsafe made = redisAsyncConnect(host, Int32(port))
        }
        guard let made = unsafe made else { return nil }
        guard unsafe made.pointee.err == 0 else {
            unsafe redisAsyncFree(made)
            return nil
        }
        unsafe context = made
        let this = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe made.pointee.data = this
        unsafe made.pointee.ev.data = this
        unsafe made.pointee.ev.addRead = { unsafe RedisConnection.of($0).wantsReading = true }
        unsafe made.pointee.ev.delRead = { unsafe RedisConnection.of($0).wantsReading = false }
        unsafe made.pointee.ev.addWrite = { unsafe RedisConnection.of($0).wantsWriting = true }
        unsafe made.pointee.ev.delWrite = { unsafe RedisConnection.of($0).wantsWriting = false }
        unsafe made.pointee.ev.cleanup = { unsafe RedisConnection.of($0).forget() }
        unsafe redisAsyncSetConnectCallback(made) { context, status in
            guard status == REDIS_OK, let data = unsafe context?.pointee.data else { return }
            unsafe RedisConnection.of(data).owner.redisConnected()
        }
    }

    deinit { unsafe precondition(context == nil, "a connection must be closed before it is released") }

    /// nil once it is closed.
    var descriptor: Int32? { unsafe context.map { unsafe $0.pointee.c.fd } }

    /// Does what the descriptor is ready for.
    func proceed(reading: Bool, writing: Bool) {
        if writing, wantsWriting, let context = unsafe context { unsafe redisAsyncHandleWrite(context) }
        if reading, wantsReading, let context = unsafe context { unsafe redisAsyncHandleRead(context) }
        if unsafe context == nil { owner.redisClosed(reason) }
    }

    /// Sends when the descriptor is ready.
    func send(_ command: RedisCommand) {
        guard let context = unsafe context else { return }
        var bytes = ByteBuffer()
        command.encode(into: &bytes)
        unsafe bytes.view.withUnsafeBytes { raw in
            let text = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            // SAFETY: the bytes are copied during the call; the answer lives while its callback runs.
            unsafe _ = redisAsyncFormattedCommand(
                context,
                { context, reply, _ in
                    guard let reply = unsafe reply, let data = unsafe context?.pointee.data else { return }
                    let answer = unsafe reply.assumingMemoryBound(to: redisReply.self)
                    unsafe RedisConnection.of(data).owner.redisAnswered(RedisConnection.value(answer, 0))
                }, nil, text, raw.count)
        }
    }

    /// Not to be called from within the owner's calls.
    func close() { if let context = unsafe context { unsafe redisAsyncFree(context) } }

    private func forget() {
        if let text = unsafe context?.pointee.errstr, unsafe context?.pointee.err != 0 {
            reason = unsafe String(cString: text)
        }
        unsafe context = nil
    }

    @unsafe private static func of(_ data: UnsafeMutableRawPointer?) -> RedisConnection {
        // SAFETY: the invariant of `context`: set in init, and the object outlives the context.
        unsafe Unmanaged<RedisConnection>.fromOpaque(data!).takeUnretainedValue()
    }

    @unsafe private static func value(_ reply: UnsafeMutablePointer<redisReply>, _ depth: Int) -> RedisReply {
        // SAFETY: hiredis fills `str` and `len`, `element` and `elements` together, by the type.
        switch unsafe reply.pointee.type {
        case REDIS_REPLY_INTEGER: return unsafe .integer(reply.pointee.integer)
        case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: return unsafe .bytes(text(reply))
        case REDIS_REPLY_ERROR: return unsafe .error(String(decoding: text(reply), as: UTF8.self))
        case REDIS_REPLY_ARRAY where depth < RedisLimits.replyDepth:
            return unsafe .array(
                (0..<reply.pointee.elements).map { unsafe value(reply.pointee.element[$0]!, depth + 1) })
        default: return .null
        }
    }

    @unsafe private static func text(_ reply: UnsafeMutablePointer<redisReply>) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: reply.pointee.str, count: reply.pointee.len))
    }
}
