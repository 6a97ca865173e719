// What lets most values pass without being read: an attack has a byte that a plain word has not.

import Bytes
import Detection
import Testing

@Suite("Bytes that an attack needs") struct NeededBytesTests {
    static let words = [
        "union", "select", "or", "and", "not", "in", "like", "is", "null", "true", "sleep", "exists", "case", "then",
        "having", "x", "n", "b", "e", "u", "q", "nq", "sp_password", "user", "database", "1", "0", "12", "1e5", "0x1F",
        "0b01", "1f", "1d", "_utf8", "xor", "div", "mod", "begin", "waitfor", "dual", "drop", "table",
    ]

    /// One to three words without anything between them, in both cases.
    @Test func wordsAreNoStatements() {
        var tried = 0
        for first in Self.words {
            for second in Self.words + [""] {
                for third in Self.words + [""] {
                    let text = first + second + third
                    for value in [text, text.uppercased()] {
                        tried += 1
                        let isAttack = unsafe Array(value.utf8).withUnsafeBytes { bytes in
                            unsafe SQLInjectionDetector.detect(ByteView(unowned: bytes)) != nil
                        }
                        #expect(!isAttack, "\(value)")
                    }
                }
            }
        }
        #expect(tried == 2 * Self.words.count * (Self.words.count + 1) * (Self.words.count + 1))
    }

    @Test func neededBytes() {
        #expect("aZ09_".utf8.allSatisfy { !SQLInjectionDetector.isNeeded($0) })
        #expect(" '\"()-#/*`.;,@".utf8.allSatisfy(SQLInjectionDetector.isNeeded))
        #expect("<=".utf8.allSatisfy(CrossSiteScriptingDetector.isNeeded))
        #expect(!"javascript:alert(1)".utf8.contains(where: CrossSiteScriptingDetector.isNeeded))
    }
}
