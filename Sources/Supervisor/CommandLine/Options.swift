// The options of `wafd`: nginx's, read by hand in getopt(3)'s manner.

/// What the command line asks for.
package struct Options: Equatable, Sendable {
    package enum Task: Equatable, Sendable {
        /// Be the master, in the foreground.
        case run
        /// `-t`, and with `-T` the text of all files.
        case test(dumps: Bool)
        case signal(MasterSignal)
        /// `-v`, and with `-V` what it is built of.
        case version(isLong: Bool)
        case help
    }

    /// What `-s` sends to the master that the pid file names.
    package enum MasterSignal: String, CaseIterable, Sendable {
        case reload, quit, stop, reopen
    }

    package static let defaultPrefix = "/etc/wafd/"
    package static let defaultConfiguration = "wafd.conf"

    package var task = Task.run
    /// `-c`, as given.
    package var configuration = Options.defaultConfiguration
    /// `-p`, with a slash at the end.
    package var prefix = Options.defaultPrefix
    /// `-g`: directives of the main context.
    package var directives = ""
    /// `-q`: with `-t`, only errors are printed.
    package var isQuiet = false

    package init() {}

    /// A relative path lies below the prefix.
    package var configurationPath: String {
        configuration.hasPrefix("/") ? configuration : prefix + configuration
    }

    package static let usage = """
        usage: wafd [-c FILE] [-p PREFIX] [-g DIRECTIVES] [-t] [-T] [-q] [-s reload|quit|stop|reopen] [-v] [-V]
          -c FILE        configuration file (default: \(defaultPrefix)\(defaultConfiguration))
          -p PREFIX      folder that relative paths start from (default: \(defaultPrefix))
          -g DIRECTIVES  directives of the main context, read before the file
          -t             test the configuration and the rules, and exit
          -T             as -t, and print all configuration files
          -q             print nothing but errors while testing
          -s SIGNAL      tell the running master: reload, quit, stop, reopen
          -v             print the version, and exit
          -V             print the version and what it is built of, and exit
        """
}

package enum OptionsError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownOption(Character)
    case notAnOption(String)
    case missingValue(option: Character)
    case unknownSignal(String)

    package var description: String {
        switch self {
        case .unknownOption(let option): "unknown option `-\(option)`"
        case .notAnOption(let word): "unexpected argument `\(word)`"
        case .missingValue(let option): "option `-\(option)` needs a value"
        case .unknownSignal(let word): "unknown signal `\(word)`, expected reload, quit, stop or reopen"
        }
    }
}

extension Options {
    /// - Parameter arguments: Without the program's name. Of several tasks the last one counts, but
    ///   `-v` and `-h` always win, as in nginx.
    package static func parse(_ arguments: [String]) throws(OptionsError) -> Options {
        var options = Options()
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word.count > 1 else { throw .notAnOption(word) }
            var letters = word.dropFirst()
            while let letter = letters.popFirst() {
                guard "cpgs".contains(letter) else {
                    try options.take(flag: letter)
                    continue
                }
                // The value is the rest of the word, or the next word: `-cFILE`, `-c FILE`.
                guard let value = letters.isEmpty ? rest.popFirst() : String(letters), !value.isEmpty else {
                    throw .missingValue(option: letter)
                }
                letters = ""
                try options.take(value: value, of: letter)
            }
        }
        return options
    }

    private mutating func take(flag letter: Character) throws(OptionsError) {
        switch letter {
        case "t": setTask(.test(dumps: task == .test(dumps: true)))
        case "T": setTask(.test(dumps: true))
        case "q": isQuiet = true
        case "v": setTask(.version(isLong: task == .version(isLong: true)))
        case "V": setTask(.version(isLong: true))
        case "h", "?": task = .help
        default: throw .unknownOption(letter)
        }
    }

    private mutating func take(value: String, of letter: Character) throws(OptionsError) {
        switch letter {
        case "c": configuration = value
        case "p": prefix = value.hasSuffix("/") ? value : value + "/"
        case "g": directives = value
        default:
            guard let signal = MasterSignal(rawValue: value) else { throw .unknownSignal(value) }
            setTask(.signal(signal))
        }
    }

    private mutating func setTask(_ wanted: Task) {
        switch (task, wanted) {
        case (.help, _): break
        case (.version, .test), (.version, .signal): break
        default: task = wanted
        }
    }
}
