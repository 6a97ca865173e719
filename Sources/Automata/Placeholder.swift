// Placeholder.
package import Bytes
package enum ProgramError: Error, Equatable, Sendable { case damaged }
package struct PatternProgram: Sendable { package init(validating bytes: ByteView) throws(ProgramError) {} }
package struct PhraseProgram: Sendable {
    package init(validating bytes: ByteView) throws(ProgramError) {}
    package func firstMatch(in value: ByteView) -> Range<Int>? { nil }
}
package struct AddressProgram: Sendable {
    package init(validating bytes: ByteView) throws(ProgramError) {}
    package func contains(_ address: IPAddress) -> Bool { false }
}
package struct IPAddress: Sendable { package init?(_ text: ByteView) { nil } }
package final class PatternMatcher {
    package init(budgetBytes: Int = 1 << 20) {}
    package func matches(_ program: PatternProgram, _ subject: ByteView) -> Bool { false }
    package func captures(
        _ program: PatternProgram, _ subject: ByteView, into ranges: inout [Range<Int>?], startingAt: Int = 0
    ) -> Bool { false }
}
