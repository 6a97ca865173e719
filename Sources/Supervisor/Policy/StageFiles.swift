// Files that arguments of stages name.

internal import Configuration
internal import Pipeline

enum StageFiles {
    /// - Parameter prefix: What a path that is not absolute begins at.
    static func read(_ path: String, prefix: String) throws(StageError) -> [UInt8] {
        let whole = path.hasPrefix("/") ? path : prefix + path
        guard let bytes = SystemFileReader().read(whole) else {
            throw StageError("\(whole): can not be read")
        }
        return bytes
    }
}
