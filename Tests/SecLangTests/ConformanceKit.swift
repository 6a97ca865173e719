// Where the conformance kit lies; suites that need it are skipped, and say so, when it does not.

import Foundation

enum ConformanceKit {
    /// `WAFD_CONFORMANCE_KIT`, else the folder beside the package's root.
    static let folder: String? = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let beside = root.appendingPathComponent("../shared/conformance").standardizedFileURL.path
        let path = ProcessInfo.processInfo.environment["WAFD_CONFORMANCE_KIT"] ?? beside
        guard FileManager.default.fileExists(atPath: path + "/crs/rules") else {
            print("SKIPPED: no conformance kit at \(path); set WAFD_CONFORMANCE_KIT")
            return nil
        }
        return path
    }()

    static var isPresent: Bool { folder != nil }

    /// The rule files of the kit's CRS, in the order of loading.
    static func ruleFiles() throws -> [String] {
        guard let folder else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/crs/rules")
        return names.filter { $0.hasSuffix(".conf") }.sorted().map { "\(folder)/crs/rules/\($0)" }
    }

    /// The rows of one of the kit's JSON files.
    static func json(_ name: String) throws -> Any {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder ?? "")/\(name)"))
        return try JSONSerialization.jsonObject(with: data)
    }
}
