// The conformance kit, where it is at hand.

import Foundation

/// Finds the kit and reads its files.
enum ConformanceKit {
    static let folder: String? = {
        let named = ProcessInfo.processInfo.environment["WAFD_CONFORMANCE_KIT"]
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = named ?? root.appendingPathComponent("../shared/conformance").path
        guard FileManager.default.fileExists(atPath: folder + "/libinjection/verdicts.tsv") else {
            print("SKIPPED: no conformance kit at \(folder); set WAFD_CONFORMANCE_KIT")
            return nil
        }
        return folder
    }()

    static var isPresent: Bool { folder != nil }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder ?? "")/\(path)")))
    }

    static func names(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder ?? "")/\(path)").sorted()
    }
}
