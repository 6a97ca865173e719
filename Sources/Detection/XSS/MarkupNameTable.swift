// Sets of names that are compared as browsers and filters see them: any case, NUL bytes skipped.

internal import Bytes

/// An immutable set of upper-case names, searched by their first byte.
struct MarkupNameTable: Sendable {
    private var names: [UInt8] = []
    private var bounds: [Range<Int>] = []
    /// For each byte the first name that begins with it; one more for the end.
    private var firstOfByte = [Int](repeating: 0, count: 257)

    /// - Parameter text: Upper-case names, divided by white space.
    init(_ text: String) {
        let words = text.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { [UInt8]($0) }
        let sorted = words.sorted { $0.lexicographicallyPrecedes($1) }
        for word in sorted {
            bounds.append(names.count..<(names.count + word.count))
            names += word
        }
        for byte in 0...256 {
            firstOfByte[byte] = sorted.firstIndex { Int($0[0]) >= byte } ?? sorted.count
        }
    }

    /// Whether one of the names is all of `text`.
    func contains(_ text: ByteView) -> Bool { find(text, wholeName: true) }

    /// Whether `text` begins with one of the names.
    func containsPrefix(of text: ByteView) -> Bool { find(text, wholeName: false) }

    private func find(_ text: ByteView, wholeName: Bool) -> Bool {
        guard let first = text.indices.first(where: { text[$0] != 0 }) else { return false }
        let byte = Int(ASCII.uppercased(text[first]))
        for name in firstOfByte[byte]..<firstOfByte[byte + 1] {
            guard let rest = Self.match(names, bounds[name], text, from: first) else { continue }
            if !wholeName || !(rest..<text.count).contains(where: { text[$0] != 0 }) { return true }
        }
        return false
    }

    /// Where the name ends in `text`, nil where it does not stand there.
    private static func match(
        _ names: [UInt8], _ bounds: Range<Int>, _ text: ByteView, from start: Int
    ) -> Int? {
        var index = start
        for position in bounds {
            while index < text.count, text[index] == 0 { index += 1 }
            guard index < text.count, ASCII.uppercased(text[index]) == names[position] else { return nil }
            index += 1
        }
        return index
    }
}
