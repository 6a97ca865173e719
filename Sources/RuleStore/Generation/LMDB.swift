// LMDB as the store uses it: a file written once in one transaction, then only read.
// Locks and reader slots are never used: a published file is immutable.

internal import Bytes
internal import CLMDB
internal import Glibc

enum LMDB {
    /// LMDB's and the C library's text for an error code.
    static func reason(_ code: Int32) -> String { unsafe String(cString: mdb_strerror(code)) }

    static func check(_ call: String, _ code: Int32) throws(StoreError) {
        guard code == 0 else { throw .lmdb(call: call, code: code) }
    }

    static func openEnvironment(
        _ path: String, flags: Int32, mapBytes: Int?
    ) throws(StoreError) -> OpaquePointer {
        var created: OpaquePointer?
        try unsafe check("mdb_env_create", mdb_env_create(&created))
        let environment = unsafe created!
        do throws(StoreError) {
            if let mapBytes {
                try unsafe check("mdb_env_set_mapsize", mdb_env_set_mapsize(environment, mapBytes))
            }
            let all = UInt32(flags | MDB_NOSUBDIR | MDB_NOLOCK)
            try unsafe check("mdb_env_open", mdb_env_open(environment, path, all, 0o600))
        } catch {
            unsafe mdb_env_close(environment)
            throw error
        }
        return unsafe environment
    }

    /// Begins a transaction and opens the only database.
    static func begin(
        _ environment: OpaquePointer, flags: UInt32
    ) throws(StoreError) -> (transaction: OpaquePointer, database: MDB_dbi) {
        var begun: OpaquePointer?
        try unsafe check("mdb_txn_begin", mdb_txn_begin(environment, nil, flags, &begun))
        let transaction = unsafe begun!
        var database: MDB_dbi = 0
        let code = unsafe mdb_dbi_open(transaction, nil, 0, &database)
        guard code == 0 else {
            unsafe mdb_txn_abort(transaction)
            throw .lmdb(call: "mdb_dbi_open", code: code)
        }
        return unsafe (transaction, database)
    }

    /// Runs `body` with the key as LMDB takes it.
    static func withKey<R>(_ key: String, _ body: (inout MDB_val) -> R) -> R {
        var text = key
        return text.withUTF8 { bytes in
            // SAFETY: LMDB only reads keys; the pointer is used within this call.
            var value = unsafe MDB_val(
                mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress!))
            return unsafe body(&value)
        }
    }

    /// Bytes of the pages that a file of this environment has.
    static func pageBytes(_ environment: OpaquePointer) throws(StoreError) -> (page: Int, all: Int) {
        var information = unsafe MDB_envinfo()
        var status = MDB_stat()
        try unsafe check("mdb_env_info", mdb_env_info(environment, &information))
        try unsafe check("mdb_env_stat", mdb_env_stat(environment, &status))
        let page = Int(status.ms_psize)
        let (all, overflow) = unsafe information.me_last_pgno.addingReportingOverflow(1)
        let (bytes, overflow2) = Int(clamping: all).multipliedReportingOverflow(by: page)
        return (page, overflow || overflow2 ? Int.max : bytes)
    }
}

/// An immutable LMDB file, mapped; one read transaction for as long as the value lives.
@safe struct LMDBReader: ~Copyable {
    /// Invariants: open, used by one thread at a time, closed by self alone.
    private let environment: OpaquePointer
    private let transaction: OpaquePointer
    private let database: MDB_dbi

