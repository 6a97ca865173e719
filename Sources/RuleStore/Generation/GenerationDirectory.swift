// The directory of the generations' files: `rules-1.mdb`, `rules-2.mdb`, ...

internal import Glibc
package import Posix

/// Which generations lie in a directory. One process, the holder of the pid file, writes there.
package struct GenerationDirectory: Sendable {
    package let path: String

    /// - Parameter path: Made with mode 0700 if absent.
    package init(path: String) throws(StoreError) {
        try StoreFile.makeDirectory(path)
        self.path = path
    }

    package func filePath(of generation: UInt64) -> String { "\(path)/rules-\(generation).mdb" }
    func temporaryPath(of generation: UInt64) -> String { filePath(of: generation) + ".tmp" }

    /// The generations that are there, in ascending order.
    package func generations() throws(StoreError) -> [UInt64] {
        try StoreFile.names(in: path).compactMap(Self.generation(ofName:)).sorted()
    }

    /// A number above all that are there; the first is 1.
    package func nextNumber() throws(StoreError) -> UInt64 {
        guard let last = try generations().last else { return 1 }
        guard last < UInt64.max else { throw .generationNumbersExhausted }
        return last + 1
    }

    package func open(_ generation: UInt64) throws(StoreError) -> Descriptor {
        try StoreFile.open(filePath(of: generation), O_RDONLY)
    }

    package func remove(_ generation: UInt64) throws(StoreError) {
        try StoreFile.remove(filePath(of: generation))
    }

    /// Removes every generation but those in `kept`, and what a killed writer left behind.
    ///
    /// - Parameter kept: The one last acknowledged by all workers, and one being prepared.
    package func removeAll(except kept: Set<UInt64>) throws(StoreError) {
        for name in try StoreFile.names(in: path) {
            if let generation = Self.generation(ofName: name) {
                if !kept.contains(generation) { try StoreFile.remove("\(path)/\(name)") }
            } else if name.hasSuffix(".tmp"), Self.generation(ofName: String(name.dropLast(4))) != nil {
                try StoreFile.remove("\(path)/\(name)")
            }
        }
    }

    /// The number in a file's name; nil for any name that ``filePath(of:)`` does not make.
    static func generation(ofName name: String) -> UInt64? {
        guard name.hasPrefix("rules-"), name.hasSuffix(".mdb"), name.utf8.count > 10 else { return nil }
        let digits = name.dropFirst(6).dropLast(4)
        guard let number = UInt64(digits), String(number) == digits else { return nil }
        return number
    }
}
