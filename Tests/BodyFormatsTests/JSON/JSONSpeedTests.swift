internal import BodyFormats
internal import Bytes
internal import Glibc
internal import Testing

/// Measures instead of judging: run in release with WAFD_BENCHMARKS=1.
@Suite(
    "Speed of the JSON parser", .serialized,
    .enabled(if: unsafe getenv("WAFD_BENCHMARKS") != nil, "set WAFD_BENCHMARKS=1 to measure"))
struct JSONSpeedTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var document: String
        var testDescription: String { name }
    }

    static let record = """
        {"id": 12345, "name": "Example Person", "email": "person@example.com", "active": true, \
        "address": {"street": "1 Long Street Name", "city": "Town", "zip": "12345-678"}, \
        "tags": ["alpha", "beta", "gamma"], "balance": 1234.56, \
        "comment": "\(String(repeating: "some words ", count: 12))"}
        """

    static let rows: [Row] = [
        Row(
            name: "records", document: "[" + Array(repeating: record, count: 200).joined(separator: ",") + "]"
        ),
        Row(name: "one record", document: record),
        Row(name: "small numbers", document: "[" + (0..<20_000).map { "\($0)" }.joined(separator: ",") + "]"),
        Row(
            name: "long text",
            document: "{\"text\":\"" + String(repeating: "words and words ", count: 6_000) + "\"}"),
        Row(
            name: "Chinese text",
            document: "{\"text\":\"" + String(repeating: "信息安全", count: 6_000) + "\"}"),
        Row(
            name: "escapes",
            document: "{\"text\":\"" + String(repeating: "line\\nline\\u00e9", count: 6_000) + "\"}"),
    ]

    @Test(arguments: rows) func measure(_ row: Row) throws {
        let bytes = Array(row.document.utf8)
        let arena = Arena()
        let rounds = max(1, 20_000_000 / bytes.count)
        var best = Double.infinity
        var values = 0
        for _ in 0..<5 {
            values = 0
            let before = Self.threadNanoseconds()
            for _ in 0..<rounds {
                arena.reset()
                values += try withView(bytes) { view throws(JSONError) in
                    var parser = JSONParser(view, limits: JSONLimits(), arena: arena)
                    while try parser.next() != nil {}
                    return parser.valueCount
                }
            }
            best = min(best, Self.threadNanoseconds() - before)
        }
        let speed = Double(bytes.count * rounds) / best * 1_000
        print("\(row.name): \(Int(speed)) MB/s, \(best / Double(values)) ns a value")
    }

    static func threadNanoseconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
