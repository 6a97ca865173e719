// Is a value, put into a statement as applications do, still a value?

package import Bytes

/// Looks for SQL injection in a value of a request.
package enum SQLInjectionDetector {
    /// Judges `input` in each context that its bytes make possible; the first reading that is an attack wins.
    ///
    /// Linear in the input, five passes at most. Allocates nothing but the vocabulary, once, on first use.
    package static func detect(_ input: ByteView) -> SQLInjectionFinding? {
        guard !input.isEmpty, !SQLPlainText.holds(input, SQLWordTable.shared) else { return nil }
        if let finding = judge(input, .asIs) { return finding }
        if input.contains(0x27), let finding = judge(input, .singleQuote) {
            return finding
        }
        guard input.contains(0x22) else { return nil }
        return judge(input, SQLContext(quoting: .doubleQuote, dialect: .mySQL)).finding
    }

    /// Whether an attack must have a byte like this one: without any, the input is one word, or a number and
    /// a word, whatever it is put into.
    package static func isNeeded(_ byte: UInt8) -> Bool {
        !(ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x5F)
    }

    /// Builds what the first call would build.
    package static func prepare() {
        _ = SQLWordTable.shared
        _ = SQLShapeTable.shared
    }

    private static func judge(
        _ input: ByteView, _ quoting: SQLQuoting
    ) -> SQLInjectionFinding? {
        let ansi = judge(input, SQLContext(quoting: quoting, dialect: .ansi))
        if let finding = ansi.finding { return finding }
        guard ansi.readsDifferInDialects else { return nil }
        return judge(input, SQLContext(quoting: quoting, dialect: .mySQL)).finding
    }

    private static func judge(
        _ input: ByteView, _ context: SQLContext
    ) -> (finding: SQLInjectionFinding?, readsDifferInDialects: Bool) {
        let tokenizer = SQLTokenizer(input, context: context, words: .shared)
        let statement = SQLFolder.fold(tokenizer)
        let isAttack = SQLVerdict(statement: statement, input: input).isAttack
        let finding =
            isAttack ? SQLInjectionFinding(fingerprint: statement.fingerprint, context: context) : nil
        return (finding, statement.readsDifferInDialects)
    }
}
