// What the master makes of the stage acl: address sets, a GeoIP database, programs of patterns.

internal import Automata
internal import Bytes
internal import Pipeline

/// Sections, each behind its length: denied addresses, allowed addresses, database, then one a pattern.
struct AccessData {
    var sections: [[UInt8]]

    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        for section in sections {
            for shift in stride(from: 0, through: 24, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: section.count >> shift))
            }
            bytes += section
        }
        return bytes
    }

    init(sections: [[UInt8]]) { self.sections = sections }

    /// - Throws: For bytes that `encoded` did not give.
    init(_ bytes: [UInt8]) throws(StageError) {
        sections = []
        var offset = 0
        while offset < bytes.count {
            guard offset + 4 <= bytes.count else { throw StageError("damaged data") }
            let count = (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
            offset += 4
            guard count <= bytes.count - offset else { throw StageError("damaged data") }
            sections.append(Array(bytes[offset..<offset + count]))
            offset += count
        }
        guard sections.count >= 3 else { throw StageError("damaged data") }
    }
}

/// One `deny-path` or `deny-header`: a text that is looked for, or a pattern.
struct AccessPattern {
    /// nil: the path.
    var header: String?
    var text: String
    var isPattern: Bool

    static func all(_ arguments: StageArguments) throws(StageError) -> [AccessPattern] {
        var found: [AccessPattern] = []
        for path in arguments.all("deny-path") { found.append(Self(header: nil, path)) }
        for header in arguments.all("deny-header") {
            guard let colon = header.firstIndex(of: ":"), colon > header.startIndex else {
                throw StageError("deny-header=\(header): expected NAME:TEXT or NAME:~PATTERN")
            }
            found.append(
                Self(header: String(header[..<colon]), String(header[header.index(after: colon)...])))
        }
        return found
    }

    private init(header: String?, _ written: String) {
        self.header = header
        isPattern = written.hasPrefix("~")
        text = isPattern ? String(written.dropFirst()) : written
    }

    /// The program of a pattern; empty for a text.
    func compiled() throws(StageError) -> [UInt8] {
        guard isPattern else { return [] }
        do throws(PatternError) {
            return try PatternCompiler.compile(Array(text.utf8), options: PatternOptions(isCaseless: true))
        } catch {
            throw StageError("\(header.map { "deny-header=\($0):" } ?? "deny-path=")~\(text): \(error)")
        }
    }
}
