// The command line.

import Foundation

struct BenchOptions {
    var level = 1
    var seconds = 0.5
    /// Exactly so many rounds instead, for tools that count instructions.
    var rounds: Int?
    var compares = false
    var usesGates = true
    var usesMemo = true
    /// Whether to see how the time of each rule grows instead.
    var looksForGrowth = false
    /// The one rule to look at then.
    var rule: UInt32?
    var mixes = RequestMix.allCases
    var kit = ProcessInfo.processInfo.environment["WAFD_CONFORMANCE_KIT"] ?? "../shared/conformance"

    init(_ arguments: [String]) {
        var named: [RequestMix] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--level": level = rest.popFirst().flatMap { Int($0) } ?? level
            case "--seconds": seconds = rest.popFirst().flatMap { Double($0) } ?? seconds
            case "--rounds": rounds = rest.popFirst().flatMap { Int($0) }
            case "--compare": compares = true
            case "--no-gates": usesGates = false
            case "--no-memo": usesMemo = false
            case "--linearity": looksForGrowth = true
            case "--rule": rule = rest.popFirst().flatMap { UInt32($0) }
            default:
                guard let mix = RequestMix(rawValue: word) else {
                    print(
                        "unknown word \(word); mixes: \(RequestMix.allCases.map(\.rawValue).joined(separator: " "))"
                    )
                    exit(2)
                }
                named.append(mix)
            }
        }
        if !named.isEmpty { mixes = named }
    }
}
