// What a file of regression tests holds: scalars are bytes, whatever YAML would make of them.

/// A node of a document; mappings keep the order of their keys.
package indirect enum YAMLNode: Equatable, Sendable {
    case scalar([UInt8])
    case list([YAMLNode])
    case mapping([Member])

    package struct Member: Equatable, Sendable {
        package var key: String
        package var value: YAMLNode
    }

    package subscript(key: String) -> YAMLNode? {
        guard case .mapping(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    package var items: [YAMLNode] {
        if case .list(let items) = self { items } else { [] }
    }

    package var members: [Member] {
        if case .mapping(let members) = self { members } else { [] }
    }

    package var bytes: [UInt8]? {
        if case .scalar(let bytes) = self { bytes } else { nil }
    }

    package var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
}

/// Where a document is not in the part of YAML that is read here.
package struct YAMLError: Error, Equatable, Sendable {
    /// From 1.
    package var line: Int
    package var reason: String
}
