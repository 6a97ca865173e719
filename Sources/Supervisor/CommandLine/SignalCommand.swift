// `wafd -s SIGNAL`.

internal import Glibc
internal import Posix

enum SignalCommand {
    /// Sends a signal to the master whose pid file the configuration names.
    static func run(_ options: Options, _ signal: Options.MasterSignal) -> Int32 {
        let path: String
        do throws(LoadFailure) {
            path = try PolicyCompiler(options).settings().pidPath
        } catch {
            for line in error.lines { StandardStreams.error(line) }
            return 1
        }
        guard let number = ProcessNumberFile.read(path) else {
            StandardStreams.error("wafd: no process number in \(path)")
            return 1
        }
        guard kill(number, signalNumber(of: signal)) == 0 else {
            StandardStreams.error("wafd: \(SystemError.last("kill(\(number))"))")
            return 1
        }
        return 0
    }

    private static func signalNumber(of signal: Options.MasterSignal) -> Int32 {
        switch signal {
        case .reload: SIGHUP
        case .quit: SIGQUIT
        case .stop: SIGTERM
        case .reopen: SIGUSR1
        }
    }
}
