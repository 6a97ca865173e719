// The files of access and audit lines.

internal import Bytes
internal import Journal
internal import Posix

/// Open files by number. A file that the configuration no longer names is kept until the next reopening,
/// for requests that began before.
final class LineFiles {
    private final class File {
        let path: String
        var descriptor: Descriptor
        /// Lines that are written together.
        var pending = ByteBuffer()
        var pendingLines = 0
        /// The last write ended in the middle of a line, whose rest can not follow any more.
        var endsInsideLine = false

        init(path: String, _ descriptor: consuming Descriptor) {
            self.path = path
            self.descriptor = descriptor
        }
    }

    private var files: [LogFileNumber: File] = [:]
    /// Lines for files that are not open, and those that a file did not take.
    private(set) var lostLines = 0
    /// Why the last one was lost.
    private(set) var lastFault = ""

    /// So many bytes are written at once at least, but for the last ones.
    private static let batchBytes = 64 << 10

    /// Opens those that are not open yet; on failure none of them.
    func open(_ paths: [String]) throws(SystemError) {
        var opened: [File] = []
        for path in paths where files[LogFileNumber(path: path)] == nil {
            opened.append(File(path: path, try LogFile.open(path)))
        }
        for file in opened { files[LogFileNumber(path: file.path)] = file }
    }

    /// Opens all anew after they were moved away, and lets go of those that are not in `paths`.
    ///
    /// - Returns: What could not be opened; such a file stays the one it was.
    func reopen(_ paths: [String]) -> [SystemError] {
        flush()
        var faults: [SystemError] = []
        var reopened: [LogFileNumber: File] = [:]
        for path in paths {
            let number = LogFileNumber(path: path)
            do throws(SystemError) {
                reopened[number] = File(path: path, try LogFile.open(path))
            } catch {
                faults.append(error)
                reopened[number] = files[number]
            }
        }
        files = reopened
        return faults
    }

    /// Takes one line with its line feed; it is in the file after `flush`.
    func append(_ line: ByteView, to number: LogFileNumber) {
        guard let file = files[number] else {
            lostLines += 1
            lastFault = "its file is not open any more"
            return
        }
        file.pending.append(line)
        file.pendingLines += 1
        if file.pending.count >= Self.batchBytes { write(file) }
    }

    func flush() {
        for file in files.values where !file.pending.isEmpty { write(file) }
    }

    private func write(_ file: File) {
        if file.endsInsideLine {
            // What is there of the line that broke off stays a line of its own.
            guard LineOutput.write(file.descriptor.number, ByteView("\n\n")[..<1]) == .moved(1) else {
                return lose(file, "write to \(file.path) failed")
            }
            file.endsInsideLine = false
        }
        let lines = file.pending.view
        switch LineOutput.write(file.descriptor.number, lines) {
        case .moved(lines.count):
            file.pending.removeAll(keepingCapacity: file.pending.allocatedBytes <= 2 * Self.batchBytes)
            file.pendingLines = 0
        case .moved(let count):
            file.endsInsideLine = count > 0 && lines[count - 1] != ASCII.lineFeed
            lose(file, "\(file.path) is full")
        case .failed(let code): lose(file, "\(SystemError(call: "write \(file.path)", code: code))")
        case .wouldBlock, .endOfStream: lose(file, "\(file.path) takes nothing")
        }
    }

    private func lose(_ file: File, _ fault: String) {
        lostLines += file.pendingLines
        lastFault = fault
        file.pending.removeAll(keepingCapacity: false)
        file.pendingLines = 0
    }
}
