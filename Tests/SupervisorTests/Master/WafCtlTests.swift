// `waf-ctl` against a running master: what it prints is for people, its exit status for scripts.

import Foundation
import Posix
import Supervisor
import Testing

@Suite("Exit status of waf-ctl", .enabled(if: RunningMaster.executable != nil)) struct WafCtlTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var arguments: [String]
        var status: Int32
        var isReachable = true
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let rows: [Row] = [
        Row(arguments: ["status"], status: 0), Row(arguments: ["status", "--json"], status: 0),
        Row(arguments: ["stats"], status: 0), Row(arguments: ["stats", "--json"], status: 0),
        Row(arguments: ["reload"], status: 0), Row(arguments: ["reload", "rules"], status: 0),
        Row(arguments: ["reload", "config", "--json"], status: 0), Row(arguments: ["test"], status: 0),
        Row(arguments: ["version"], status: 0),
        Row(arguments: ["status", "--timeout", "0"], status: 2),
        Row(arguments: ["reload", "all"], status: 2),
        Row(arguments: ["frobnicate"], status: 2), Row(arguments: ["status", "--frobnicate"], status: 2),
        Row(arguments: ["status"], status: 3, isReachable: false),
    ]

    static func run(_ arguments: [String]) throws -> ChildProcess.Ending? {
        let program = try #require(RunningMaster.executable).dropLast("wafd".count) + "waf-ctl"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: String(program))
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return .exited(status: process.terminationStatus)
    }

    @Test func exitStatus() throws {
        let master = try RunningMaster(listeners: [try ListenerSetTests.freeAddress()])
        try master.start()
        for row in Self.rows {
            let socket = row.isReachable ? master.controlPath : "\(master.folder)/nobody.sock"
            #expect(
                try Self.run(row.arguments + ["--socket", socket]) == .exited(status: row.status), "\(row)")
        }
        try master.configure(listeners: [], extra: "no_such_directive on;")
        for arguments in [["reload"], ["reload", "--json"], ["test"], ["test", "--json"]] {
            #expect(try Self.run(arguments + ["--socket", master.controlPath]) == .exited(status: 1))
        }
    }
}
