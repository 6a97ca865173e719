// A place in rule text, as editors and compilers name it.

package struct SourcePlace: Equatable, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// Physical line, from 1.
    package var line: Int
    /// Byte of that line, from 1.
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }
}
