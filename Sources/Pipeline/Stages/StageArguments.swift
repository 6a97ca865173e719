// The arguments of a stage as the configuration has them.

public struct StageArguments: Equatable, Sendable {
    /// Name, empty for a bare word, and value, in the order of the configuration.
    public var pairs: [(name: String, value: String)]

    public init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }

    public static func == (left: StageArguments, right: StageArguments) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }

    /// The last value of that name; nil when it is not given.
    public subscript(_ name: String) -> String? { pairs.last { $0.name == name }?.value }

    /// All values of that name.
    public func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// A number within a range.
    ///
    /// - Throws: When it is given and is none.
    public func number(_ name: String, in range: ClosedRange<Int>) throws(StageError) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw StageError(
                "\(name)=\(text): expected a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A time such as `500ms`, `30s`, `10m`, `2h` or `1d`, in milliseconds; a bare number is seconds.
    public func milliseconds(_ name: String) throws(StageError) -> Int? {
        guard let text = self[name] else { return nil }
        let units: [(String, Int)] = [
            ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("", 1_000),
        ]
        for (unit, factor) in units where text.hasSuffix(unit) {
            guard let number = Int(text.dropLast(unit.count)) else { continue }
            let (product, overflow) = number.multipliedReportingOverflow(by: factor)
            guard !overflow, product >= 0, product <= Int(Int32.max) else { break }
            return product
        }
        throw StageError("\(name)=\(text): expected a time such as 500ms, 30s or 10m, below 25 days")
    }
}

/// Why a stage can not be made; the text is for the operator, who is told stage, file and line besides.
public struct StageError: Error, Equatable, Sendable {
    public var text: String
    public init(_ text: String) { self.text = text }
}
