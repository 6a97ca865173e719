// Comma-separated lists in field values: RFC 9110 section 5.6.1.

package import Bytes

/// The elements of a list, without blanks around them; empty ones are passed over.
///
/// A comma inside a quoted string separates nothing (section 5.6.4).
package struct ListElements: Sequence, IteratorProtocol {
    private let value: ByteView
    private var position = 0

    package init(_ value: ByteView) { self.value = value }

    package mutating func next() -> ByteView? {
        while position < value.count {
            let start = position
            let end = endOfElement(from: start)
            position = end + 1
            let element = value[start..<end].trimming(while: ASCII.isBlank)
            if !element.isEmpty { return element }
        }
        return nil
    }

    private func endOfElement(from start: Int) -> Int {
        var isQuoted = false
        var index = start
        while index < value.count {
            switch value[index] {
            case ASCII.byte("\""): isQuoted.toggle()
            case ASCII.byte("\\") where isQuoted: index += 1
            case ASCII.byte(",") where !isQuoted: return index
            default: break
            }
            index += 1
        }
        return value.count
    }
}
