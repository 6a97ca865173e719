import Bytes
import Testing

@testable import Gateway

@Suite("Names for transactions") struct TransactionIdentifiersTests {
    @Test func areHexadecimalAndNeverRepeat() {
        var identifiers = TransactionIdentifiers()
        var seen: Set<String> = []
        for _ in 0..<10_000 {
            var buffer = ByteBuffer()
            identifiers.appendNext(to: &buffer)
            let text = buffer.view.string
            #expect(text.utf8.count == 32)
            #expect(text.allSatisfy { $0.isHexDigit && !$0.isUppercase })
            seen.insert(text)
        }
        #expect(seen.count == 10_000)
    }
}
