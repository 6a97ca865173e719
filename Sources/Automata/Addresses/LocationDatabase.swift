// Where addresses are: a MaxMind DB file, read in place. MaxMind DB File Format Specification 2.0.
//
//     search tree   nodes of two records each, one bit of the address a node
//     16 zero bytes
//     data section  typed values; maps and arrays refer to others by offset
//     metadata      a map behind the last "\xAB\xCD\xEFMaxMind.com"

package import Bytes

/// A database of countries, cities and the like. A value is a view and some numbers, valid as long as
/// the bytes it was made from; what is damaged inside is not found.
package struct LocationDatabase: Sendable {
    private let bytes: ByteView
    let data: LocationData
    private let nodeCount: Int
    /// Bits of one record: 24, 28 or 32.
    private let recordBits: Int
    /// Where lookups of IPv4 addresses begin: below `::/96` in a tree of IPv6.
    private var v4Root = 0
    private let isV6: Bool
    /// Such as `GeoLite2-Country`.
    package let type: ByteView

    /// - Parameter bytes: A whole file.
    package init(validating bytes: ByteView) throws(ProgramError) {
        guard let metadata = LocationData.metadata(of: bytes),
            let nodes = metadata.number("node_count"), let bits = metadata.number("record_size"),
            let version = metadata.number("ip_version"), metadata.number("binary_format_major_version") == 2
        else { throw .wrongMagic(0) }
        guard bits == 24 || bits == 28 || bits == 32, version == 4 || version == 6 else { throw .invalidHeader }
        let (treeBytes, overflow) = nodes.multipliedReportingOverflow(by: bits / 4)
        guard !overflow, nodes > 0, treeBytes <= bytes.count - Self.separatorBytes else { throw .invalidHeader }
        self.bytes = bytes
        nodeCount = nodes
        recordBits = bits
        isV6 = version == 6
        type = metadata.text("database_type") ?? .empty
        data = LocationData(bytes[(treeBytes + Self.separatorBytes)...])
        if isV6 {
            for _ in 0..<96 where v4Root < nodeCount { v4Root = record(of: v4Root, isRight: false) }
        }
    }

    private static var separatorBytes: Int { 16 }

    /// What is known of the address; nil when it is in no network of the database.
    package func find(_ address: IPAddress) -> LocationRecord? {
        var node = 0
        switch address.unmapped {
        case .v4(let bits):
            node = v4Root
            for shift in (0..<32).reversed() where node < nodeCount {
                node = record(of: node, isRight: bits >> UInt32(shift) & 1 == 1)
            }
        case .v6(let high, let low):
            guard isV6 else { return nil }
            for shift in (0..<128).reversed() where node < nodeCount {
                let word = shift >= 64 ? high : low
                node = record(of: node, isRight: word >> UInt64(shift % 64) & 1 == 1)
            }
        }
        // As many as there are nodes means nothing; more is an offset into the data.
        guard node > nodeCount else { return nil }
        return LocationRecord(data: data, offset: node - nodeCount - Self.separatorBytes)
    }

    /// The left or right record of a node; `node` is in the tree, which lies in the bytes.
    private func record(of node: Int, isRight: Bool) -> Int {
        let start = node * recordBits / 4
        func byte(_ index: Int) -> Int { Int(bytes[start + index]) }
        switch (recordBits, isRight) {
        case (24, false): return byte(0) << 16 | byte(1) << 8 | byte(2)
        case (24, true): return byte(3) << 16 | byte(4) << 8 | byte(5)
        case (28, false): return (byte(3) & 0xF0) << 20 | byte(0) << 16 | byte(1) << 8 | byte(2)
        case (28, true): return (byte(3) & 0x0F) << 24 | byte(4) << 16 | byte(5) << 8 | byte(6)
        case (_, false): return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3)
        case (_, true): return byte(4) << 24 | byte(5) << 16 | byte(6) << 8 | byte(7)
        }
    }
}

/// What a database knows of one network.
package struct LocationRecord: Sendable {
    let data: LocationData
    let offset: Int

    /// The text or number at the end of a path of keys, as text; `0` as a key is the first element of a
    /// list. nil when there is none.
    package func text(_ path: StaticString..., in arena: Arena) -> ByteView? {
        var place = offset
        for key in path {
            guard let next = data.member(ByteView(key), of: place) else { return nil }
            place = next
        }
        return data.text(at: place, in: arena)
    }
}
