// What the steps of the SQL detector give, as short texts.

internal import Bytes

@testable import Detection

enum Readings {
    static func statement(
        _ input: ByteView, _ quoting: SQLQuoting = .asIs, _ dialect: SQLDialect = .ansi
    ) -> FoldedStatement {
        SQLFolder.fold(
            SQLTokenizer(
                input, context: SQLContext(quoting: quoting, dialect: dialect), words: .shared))
    }

    /// Letters of all tokens.
    static func tokens(
        _ input: ByteView, _ quoting: SQLQuoting = .asIs, _ dialect: SQLDialect = .ansi
    ) -> String {
        var tokenizer = SQLTokenizer(
            input, context: SQLContext(quoting: quoting, dialect: dialect), words: .shared)
        var letters: [UInt8] = []
        while let token = tokenizer.next() { letters.append(token.type.letter) }
        return String(decoding: letters, as: UTF8.self)
    }

    /// Letters of the folded tokens; an evil one among others is shown as such.
    static func folded(
        _ input: ByteView, _ quoting: SQLQuoting = .asIs, _ dialect: SQLDialect = .ansi
    ) -> String {
        let statement = statement(input, quoting, dialect)
        return String(
            decoding: (0..<statement.count).map { statement.tokens[$0].type.letter }, as: UTF8.self)
    }

    /// The fingerprint of a finding, empty for none.
    static func fingerprint(_ input: ByteView) -> String {
        SQLInjectionDetector.detect(input)?.fingerprint.text ?? ""
    }
}
