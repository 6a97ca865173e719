// Runs the mixes and prints a line for each.

import Automata
import Foundation
import Inspection

struct MixRunner {
    private let options: BenchOptions
    private let bench: EngineBench

    init(_ options: BenchOptions) throws {
        self.options = options
        let folder = "\(options.kit)/crs/rules"
        let rules = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".conf") }.sorted()
        let extra = """
            SecRuleEngine On
            SecRequestBodyLimit 13107200
            SecRequestBodyNoFilesLimit 1048576
            SecAction "id:900000,phase:1,pass,t:none,nolog,setvar:tx.blocking_paranoia_level=\(options.level)"
            SecRule REQUEST_HEADERS:Content-Type "^application/json" \
            "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"

            """
        let files = ["/extra.conf", "\(options.kit)/crs/crs-setup.conf.example"] + rules.map { "\(folder)/\($0)" }
        let began = Self.cpuNanoseconds()
        bench = try EngineBench(files: files, extra: extra)
        let used = (Self.cpuNanoseconds() - began) / 1_000_000
        print("rule set: \(bench.blobBytes) bytes, compiled and opened in \(used) ms of CPU")
    }

    func run() {
        for mix in options.mixes {
            let requests = mix.requests(count: mix.isLong ? 4 : 64).map { EngineBench.Prepared($0) }
            if options.compares {
                compare(mix, requests)
            } else {
                measure(mix, requests)
            }
        }
    }

    private func compare(_ mix: RequestMix, _ requests: [EngineBench.Prepared]) {
        var differences = 0
        for request in requests {
            bench.scratch.usesGates = true
            bench.run(request, keepsLog: true)
            let gated = bench.log
            bench.scratch.usesGates = false
            bench.run(request, keepsLog: true)
            guard gated != bench.log else { continue }
            if differences == 0 { print("with gates:\n\(gated)\nwithout:\n\(bench.log)") }
            differences += 1
        }
        print("\(mix.rawValue): \(requests.count) requests, \(differences) differ")
    }

    private func measure(_ mix: RequestMix, _ requests: [EngineBench.Prepared]) {
        bench.scratch.usesGates = options.usesGates
        bench.scratch.usesMemo = options.usesMemo
        for request in requests { bench.run(request) }
        let before = bench.matcher.statistics
        var count = 0
        var used: UInt64 = 0
        var best = UInt64.max
        var round = 0
        while options.rounds.map({ round < $0 }) ?? (Double(used) < options.seconds * 1e9) {
            round += 1
            let start = Self.cpuNanoseconds()
            for request in requests { bench.run(request) }
            let time = Self.cpuNanoseconds() - start
            used += time
            best = min(best, time)
            count += requests.count
        }
        let after = bench.matcher.statistics
        let name = mix.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
        let figures = String(
            format: " %10.1f us mean %10.1f us best %10.0f matcher bytes %8.1f misses %6llu flushes",
            Double(used) / Double(count) / 1000, Double(best) / Double(requests.count) / 1000,
            Double(after.hits - before.hits) / Double(count), Double(after.misses - before.misses) / Double(count),
            after.flushes - before.flushes)
        print(name + figures)
    }

    static func cpuNanoseconds() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
