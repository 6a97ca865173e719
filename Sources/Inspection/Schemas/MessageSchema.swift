// A compiled JSON Schema, ready to judge messages.

internal import Automata
internal import Bytes
package import RuleStore

/// One schema of a generation, with bytes of its own.
package final class MessageSchema: Sendable {
    let view: SchemaView
    let patterns: [PatternProgram]
    private let bytes: ByteText

    /// - Parameter blob: What the master compiled.
    package init(_ blob: [UInt8]) throws(SchemaError) {
        // One allocation that does not move: the view and the programs point into it.
        bytes = ByteText(bytes: blob)
        view = try SchemaView(validating: bytes.view)
        var patterns: [PatternProgram] = []
        for index in 0..<view.patternCount {
            do throws(ProgramError) {
                patterns.append(try PatternProgram(validating: view.pattern(index)))
            } catch {
                throw .notASchema
            }
        }
        self.patterns = patterns
    }
}

/// Where a message is not what its schema says.
package struct SchemaFault: Equatable, Sendable {
    /// The keyword that does not hold.
    package var keyword: String
    /// Names and indices from the root down, as arguments have them: `json.user.name`.
    package var place: String
}

/// What judging one message may take.
package enum SchemaLimits {
    /// Comparisons of names and evaluations of subschemas: `anyOf` inside one another would otherwise
    /// take time that grows with the power of the message's depth.
    package static let steps = 2_000_000
    /// Subschemas inside one another at the same time.
    package static let depth = 1_024
    /// Bytes of a place in the log.
    package static let placeBytes = 256
}
