// Columns for people.

/// Rows of words, printed in columns; numbers stand to the right.
package struct TextTable {
    private var rows: [[String]]
    /// Whether the first row names the columns.
    private let hasHeader: Bool

    package init(header: [String]) {
        rows = [header]
        hasHeader = true
    }

    /// Rows alone.
    package init() {
        rows = []
        hasHeader = false
    }

    package mutating func add(_ row: [String]) { rows.append(row) }

    package var text: String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        let isNumeric = (0..<columns).map { column in
            rows.dropFirst(hasHeader ? 1 : 0).allSatisfy { row in
                !row.indices.contains(column) || row[column] == "-" || UInt64(row[column]) != nil
            }
        }
        return rows.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return isNumeric[column] ? padding + row[column] : row[column] + padding
            }
            .joined(separator: "  ").trimmingEnd()
        }
        .joined(separator: "\n")
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        var text = self[...]
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
