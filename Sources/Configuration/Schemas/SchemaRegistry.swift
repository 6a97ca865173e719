// Locations with the same JSON Schema share one compiled schema.

internal import RuleStore

/// Schema files, each read and compiled once.
struct SchemaRegistry {
    private(set) var compiled: [[UInt8]] = []
    /// nil: the file is wrong, which has been reported.
    private var indices: [String: Int?] = [:]

    /// nil for a file that can not be used; its errors are reported.
    mutating func index(of file: RuleFile, _ context: BuildContext, _ diagnostics: inout Diagnostics) -> Int? {
        if let known = indices[file.path] { return known }
        guard let bytes = context.files.read(file.path) else {
            diagnostics.report(file.location, .unreadable(path: file.path))
            indices[file.path] = .some(nil)
            return nil
        }
        guard bytes.count <= SchemaCompiler.fileBytes else {
            diagnostics.report(file.location, .fileTooLarge(limitBytes: SchemaCompiler.fileBytes))
            indices[file.path] = .some(nil)
            return nil
        }
        diagnostics.register(file: file.path)
        guard let schema = SchemaCompiler.compile(bytes, file: file.path, &diagnostics) else {
            indices[file.path] = .some(nil)
            return nil
        }
        indices[file.path] = compiled.count
        compiled.append(schema.encoded)
        return compiled.count - 1
    }
}
