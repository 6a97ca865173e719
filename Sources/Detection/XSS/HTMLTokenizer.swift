// Cuts markup into tokens as browsers do (WHATWG HTML section 13.2.5), with the liberties that old ones
// took: backquotes as quotes, `<%` as the beginning of a comment, NUL bytes skipped.
//
//     data -> tagOpen -> tagName -> beforeAttributeName -> attributeName -> beforeValue -> value
//                    \-> markupDeclaration, comments, doctype                              (and back)

internal import Bytes

/// A state machine over a value; each byte is passed a bounded number of times.
struct HTMLTokenizer {
    enum State: Sendable {
        case data
        case tagEnd
        case selfClosing
        case beforeAttributeName
        case afterAttributeName
        case beforeValue
        case quotedValue(UInt8)
        case afterQuotedValue
        case tagOpen
        case finished
    }

    let input: ByteView
    var position = 0
    var state: State
    /// The tag that is being read began with `</`.
    var isClosingTag = false

    init(_ input: ByteView, context: HTMLContext) {
        self.input = input
        state =
            switch context {
            case .text: .data
            case .unquotedValue: .beforeAttributeName
            case .singleQuotedValue: .quotedValue(0x27)
            case .doubleQuotedValue: .quotedValue(0x22)
            case .backquotedValue: .quotedValue(0x60)
            }
    }

    /// The next token, nil at the end.
    mutating func next() -> HTMLToken? {
        while true {
            let token: HTMLToken? =
                switch state {
                case .data: readText()
                case .tagOpen: readTagOpen()
                case .tagEnd: readTagEnd()
                case .selfClosing: readSelfClosing()
                case .beforeAttributeName: readBeforeAttributeName()
                case .afterAttributeName: readAfterAttributeName()
                case .beforeValue: readBeforeValue()
                case .quotedValue(let quote): readQuotedValue(quote)
                case .afterQuotedValue: readAfterQuotedValue()
                case .finished: nil
                }
            if let token { return token }
            if case .finished = state { return nil }
        }
    }

    // MARK: Steps that the states share. A state that gives no token has moved on or finished.

    var byte: UInt8? { position < input.count ? input[position] : nil }

    mutating func finish() -> HTMLToken? {
        state = .finished
        return nil
    }

    mutating func go(_ next: State, skipping count: Int = 0) -> HTMLToken? {
        position += count
        state = next
        return nil
    }

    /// Gives the bytes up to `end` and goes on at `position`.
    mutating func give(
        _ type: HTMLTokenType, _ start: Int, _ end: Int, resumingAt resume: Int, _ next: State
    ) -> HTMLToken {
        position = resume
        state = next
        return HTMLToken(type, start, end)
    }

    mutating func skipWhite() {
        while let byte, Self.isWhite(byte) || byte == 0 { position += 1 }
    }

    static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

    // MARK: Text

    private mutating func readText() -> HTMLToken? {
        let start = position
        guard let bracket = input.firstIndex(of: ASCII.byte("<"), from: min(start, input.count)) else {
            state = .finished
            return start < input.count ? HTMLToken(.text, start, input.count) : nil
        }
        position = bracket + 1
        state = .tagOpen
        return bracket > start ? HTMLToken(.text, start, bracket) : nil
    }
}
