// The kit's map of characters.

import Foundation

/// Reads code page 20127 from unicode.mapping.
enum UnicodeMap {
    static func rows() throws -> [(unit: UInt16, byte: UInt8)] {
        let path = (ConformanceKit.folder ?? "") + "/crs/unicode.mapping"
        // The file is not all UTF-8.
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        guard let title = lines.firstIndex(where: { $0.hasPrefix("20127 ") }) else { return [] }
        return lines[title + 1].split(separator: " ").compactMap { pair in
            let sides = pair.split(separator: ":")
            guard sides.count == 2, let unit = UInt16(sides[0], radix: 16),
                let byte = UInt8(sides[1], radix: 16)
            else { return nil }
            return (unit, byte)
        }
    }
}
