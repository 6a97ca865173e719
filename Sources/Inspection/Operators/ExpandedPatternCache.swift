// @rx whose argument has macros

internal import Automata
internal import Bytes

/// Patterns made of expanded macros, the last few kept.
///
/// As in ModSecurity 2 the whole text is quoted after the macros were replaced, so that values that a
/// peer sends can not become patterns; only `^ $ * | { }` keep their meaning, which lets
/// `^%{tx.a}$` and lists with `|` do what their authors want.
struct ExpandedPatternCache {
    private struct Entry {
        var text: [UInt8]
        /// nil: the text is no pattern.
        var pattern: BacktrackingPattern?
    }

    private var entries: [Entry] = []
    private var next = 0
    static let limit = 16
    /// Longest expanded text that is compiled.
    static let textBytes = 8_192

    /// The pattern of an expanded text; nil when the text makes none.
    mutating func pattern(_ text: ByteView, quotingInto buffer: inout ByteBuffer) -> BacktrackingPattern? {
        if let known = entries.first(where: { Self.isEqual($0.text, text) }) { return known.pattern }
        buffer.removeAll(keepingCapacity: true)
        Self.quote(text, into: &buffer)
        var pattern: BacktrackingPattern?
        do throws(BacktrackingError) {
            pattern = try BacktrackingPattern(buffer.view, isLasting: false)
        } catch {
            pattern = nil
        }
        let entry = Entry(text: text.array, pattern: pattern)
        if entries.count < Self.limit {
            entries.append(entry)
        } else {
            entries[next] = entry
            next = (next + 1) % Self.limit
        }
        return pattern
    }

    private static func isEqual(_ known: [UInt8], _ text: ByteView) -> Bool {
        guard known.count == text.count else { return false }
        for index in known.indices where known[index] != text[index] { return false }
        return true
    }

    private static func quote(_ text: ByteView, into buffer: inout ByteBuffer) {
        for index in text.indices {
            let byte = text[index]
            switch byte {
            case ASCII.byte("+"), ASCII.byte("."), ASCII.byte("["), ASCII.byte("]"), ASCII.byte("("),
                ASCII.byte(")"), ASCII.byte("?"), ASCII.byte("\\"):
                buffer.append(ASCII.byte("\\"))
                buffer.append(byte)
            case 0:
                buffer.append("\\x00")
            default:
                buffer.append(byte)
            }
        }
    }
}
