// Reductions of three neighbours, and of a full window.

extension SQLFolder {
    /// Reduces the three tokens at the cursor. False where nothing applies.
    mutating func reduceTriple() -> Bool {
        if absorbsIntoFirst() {
            remove(2, at: 1)
            restart()
            return true
        }
        return dropSign() || dropQualification() || disownCall()
    }

    /// Whether a value and what is done to it are just a value again.
    private func absorbsIntoFirst() -> Bool {
        switch (type(0), type(1), type(2)) {
        case (.number, .operation, .number),
            (.bareword, .operation, .number), (.bareword, .operation, .bareword),
            (.number, .operation, .bareword),
            (.variable, .operation, .variable), (.variable, .operation, .number),
            (.variable, .operation, .bareword):
            true
        case (.operation, .leftParenthesis, .operation): false
        case (.operation, _, .operation), (.logic, _, .logic): true
        case (let value, .operation, .sqlType) where value.isPlainValue:
            window[cursor + 1].traits.contains(.cast)
        case (let value, .comma, let item) where value.isPlainValue && item.isPlainValue: true
        case (.bareword, .dot, .bareword): true
        default: false
        }
    }

    /// A sign before an operand says nothing where an operand is due anyway.
    private mutating func dropSign() -> Bool {
        guard window[cursor + 1].isUnary else { return false }
        switch (type(0), type(2)) {
        case (.expression, .leftParenthesis), (.group, .leftParenthesis), (.comma, .leftParenthesis),
            (.comma, .function):
            remove(1, at: 1)
            restart()
        case (.keyword, let operand), (.expression, let operand), (.group, let operand):
            guard operand.isPlainValue || operand == .function else { return false }
            remove(1, at: 1)
            restart()
        case (.comma, let operand) where operand.isPlainValue:
            // One more item of a list: `1, -1` is `1`.
            remove(3, at: 0)
            restart()
        default: return false
        }
        return true
    }

    /// `SELECT . name` is `SELECT name` in MySQL.
    private mutating func dropQualification() -> Bool {
        guard type(0) == .expression, type(1) == .dot, type(2) == .bareword else { return false }
        remove(1, at: 1)
        restart()
        return true
    }

    /// `user(login)` is text: these functions take no arguments.
    private mutating func disownCall() -> Bool {
        guard type(0) == .function, type(1) == .leftParenthesis, type(2) != .rightParenthesis,
            window[cursor].traits.contains(.callable)
        else { return false }
        window[cursor].type = .bareword
        // The cursor goes on past it, or the name would become a function again.
        cursor += 1
        return true
    }

    /// A parenthesised value right behind a value is arithmetic that the window is too short to reduce in
    /// steps. What stands before it is kept, and reading goes on.
    mutating func reduceFullWindow() {
        guard isNestedArithmetic else { return }
        if filled > SQLDetectionLimits.fingerprintTokens {
            window[1] = window[SQLDetectionLimits.fingerprintTokens]
            filled = 2
        } else {
            filled = 1
        }
        restart()
    }

    private var isNestedArithmetic: Bool {
        switch (window[0].type, window[1].type, window[2].type, window[3].type, window[4].type) {
        case (.number, .operation, .leftParenthesis, .number, .rightParenthesis),
            (.number, .comma, .leftParenthesis, .number, .rightParenthesis),
            (.bareword, .operation, .leftParenthesis, .bareword, .rightParenthesis),
            (.bareword, .operation, .leftParenthesis, .number, .rightParenthesis),
            (.number, .rightParenthesis, .comma, .leftParenthesis, .number),
            (.bareword, .rightParenthesis, .operation, .leftParenthesis, .bareword):
            true
        default: false
        }
    }
}
