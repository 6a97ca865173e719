// What relative paths of a configuration are relative to (nginx: conf prefix and prefix).

/// The two folders that paths start from.
struct ConfigurationPaths: Equatable {
    /// The configuration file, made absolute by the prefix.
    let file: String
    private let prefix: String
    private let folder: String

    /// - Parameters:
    ///   - path: The configuration file, relative to the prefix unless absolute.
    ///   - prefix: `-p`; empty: the current folder.
    init(path: String, prefix: String) {
        self.prefix = Self.asFolder(prefix)
        let file = Self.join(self.prefix, path)
        self.file = file
        folder = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(file[...$0]) } ?? ""
    }

    /// For `include` and `waf_rules_file`: relative to the folder of the configuration file.
    func besideConfiguration(_ path: String) -> String { Self.join(folder, path) }

    /// For what the program writes: relative to the prefix.
    func underPrefix(_ path: String) -> String { Self.join(prefix, path) }

    private static func join(_ folder: String, _ path: String) -> String {
        path.hasPrefix("/") ? path : folder + path
    }

    private static func asFolder(_ path: String) -> String {
        path.isEmpty || path.hasSuffix("/") ? path : path + "/"
    }
}
