// CPU time of the rule engine alone, with CRS, on the mixes of requests.
//
//     wafd-benchmarks [--level 1..4] [--seconds S] [--no-gates] [--compare] [MIX...]
//
// `--compare` runs every request with and without gates and compares what was logged.

import Foundation

try MixRunner(BenchOptions(Array(CommandLine.arguments.dropFirst()))).run()
