// What the arguments of a directive may be.

/// How an argument is read. All but `text` are checked by the table alone.
package enum ArgumentSyntax: Equatable, Sendable {
    /// No arguments.
    case none
    /// One of some words.
    case choice([String])
    /// Bytes, with `k`, `m` or `g`.
    case size(ClosedRange<Int>)
    /// A time, `1h30m`; the range is in milliseconds.
    case time(ClosedRange<Int>)
    /// A number, or one word instead.
    case number(ClosedRange<Int>, or: String? = nil)
    /// Read by what the directive is for; the text shows the operator its shape.
    case text(String)

    /// For the printed table.
    package var shape: String {
        switch self {
        case .none: ""
        case .choice(let words): words.joined(separator: " | ")
        case .size: "SIZE"
        case .time: "TIME"
        case .number(_, let word): word.map { "N | \($0)" } ?? "N"
        case .text(let shape): shape
        }
    }
}
