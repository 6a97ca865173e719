// The unit-test vectors of the reference library: files with the sections TEST, INPUT and EXPECTED.

/// One vector.
struct UnitVector {
    var name: String
    var input: [UInt8]
    var expected: [String]

    /// All vectors whose names begin with `prefix`.
    static func load(_ prefix: String) throws -> [UnitVector] {
        try ConformanceKit.names(in: "libinjection/tests").filter { $0.hasPrefix(prefix) }.map { name in
            let bytes = try ConformanceKit.bytes("libinjection/tests/\(name)")
            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            let input = lines.firstIndex { $0.elementsEqual("--INPUT--".utf8) } ?? 0
            let expected = lines.firstIndex { $0.elementsEqual("--EXPECTED--".utf8) } ?? lines.count
            return UnitVector(
                name: name, input: trimmed(Array(lines[(input + 1)..<expected].joined(separator: [0x0A]))),
                expected: lines[(expected + 1)...].map { String(decoding: trimmed(Array($0)), as: UTF8.self) }
                    .filter { !$0.isEmpty })
        }
    }

    /// White space at the end is not significant in these files.
    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        while let last = bytes.last, last == 0x20 || last &- 0x09 < 5 { bytes.removeLast() }
        return bytes
    }
}