    /// - Parameters:
    ///   - path: Only used during the call; the file may be unlinked before and after.
    ///   - fileBytes: Length of the file. Pages behind it are never touched.
    init(path: String, fileBytes: Int) throws(StoreError) {
        let environment = try unsafe LMDB.openEnvironment(
            path, flags: MDB_RDONLY | MDB_NOTLS, mapBytes: nil)
        let begun: (transaction: OpaquePointer, database: MDB_dbi)
        do throws(StoreError) {
            let pageBytes = try unsafe LMDB.pageBytes(environment).all
            guard pageBytes <= fileBytes else {
                throw StoreError.pagesBeyondEnd(pageBytes: pageBytes, fileBytes: fileBytes)
            }
            unsafe begun = try unsafe LMDB.begin(environment, flags: UInt32(MDB_RDONLY))
        } catch {
            unsafe mdb_env_close(environment)
            throw error
        }
        unsafe self.environment = environment
        unsafe (transaction, database) = unsafe begun
    }

    deinit {
        unsafe mdb_txn_abort(transaction)
        unsafe mdb_env_close(environment)
    }

    /// The value in place, valid while self lives; nil when there is no such key.
    func value(forKey key: String) throws(StoreError) -> ByteView? {
        var value = unsafe MDB_val()
        let code = unsafe LMDB.withKey(key) { name in
            unsafe mdb_get(transaction, database, &name, &value)
        }
        if code == MDB_NOTFOUND { return nil }
        try LMDB.check("mdb_get", code)
        // SAFETY: LMDB gave the value's place in the map, which self keeps.
        return unsafe ByteView(
            unowned: UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size))
    }
}

/// A new LMDB file, filled in one transaction.
@safe struct LMDBWriter: ~Copyable {
    /// Invariants: open, with a write transaction begun; both ended by self alone.
    private let environment: OpaquePointer
    private let transaction: OpaquePointer
    private let database: MDB_dbi

    /// - Parameter mapBytes: What the file may grow to; a multiple of the page size.
    init(path: String, mapBytes: Int) throws(StoreError) {
        // The file is synced once, whole, by whoever publishes it.
        let environment = try unsafe LMDB.openEnvironment(path, flags: MDB_NOSYNC, mapBytes: mapBytes)
        let begun: (transaction: OpaquePointer, database: MDB_dbi)
        do throws(StoreError) {
            unsafe begun = try unsafe LMDB.begin(environment, flags: 0)
        } catch {
            unsafe mdb_env_close(environment)
            throw error
        }
        unsafe self.environment = environment
        unsafe (transaction, database) = unsafe begun
    }

    deinit {
        unsafe mdb_txn_abort(transaction)
        unsafe mdb_env_close(environment)
    }

    /// Adds a value: `leading` zero bytes, `bytes`, and zero bytes up to `total`.
    func put(_ key: String, leading: Int, bytes: ByteView, total: Int) throws(StoreError) {
        precondition(leading >= 0 && total - leading >= bytes.count, "the value does not fit its room")
        var value = unsafe MDB_val(mv_size: total, mv_data: nil)
        let code = unsafe LMDB.withKey(key) { name in
            unsafe mdb_put(transaction, database, &name, &value, UInt32(MDB_RESERVE | MDB_NOOVERWRITE))
        }
        try LMDB.check("mdb_put", code)
        guard total > 0 else { return }
        // SAFETY: LMDB reserved `total` bytes at this place until the next put.
        let room = unsafe UnsafeMutableRawBufferPointer(start: value.mv_data, count: total)
        unsafe room.initializeMemory(as: UInt8.self, repeating: 0)
        unsafe bytes.withUnsafeBytes { source in
            guard unsafe !source.isEmpty else { return }
            unsafe (room.baseAddress! + leading).copyMemory(
                from: source.baseAddress!, byteCount: source.count)
        }
    }

    /// Writes all pages and ends self.
    ///
    /// - Returns: Bytes of a page, and of all pages; the file itself may be shorter when its last
    ///   pages were not needed after all.
    consuming func commit() throws(StoreError) -> (page: Int, all: Int) {
        let environment = unsafe self.environment
        let transaction = unsafe self.transaction
        discard self
        defer { unsafe mdb_env_close(environment) }
        try unsafe LMDB.check("mdb_txn_commit", mdb_txn_commit(transaction))
        return try unsafe LMDB.pageBytes(environment)
    }
}
