// The master's answers, as JSON.

import Foundation

enum Answer {
    /// - Parameter hasSnakeCase: Whether members `log_data` are properties `logData`.
    static func decode<A: Decodable>(_ type: A.Type, _ line: String, hasSnakeCase: Bool = false) throws -> A {
        let decoder = JSONDecoder()
        if hasSnakeCase { decoder.keyDecodingStrategy = .convertFromSnakeCase }
        do {
            return try decoder.decode(type, from: Data(line.utf8))
        } catch {
            throw ControlFailure.notUnderstood("\(error)")
        }
    }
}

/// The part that all answers have.
struct Outcome: Decodable {
    var ok: Bool
    var errors: [String]?
    var error_count: Int?

    /// The errors, and how many more there are than the answer lists.
    var lines: [String] {
        let errors = errors ?? []
        let rest = (error_count ?? errors.count) - errors.count
        return errors + (rest > 0 ? ["... and \(rest) more errors"] : [])
    }
}

struct StatusAnswer: Decodable {
    struct Worker: Decodable {
        var slot: Int
        var pid: Int?
        var state: String
        var generation: UInt64?
        var restarts: Int
        var pss_kb: Int?
    }
    var pid: Int
    var version: String
    var state: String
    var uptime_seconds: Int
    var generation: UInt64
    var configuration: String
    var listeners: [String]
    var workers: [Worker]
}

struct StatsAnswer: Decodable {
    struct Worker: Decodable {
        var slot: Int
        var pid: Int
        /// nil when the kernel does not tell, or the slot is empty.
        var pss_kb: UInt64?
        var counters: [String: UInt64]
    }
    struct Dictionary: Decodable {
        var name: String
        var bytes: Int
        var entries: Int
        /// Entries that have room.
        var slots: Int
    }
    var generation: UInt64
    var dictionaries: [Dictionary]
    var total: [String: UInt64]
    var workers: [Worker]
}

struct ReloadAnswer: Decodable {
    var generation: UInt64
    var warnings: [String]
}

struct TestAnswer: Decodable {
    var warnings: [String]
}

struct VersionAnswer: Decodable {
    var version: String
}

struct BanAnswer: Decodable {
    var key: String
    var dict: String
    var seconds: Int
}

struct UnbanAnswer: Decodable {
    var key: String
    var dict: String
}

struct BansAnswer: Decodable {
    struct Ban: Decodable {
        var key: String
        var seconds_left: Int
    }
    var dict: String
    var bans: [Ban]
    /// Where the next page begins; nil behind the last one.
    var next: String?
}

struct ConnectionsAnswer: Decodable {
    struct Connection: Decodable {
        var id: String
        var client: String
        var host: String
        var path: String
        var subprotocol: String
        var age_seconds: Int
        var messages_from_client: UInt64
        var messages_from_server: UInt64
        var bytes_from_client: UInt64
        var bytes_from_server: UInt64
        var compressed: Bool
    }
    var connections: [Connection]
    /// Where the next page begins; nil behind the last one.
    var next: String?
}
