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
            if case .other(let arguments) = directive.body, let name = directive.inclusion {
                include(name, directive.name, arguments, openFiles: openFiles)
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
        _ name: DirectiveName, _ directive: PlacedText, _ arguments: [PlacedText], openFiles: [String]
    ) {
        interruptChain(by: directive)
        let expected = name.argumentCount
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
            if paths.isEmpty, name == .include { diagnostics.report(.noFileMatches(path), at: pattern) }
        }
        for path in paths {
            let normalized = FilePath.normalized(path)
            if openFiles.contains(normalized) {
                diagnostics.report(.includedInItself(path), at: pattern)
            } else if let bytes = reader.read(path) {
                load(SourceFile(path: path, bytes: bytes), openFiles: openFiles + [normalized])
            } else if name == .include {
                diagnostics.report(.unreadableFile(path), at: pattern)
            }
        }
    }
}

extension DirectiveSyntax {
    /// Include or IncludeOptional; nil for other directives.
    fileprivate var inclusion: DirectiveName? {
        guard case .supported(let found) = DirectiveName.table.look(up: name.string),
            found == .include || found == .includeOptional
        else { return nil }
        return found
    }
}
