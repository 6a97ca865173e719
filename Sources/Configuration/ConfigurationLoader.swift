// Text to model: the one entrance of this target.

internal import RuleStore

package enum ConfigurationLoader {
    /// The name that the text of `-g` has in messages.
    package static let commandLineName = "-g"

    /// Loads a configuration with everything that it includes.
    ///
    /// - Parameters:
    ///   - path: The configuration file (`-c`), relative to the prefix unless absolute.
    ///   - prefix: The folder of relative paths (`-p`); empty: the current folder.
    ///   - extraDirectives: Text of the main context (`-g`), read before the file.
    ///   - files: Where files are read from.
    ///   - defaultPort: What a `listen` without a port stands for; nginx takes 8000 when it is not
    ///     started by root.
    ///   - resolve: The numeric addresses of a host name in lower case; nil when there are none. Asked
    ///     at load, once for each directive that names a host.
    /// - Returns: The configuration, or every error in it.
    package static func load(
        path: String, prefix: String, extraDirectives: String, files: some FileReader,
        defaultPort: UInt16 = 80,
        resolve: (String) -> [String]?
    ) -> Result<LoadedConfiguration, ConfigurationErrors> {
        // The builder keeps the closure no longer than this call.
        withoutActuallyEscaping(resolve) { resolve in
            var diagnostics = Diagnostics()
            let paths = ConfigurationPaths(path: path, prefix: prefix)
            let nodes = readTree(paths, extraDirectives, files, &diagnostics)
            let directives = DirectiveChecker.check(nodes, &diagnostics)
            let context = BuildContext(files: files, paths: paths, resolve: resolve, defaultPort: defaultPort)
            let main = MainReader(directives, context, &diagnostics)
            var builder = PolicyBuilder(context, diagnostics)
            if let http = main.http { builder.build(http: http) }
            if builder.servers.isEmpty {
                let start = SourceLocation(file: paths.file, line: 1, column: 1)
                builder.diagnostics.warn(main.http?.location ?? start, .noServer)
            }
            return finish(builder, main)
        }
    }

    private static func readTree(
        _ paths: ConfigurationPaths, _ extraDirectives: String, _ files: some FileReader,
        _ diagnostics: inout Diagnostics
    ) -> [DirectiveNode] {
        var expander = IncludeExpander(files: files, paths: paths)
        diagnostics.register(file: commandLineName)
        let extra = Parser.parse(Array(extraDirectives.utf8), file: commandLineName, &diagnostics)
        return expander.expand(extra, openFiles: [], &diagnostics) + expander.load(paths.file, &diagnostics)
    }

    private static func finish(
        _ builder: PolicyBuilder, _ main: MainReader
    ) -> Result<LoadedConfiguration, ConfigurationErrors> {
        let warnings = builder.diagnostics.sortedWarnings
        guard !builder.diagnostics.hasErrors else {
            return .failure(ConfigurationErrors(errors: builder.diagnostics.sortedErrors, warnings: warnings))
        }
        var policy = builder.policy
        policy.workerConnections = main.workerConnections ?? policy.workerConnections
        policy.shutdownTimeoutMilliseconds = main.shutdownTimeoutMilliseconds
        return .success(
            LoadedConfiguration(
                main: main.settings, policy: policy, ruleSets: builder.ruleSets.sets, warnings: warnings))
    }
}
