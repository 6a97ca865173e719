import Foundation
import Testing

@testable import Configuration

@Suite("The file system as a source")
struct SystemFileReaderTests {
    private static func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "wafd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    @Test func readsAndLists() throws {
        try Self.withFolder { folder in
            let reader = SystemFileReader()
            for name in ["b.conf", "a.conf", "c.txt"] {
                try Data("text of \(name)".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            #expect(reader.read("\(folder)/a.conf") == Array("text of a.conf".utf8))
            #expect(reader.read("\(folder)/none") == nil)
            #expect(reader.read(folder) == nil)
            #expect(reader.glob("\(folder)/*.conf").sorted() == ["\(folder)/a.conf", "\(folder)/b.conf"])
            #expect(reader.glob("\(folder)/c.txt") == ["\(folder)/c.txt"])
            #expect(reader.glob("\(folder)/none") == [])
            #expect(reader.glob("\(folder)/*.none") == [])
        }
    }

    @Test func readsNoMoreThanOneBytePastTheLimit() throws {
        try Self.withFolder { folder in
            let path = "\(folder)/long"
            try Data(repeating: 0x61, count: 200_000).write(to: URL(fileURLWithPath: path))
            #expect(SystemFileReader(limitBytes: 200_000).read(path)?.count == 200_000)
            #expect(SystemFileReader(limitBytes: 199_999).read(path)?.count == 200_000)
            #expect(SystemFileReader(limitBytes: 100).read(path)?.count == 101)
            #expect(SystemFileReader(limitBytes: 100).read("/dev/zero")?.count == 101)
        }
    }
}
