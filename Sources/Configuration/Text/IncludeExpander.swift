// `include FILE;`: puts the directives of other files in its place.

/// Reads included files, in sorted order where a pattern names several.
struct IncludeExpander {
    private let files: any FileReader
    private let paths: ConfigurationPaths
    private var filesRead = 0

    init(files: any FileReader, paths: ConfigurationPaths) {
        self.files = files
        self.paths = paths
    }

    /// The tree of the file at `path`, with everything that it includes.
    mutating func load(_ path: String, _ diagnostics: inout Diagnostics) -> [DirectiveNode] {
        guard let bytes = files.read(path) else {
            diagnostics.report(SourceLocation(file: path, line: 1, column: 1), .unreadable(path: path))
            return []
        }
        diagnostics.register(file: path)
        filesRead += 1
        let nodes = Parser.parse(bytes, file: path, &diagnostics)
        return expand(nodes, openFiles: [path], &diagnostics)
    }

    /// - Parameter openFiles: The files that include one another down to these nodes.
    mutating func expand(
        _ nodes: [DirectiveNode], openFiles: [String], _ diagnostics: inout Diagnostics
    ) -> [DirectiveNode] {
        var expanded: [DirectiveNode] = []
        for var node in nodes {
            if let block = node.block { node.block = expand(block, openFiles: openFiles, &diagnostics) }
            // An include of another shape stays; the check of all directives names the error.
            if node.name.text == "include", node.block == nil, node.arguments.count == 1 {
                expanded += include(node.arguments[0], openFiles: openFiles, &diagnostics)
            } else {
                expanded.append(node)
            }
        }
        return expanded
    }

    private mutating func include(
        _ pattern: Word, openFiles: [String], _ diagnostics: inout Diagnostics
    ) -> [DirectiveNode] {
        let path = paths.besideConfiguration(pattern.text)
        let found = GlobPattern.hasWildcard(path) ? GlobPattern.sorted(files.glob(path)) : [path]
        guard openFiles.count <= ConfigurationLimits.includeDepth else {
            diagnostics.report(pattern.location, .includesTooDeep(limit: ConfigurationLimits.includeDepth))
            return []
        }
        var nodes: [DirectiveNode] = []
        for file in found {
            guard !openFiles.contains(file) else {
                diagnostics.report(pattern.location, .includeCycle(path: file))
                continue
            }
            guard filesRead < ConfigurationLimits.files else {
                diagnostics.report(pattern.location, .tooManyFiles(limit: ConfigurationLimits.files))
                return nodes
            }
            guard let bytes = files.read(file) else {
                diagnostics.report(pattern.location, .unreadable(path: file))
                continue
            }
            filesRead += 1
            diagnostics.register(file: file)
            let parsed = Parser.parse(bytes, file: file, &diagnostics)
            nodes += expand(parsed, openFiles: openFiles + [file], &diagnostics)
        }
        return nodes
    }
}
