// The conformance kit, where it is at hand.

import Foundation

/// Finds the kit and reads what it says about bodies.
enum ConformanceKit {
    static let folder: String? = {
        let named = ProcessInfo.processInfo.environment["WAFD_CONFORMANCE_KIT"]
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let folder = named ?? root.appendingPathComponent("../shared/conformance").path
        guard FileManager.default.fileExists(atPath: folder + "/semantics/probes.json") else {
            print("SKIPPED: no conformance kit at \(folder); set WAFD_CONFORMANCE_KIT")
            return nil
        }
        return folder
    }()

    static var isPresent: Bool { folder != nil }

    static func json(_ path: String) throws -> Any {
        try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: "\(folder ?? "")/\(path)")))
    }

    /// A probe: a request, and what each of the two engines logged for it.
    struct Probe {
        var name: String
        var contentType: String
        var body: [UInt8]
        var apache: [String]
        var nginx: [String]
        var apacheStatus: Int
    }

    static func probes(startingWith prefix: String) throws -> [Probe] {
        let file = try json("semantics/probes.json") as? [String: Any]
        let probes = file?["probes"] as? [[String: Any]] ?? []
        return probes.compactMap { probe in
            guard let name = probe["name"] as? String, name.hasPrefix(prefix),
                let request = probe["request"] as? String, let end = request.range(of: "\r\n\r\n")
            else { return nil }
            let type = request.components(separatedBy: "\r\n").first { $0.hasPrefix("Content-Type: ") }
            return Probe(
                name: name, contentType: String(type?.dropFirst(14) ?? ""),
                body: request[end.upperBound...].unicodeScalars.map { UInt8($0.value) },
                apache: messages(probe["apache"]), nginx: messages(probe["nginx"]),
                apacheStatus: (probe["apache"] as? [String: Any])?["status"] as? Int ?? 0)
        }
    }

    private static func messages(_ engine: Any?) -> [String] {
        ((engine as? [String: Any])?["log"] as? [[Any]] ?? []).compactMap { $0.last as? String }
    }
}
