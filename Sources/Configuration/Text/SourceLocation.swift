// Where a word of the configuration stands.

/// A place in a configuration text.
package struct SourceLocation: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// As the file was named when it was opened; `-g` for the command line.
    package var file: String
    /// From 1.
    package var line: Int
    /// From 1, in characters (code points), a tab being one.
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }
}
