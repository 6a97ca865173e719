// @detectSQLi

internal import Bytes
internal import Detection

/// Whether the value would change a statement of SQL that it is put into.
enum SQLInjection {
    /// What kind of tokens gave it away, nil where nothing did: TX.0.
    static func fingerprint(of value: ByteView, in arena: Arena) -> ByteView? {
        guard let finding = SQLInjectionDetector.detect(value) else { return nil }
        return arena.copy(finding.fingerprint.text)
    }

    static func matches(_ value: ByteView) -> Bool { SQLInjectionDetector.detect(value) != nil }
}
