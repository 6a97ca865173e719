// Where in a statement the application may have put the value that is judged.

/// What stands before the value in the statement.
package enum SQLQuoting: UInt8, Sendable {
    /// The value is put in as it is: a number, a name.
    case asIs
    /// The value stands between single quotes: it begins inside a string.
    case singleQuote
    /// The value stands between double quotes, which are string quotes in MySQL.
    case doubleQuote

    /// The quote whose text the value begins in.
    var quote: UInt8? {
        switch self {
        case .asIs: nil
        case .singleQuote: 0x27
        case .doubleQuote: 0x22
        }
    }
}

/// Where the dialects' comments differ.
package enum SQLDialect: UInt8, Sendable {
    /// `--` always begins a comment, `#` is an operator.
    case ansi
    /// `--` begins a comment only before white space, `#` always does.
    case mySQL
}

/// One reading of a value.
package struct SQLContext: Equatable, Sendable {
    package var quoting: SQLQuoting
    package var dialect: SQLDialect
}
