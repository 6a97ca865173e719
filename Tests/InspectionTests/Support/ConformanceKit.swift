// The conformance kit, where it is at hand.

import Foundation

/// Finds the kit and reads its vectors.
enum ConformanceKit {
    static let folder: String? = {
        let named = ProcessInfo.processInfo.environment["WAFD_CONFORMANCE_KIT"]
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = named ?? root.appendingPathComponent("../shared/conformance").path
        guard FileManager.default.fileExists(atPath: folder + "/operators/rx.json") else {
            print("SKIPPED: no conformance kit at \(folder); set WAFD_CONFORMANCE_KIT")
            return nil
        }
        return folder
    }()

    static var isPresent: Bool { folder != nil }

    static func json(_ path: String) throws -> Any {
        let folder = folder ?? ""
        return try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)")))
    }

    static func rows(_ path: String) throws -> [[String: Any]] {
        try json(path) as? [[String: Any]] ?? []
    }
}

extension Dictionary where Key == String, Value == Any {
    func text(_ key: String) -> String { self[key] as? String ?? "" }
    func bytes(_ key: String) -> [UInt8] { Data(base64Encoded: text(key)).map { [UInt8]($0) } ?? [] }
}
