// Operators that refer to a file with data of another kind: databases of places, grammars of XML. The
// file's bytes become part of the rule set, so that a worker opens nothing.

internal import Automata
internal import BodyFormats
internal import Bytes
internal import RuleStore

extension RuleSetBuilder {
    /// SecGeoLookupDb
    mutating func setDatabase(_ argument: PlacedText) {
        let path = path(of: argument)
        guard let bytes = reader.readDatabase(path) else {
            return diagnostics.report(.unreadableFile(path), at: argument)
        }
        guard Self.isDatabase(bytes) else { return diagnostics.report(.invalidDatabase(path), at: argument) }
        locationDatabase = programs.add(ProgramDraft(kind: .locations, bytes: bytes))
    }

    private static func isDatabase(_ bytes: [UInt8]) -> Bool {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: bytes)
        do throws(ProgramError) {
            _ = try LocationDatabase(validating: buffer.view)
            return true
        } catch {
            return false
        }
    }

    /// A lookup without a database finds nothing, as in ModSecurity 2: rule sets bring rules for those who
    /// have one.
    func locate(_ draft: inout OperatorDraft) {
        draft.program = locationDatabase
        if locationDatabase == nil { draft.name = .noMatch }
    }

    mutating func compileGrammar(
        _ kind: XMLGrammar.Kind, _ argument: PlacedText, _ syntax: OperatorSyntax
    ) -> Int? {
        guard !argument.trimmed.isEmpty else { return reportMissingArgument(syntax) }
        let path = path(of: argument.trimmed)
        guard let bytes = reader.read(path) else {
            diagnostics.report(.unreadableFile(path), at: argument)
            return nil
        }
        var text = ByteBuffer()
        text.append(contentsOf: bytes)
        guard XMLGrammar(kind, text: text.view) != nil else {
            diagnostics.report(.invalidGrammar(kind.name, file: path), at: argument)
            return nil
        }
        return programs.add(ProgramDraft(kind: kind == .dtd ? .dtd : .xmlSchema, bytes: bytes))
    }

    private func path(of argument: PlacedText) -> String {
        FilePath.resolve(argument.string, namedIn: diagnostics.files[argument.file].path)
    }
}
