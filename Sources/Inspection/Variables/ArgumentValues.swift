// ARGS and its relatives.

internal import Bytes

/// The arguments of query and body. Those of the query stand first.
struct ArgumentValues {
    private(set) var values = NamedValues()
    /// The first arguments that came with the body.
    private(set) var bodyStart = 0
    /// Bytes of all names and values: ARGS_COMBINED_SIZE.
    private(set) var combinedBytes = 0

    var count: Int { values.count }
    var all: Range<Int> { 0..<values.count }
    var fromQuery: Range<Int> { 0..<bodyStart }
    var fromBody: Range<Int> { bodyStart..<values.count }

    subscript(index: Int) -> NamedValue { values.members[index] }

    mutating func append(name: ByteView, value: ByteView) {
        values.append(name: name, value: value)
        combinedBytes += name.count + value.count
    }

    /// What is appended from here on came with the body.
    mutating func beginBody() { bodyStart = values.count }

    mutating func removeAll() {
        values.removeAll()
        bodyStart = 0
        combinedBytes = 0
    }
}
