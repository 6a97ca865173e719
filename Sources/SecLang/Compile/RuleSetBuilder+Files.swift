// Loading files and what they include.

extension RuleSetBuilder {
    /// Loads a file that the configuration names.
    mutating func load(_ path: String) {
        guard let bytes = reader.read(path) else {
            diagnostics.reportUnreadable(path)
            return
        }
        load(SourceFile(path: path, bytes: bytes), openFiles: [FilePath.normalized(path)])
    }

    /// - Parameter openFiles: The normalised paths of this file and of those that include it.
    private mutating func load(_ file: SourceFile, openFiles: [String]) {
        let number = diagnostics.open(file)
        for directive in DirectiveParser.parse(file, number: number, into: &diagnostics) {
            if case .other(let arguments) = directive.body, directive.isInclude {
                include(directive.name, arguments, openFiles: openFiles)
            } else {
                add(directive)
            }
        }
        if case .open(_, _, let starter) = chain {
            diagnostics.report(.unfinishedChain, at: starter)
        }
        chain = .none
    }

    private mutating func include(
        _ directive: PlacedText, _ arguments: [PlacedText], openFiles: [String]
    ) {
        interruptChain(by: directive)
        let expected = DirectiveName.include.argumentCount
        guard check(arguments, count: expected, of: directive) else { return }
        let pattern = arguments[0]
        let path = FilePath.resolve(pattern.string, namedIn: diagnostics.files[directive.file].path)
        guard openFiles.count < RuleTextLimits.includeDepth else {
            diagnostics.report(
                .includedTooDeep(limit: RuleTextLimits.includeDepth), at: pattern)
            return
        }
        var paths = [path]
        if FilePath.hasWildcard(path) {
            paths = FilePath.sorted(reader.glob(path))
            if paths.isEmpty { diagnostics.report(.noFileMatches(path), at: pattern) }
        }
        for path in paths {
            let normalized = FilePath.normalized(path)
            if openFiles.contains(normalized) {
                diagnostics.report(.includedInItself(path), at: pattern)
            } else if let bytes = reader.read(path) {
                load(SourceFile(path: path, bytes: bytes), openFiles: openFiles + [normalized])
            } else {
                diagnostics.report(.unreadableFile(path), at: pattern)
            }
        }
    }
}

extension DirectiveSyntax {
    fileprivate var isInclude: Bool {
        if case .supported(.include) = DirectiveName.table.look(up: name.string) { true } else { false }
    }
}
