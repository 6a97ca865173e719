// From the command line to an exit status.

internal import Glibc
internal import Posix

package enum MasterMain {
    /// Does what the options ask for.
    ///
    /// - Parameter arguments: Without the program's name.
    /// - Returns: 0 or 1, as nginx.
    package static func run(arguments: [String]) -> Int32 {
        let options: Options
        do throws(OptionsError) {
            options = try Options.parse(arguments)
        } catch {
            StandardStreams.error("wafd: \(error)")
            StandardStreams.error(Options.usage)
            return 1
        }
        switch options.task {
        case .help:
            StandardStreams.error(Options.usage)
            return 0
        case .version(let isLong):
            StandardStreams.error("wafd version: wafd/\(Version.text)")
            if isLong { StandardStreams.error("built with Swift for Linux, \(Version.machine)") }
            return 0
        case .test(let dumps): return ConfigurationTest.run(options, dumps: dumps)
        case .signal(let signal): return SignalCommand.run(options, signal)
        case .run: return Startup.run(options)
        }
    }
}
