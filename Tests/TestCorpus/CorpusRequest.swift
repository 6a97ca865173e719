// A request of the regression tests, as a client would send it.

/// The parts of a request that an engine is told, and what the origin of the tests answers to it.
package struct CorpusRequest: Sendable {
    package struct Field: Equatable, Sendable {
        package var name: [UInt8]
        package var value: [UInt8]
    }

    /// `911100-1`, the stage behind it if there are several.
    package var name: String
    package var method: [UInt8]
    package var target: [UInt8]
    package var version: [UInt8]
    package var fields: [Field]
    package var body: [UInt8]
    package var answer = CorpusAnswer()

    package var line: [UInt8] { method + [0x20] + target + [0x20] + version }

    /// The value of the first field of that name, in lower case.
    package func field(_ name: String) -> [UInt8]? {
        fields.first { String(decoding: $0.name, as: UTF8.self).lowercased() == name }?.value
    }
}
