// The error log: nginx's line, one write(2) each.
//
//     2026/11/21 05:48:19 [error] PID#0: *CONNECTION text key=value ...

internal import Bytes
internal import Glibc
package import Posix

/// A process's error log. Used by one thread; processes share the file, not this object.
package final class ErrorLog {
    private var file: Descriptor
    package var level: LogLevel
    /// Set by hand only when it was made from a given time.
    package var clock: LineClock
    private let processID = Int(getpid())
    private var limiter = LineLimiter()
    /// Memory of the last line; away while a line is being made.
    private var spareLine: LogLine?
    /// Lines that the file did not take, or not whole.
    package private(set) var lostLines = 0

    /// - Parameter file: From ``LogFile``, or from the master.
    package init(_ file: consuming Descriptor, level: LogLevel = .error, clock: LineClock = LineClock()) {
        self.file = file
        self.level = level
        self.clock = clock
    }

    /// Goes on in another file and closes the present one: USR1.
    package func reopen(_ file: consuming Descriptor) { self.file = file }

    /// Whether a line of this level would be written. A guard for lines that are dear to make.
    package func takes(_ level: LogLevel) -> Bool { level <= self.level }

    /// Writes one line, unless its level or its kind's rate is too high.
    ///
    /// - Parameters:
    ///   - connection: Number of the client's connection, if there is one.
    ///   - body: Appends the text; only called when the line is going to be written.
    package func write(
        _ level: LogLevel, _ kind: LogKind, connection: UInt64? = nil, _ body: (inout LogLine) -> Void
    ) {
        guard takes(level) else { return }
        clock.refresh()
        switch limiter.admit(kind, second: clock.unixSeconds) {
        case .refused: return
        case .admitted(let suppressed):
            if suppressed > 0 { reportSuppressed(suppressed, of: kind) }
        }
        emit(level, connection: connection, body)
    }

    /// Writes a line of fixed text.
    package func write(_ level: LogLevel, _ kind: LogKind, connection: UInt64? = nil, _ text: String) {
        write(level, kind, connection: connection) { $0.append(text: text) }
    }

    /// Reports what the rate limit kept back and no later line has reported; for a timer and the end.
    package func reportSuppressed() {
        for kind in LogKind.allCases {
            let suppressed = limiter.takeSuppressed(kind)
            if suppressed > 0 {
                clock.refresh()
                reportSuppressed(suppressed, of: kind)
            }
        }
    }

    private func reportSuppressed(_ count: Int, of kind: LogKind) {
        emit(.warning, connection: nil) { line in
            line.append("lines suppressed")
            line.field("kind", ByteView(kind.name))
            line.field("count", count)
        }
    }

    private func emit(_ level: LogLevel, connection: UInt64?, _ body: (inout LogLine) -> Void) {
        // Taken out for the time being, so that a body may itself write a line.
        var line = spareLine.take() ?? LogLine()
        line.removeAll()
        line.append(clock)
        line.append(" [")
        line.append(level.name)
        line.append("] ")
        line.append(decimal: processID)
        line.append("#0: ")
        if let connection {
            line.append("*")
            line.append(decimal: Int(truncatingIfNeeded: connection))
            line.append(" ")
        }
        body(&line)
        line.finish()
        put(line.view)
        spareLine = consume line
    }

    private func put(_ line: ByteView) {
        switch LineOutput.write(file.number, line) {
        case .moved(line.count): break
        // The rest may not follow: another process may have written its line meanwhile.
        case .moved, .wouldBlock, .endOfStream, .failed: lostLines += 1
        }
    }
}
