// CPU time of the rule engine alone, with CRS, on the mixes of requests.
//
//     wafd-benchmarks [--level 1..4] [--seconds S] [--no-gates] [--compare] [MIX...]
//
//     wafd-benchmarks --linearity [--rule ID]
//
// `--compare` runs every request with and without gates and compares what was logged. `--linearity` runs
// each rule alone on hostile texts of 4 and of 64 KiB and fails when one takes more than 20 times the time or
// steps.

import Foundation

let options = BenchOptions(Array(CommandLine.arguments.dropFirst()))
if options.looksForGrowth {
    exit(try LinearityRunner(kit: options.kit, only: options.rule).run() ? 0 : 1)
}
try MixRunner(options).run()
