// The conformance kit: the core rule set, its tests' requests, unit vectors of operators.

import Bytes
import Foundation

enum ConformanceKit {
    /// The kit's folder, nil (and said so once) when it is not there.
    static let root: URL? = {
        let environment = ProcessInfo.processInfo.environment["WAFD_CONFORMANCE_KIT"]
        let folder =
            environment.map { URL(fileURLWithPath: $0) }
            ?? packageRoot
            .deletingLastPathComponent().appendingPathComponent("shared/conformance")
        guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("crs").path) else {
            print("SKIPPED: no conformance kit at \(folder.path); set WAFD_CONFORMANCE_KIT")
            return nil
        }
        return folder
    }()

    static var isPresent: Bool { root != nil }

    private static var packageRoot: URL {
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let manifest = folder.appendingPathComponent("Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { break }
        }
        return folder
    }

    /// Files below `folder` with this extension, in order.
    static func files(in folder: String, withExtension fileExtension: String) -> [URL] {
        guard let root else { return [] }
        let base = root.appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: base.path)?.allObjects as? [String] ?? []
        return names.filter { $0.hasSuffix(".\(fileExtension)") }.sorted()
            .map { base.appendingPathComponent($0) }
    }

    static func text(of file: URL) throws -> String {
        String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    /// A vector of `operators/*.json`.
    struct OperatorVector: Decodable {
        var name: String
        var param: String?
        var ret: Int
        var input_b64: String
        var re_groups: [String]?

        var input: [UInt8] { Array(Data(base64Encoded: input_b64) ?? Data()) }
    }

    static func vectors(of operatorName: String) throws -> [OperatorVector] {
        guard let root else { return [] }
        let file = root.appendingPathComponent("operators/\(operatorName).json")
        return try JSONDecoder().decode([OperatorVector].self, from: Data(contentsOf: file))
    }
}
