// What a worker costs: proportional set size, from /proc.

internal import Posix

package enum ProcessMemory {
    /// Kilobytes of memory, pages shared with others counted by their share (proc(5)); nil when the
    /// kernel does not tell.
    package static func proportionalKilobytes(ofProcess number: Int32) -> Int? {
        guard let bytes = try? FileContents.read("/proc/\(number)/smaps_rollup", limitBytes: 64 << 10) else {
            return nil
        }
        return parse(String(decoding: bytes, as: UTF8.self))
    }

    /// Reads the line `Pss:   1234 kB`.
    package static func parse(_ text: String) -> Int? {
        for line in text.split(separator: "\n") where line.hasPrefix("Pss:") {
            let words = line.split(separator: " ")
            guard words.count == 3, words[2] == "kB" else { return nil }
            return Int(words[1])
        }
        return nil
    }
}
