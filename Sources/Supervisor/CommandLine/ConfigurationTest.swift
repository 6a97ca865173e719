// `wafd -t` and `wafd -T`.

internal import Posix

enum ConfigurationTest {
    /// Loads the configuration, compiles the rules and prints everything that is wrong.
    static func run(_ options: Options, dumps: Bool) -> Int32 {
        let compiler = PolicyCompiler(options)
        let path = options.configurationPath
        do throws(LoadFailure) {
            let loaded = try compiler.load(.configuration)
            if !options.isQuiet {
                for line in loaded.warnings { StandardStreams.error(line) }
                StandardStreams.error("configuration file \(path) test is successful")
            }
            if dumps { dump(compiler.filesRead) }
            return 0
        } catch {
            for line in error.lines { StandardStreams.error(line) }
            StandardStreams.error("configuration file \(path) test failed")
            return 1
        }
    }

    private static func dump(_ paths: [String]) {
        for path in paths {
            guard
                let bytes = try? FileContents.read(path, limitBytes: SupervisorLimits.configurationFileBytes)
            else {
                continue
            }
            StandardStreams.output(
                Array("# configuration file \(path):\n".utf8) + bytes + [UInt8(ascii: "\n")])
        }
    }
}
