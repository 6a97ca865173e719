// What `allow=` and `deny=` of the stage acl list.

internal import Bytes
internal import Pipeline

/// Items of one list: addresses and networks, countries, and the bans.
struct AccessItems {
    var addresses: [String] = []
    /// Two capital letters (ISO 3166-1).
    var countries: Set<String> = []
    var namesBans = false

    var isEmpty: Bool { addresses.isEmpty && countries.isEmpty && !namesBans }

    /// Items of all the lists that one file may hold.
    static let mostItems = 1_000_000

    /// - Parameters:
    ///   - lists: `10.0.0.0/8,@banned,@/etc/wafd/addresses.txt,country:XX`
    ///   - read: Gives a file's content; in a worker nothing, as what it holds has been compiled.
    init(_ lists: [String], read: (String) throws(StageError) -> [UInt8]) throws(StageError) {
        for item in lists.flatMap({ $0.split(separator: ",") }).map(String.init) {
            if item == "@banned" {
                namesBans = true
            } else if item.hasPrefix("@") {
                addresses += try Self.items(ofFile: String(item.dropFirst()), read)
            } else if item.hasPrefix("country:") {
                let code = item.dropFirst("country:".count)
                guard code.utf8.count == 2, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
                    throw StageError("\(item): expected country: and two capital letters")
                }
                countries.insert(String(code))
            } else {
                addresses.append(item)
            }
        }
    }

    /// One item a line, `#` begins a comment; of a file `.json` an array of texts.
    private static func items(
        ofFile path: String, _ read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [String] {
        guard let text = String(validating: try read(path), as: UTF8.self) else {
            throw StageError("\(path): expected text in UTF-8")
        }
        let items: [String]
        if text.isEmpty {
            items = []
        } else if path.hasSuffix(".json") {
            let inner = text.trimmingASCIISpace
            guard inner.hasPrefix("["), inner.hasSuffix("]") else {
                throw StageError("\(path): expected an array of texts")
            }
            items = try inner.dropFirst().dropLast().split(separator: ",").map { (part) throws(StageError) in
                let word = String(part).trimmingASCIISpace
                guard word.count >= 2, word.hasPrefix("\""), word.hasSuffix("\""), !word.contains("\\") else {
                    throw StageError("\(path): expected an array of texts, found \(word.prefix(40))")
                }
                return String(word.dropFirst().dropLast())
            }
        } else {
            items = text.split(whereSeparator: \.isNewline).compactMap { line in
                let word = String(line.prefix { $0 != "#" }).trimmingASCIISpace
                return word.isEmpty ? nil : word
            }
        }
        guard items.count <= mostItems else { throw StageError("\(path): more than \(mostItems) items") }
        return items
    }
}

extension String {
    fileprivate var trimmingASCIISpace: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
