// Addresses in text, and sets of networks.

import Automata
import Bytes
import Testing

@Suite("Address sets: @ipMatch; RFC 4291 section 2.2") struct AddressTests {
    static func address(_ text: String) -> IPAddress? { IPAddress(LastingBytes(text).view) }

    static func contains(_ items: [String], _ text: String) throws -> Bool {
        let owned = LastingBytes(try AddressCompiler.compile(items))
        let program = try AddressProgram(validating: owned.view)
        return program.contains(try #require(address(text)))
    }

    static let texts: [(String, IPAddress?)] = [
        ("127.0.0.1", .v4(0x7F00_0001)), ("0.0.0.0", .v4(0)), ("255.255.255.255", .v4(.max)),
        ("256.0.0.1", nil), ("1.2.3", nil),
        ("1.2.3.4.5", nil), ("1.2.3.4.", nil), (".1.2.3.4", nil), ("1..2.3", nil), ("01.2.3.4", nil),
        ("1.2.3.0004", nil), ("1.2.3.4 ", nil),
        ("+1.2.3.4", nil), ("1.2.3.-4", nil), ("", nil), ("a.b.c.d", nil), ("::", .v6(0, 0)),
        ("::1", .v6(0, 1)), ("1::", .v6(1 << 48, 0)),
        ("2001:db8::8:800:200c:417a", .v6(0x2001_0DB8_0000_0000, 0x0008_0800_200C_417A)),
        ("2001:DB8:0:0:8:800:200C:417A", .v6(0x2001_0DB8_0000_0000, 0x0008_0800_200C_417A)),
        ("1:2:3:4:5:6:7:8", .v6(0x0001_0002_0003_0004, 0x0005_0006_0007_0008)), ("1:2:3:4:5:6:7", nil),
        ("1:2:3:4:5:6:7:8:9", nil), ("1:2:3:4:5:6:7:8::", nil),
        ("::2:3:4:5:6:7:8", .v6(0x0000_0002_0003_0004, 0x0005_0006_0007_0008)),
        ("1:2:3:4:5:6:7::", .v6(0x0001_0002_0003_0004, 0x0005_0006_0007_0000)), ("1::3::5", nil),
        (":::", nil), (":", nil), (":1", nil),
        ("1:", nil), ("1:2:3:4:5:6:7:", nil), ("12345::", nil), ("g::", nil),
        ("::ffff:1.2.3.4", .v4(0x0102_0304)), ("::ffff:102:304", .v4(0x0102_0304)), ("::FFFF:0:0", .v4(0)),
        ("::1.2.3.4", .v6(0, 0x0102_0304)),
        ("64:ff9b::192.0.2.33", .v6(0x0064_FF9B_0000_0000, 0xC000_0221)),
        ("1:2:3:4:5:6:1.2.3.4", .v6(0x0001_0002_0003_0004, 0x0005_0006_0102_0304)),
        ("1:2:3:4:5:6:7:1.2.3.4", nil), ("::1.2.3", nil), ("::1.2.3.4:5", nil), ("fe80::1%eth0", nil),
        ("[::1]", nil),
        ("0000:0000:0000:0000:0000:ffff:255.255.255.255", .v4(.max)),
        ("00000:0000:0000:0000:0000:ffff:255.255.255.255", nil),
    ]

    /// Equal, of one hash, and yet of the family they were written in.
    @Test func mappedAddresses() throws {
        let (plain, mapped) = (
            try #require(Self.address("1.2.3.4")), try #require(Self.address("::ffff:1.2.3.4"))
        )
        #expect(plain == mapped && plain.hashValue == mapped.hashValue)
        #expect(plain != Self.address("::1.2.3.4"))
        guard case .v6 = mapped, case .v4(0x0102_0304) = mapped.unmapped else {
            Issue.record("not a mapped address")
            return
        }
    }

    @Test func parsesText() {
        for (text, want) in Self.texts { #expect(Self.address(text) == want, "\(text)") }
    }

    static let sets: [(items: [String], address: String, want: Bool)] = [
        (["10.0.0.0/8", "127.0.0.0/8"], "127.0.0.1", true), (["::1", "127.0.0.1"], "127.0.0.1", true),
        (["2001:db8::/32"], "2001:db8::5", true), ([], "1.2.3.4", false),
        (["1.2.3.4"], "1.2.3.3", false), (["1.2.3.4"], "1.2.3.5", false), (["1.2.3.4/32"], "1.2.3.4", true),
        (["0.0.0.0/0"], "255.255.255.255", true),
        (["0.0.0.0/0"], "::2", false), (["::/0"], "::2", true), (["::/0"], "1.2.3.4", false),
        (["::/0"], "::ffff:1.2.3.4", true), (["::/80"], "::ffff:1.2.3.4", true),
        (["::ffff:0:0/96"], "9.9.9.9", true), (["::ffff:10.0.0.0/104"], "10.9.9.9", true),
        (["::ffff:10.0.0.0/104"], "11.9.9.9", false), (["::ffff:0:0/95"], "::fffe:0:1", true),
        (["10.0.0.0/8"], "::ffff:10.1.1.1", true), (["10.1.2.3/8"], "10.9.9.9", true),
        (["10.0.0.0/9", "10.128.0.0/9"], "10.255.255.255", true),
        (["10.0.0.0/8", "10.1.0.0/16"], "10.2.0.0", true), ([" 1.2.3.4 "], "1.2.3.4", true),
        (
            ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff::/16"],
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true
        ), (["255.255.255.255", "255.255.255.254"], "255.255.255.254", true),
    ]

    @Test func containsMembers() throws {
        for row in Self.sets { #expect(try Self.contains(row.items, row.address) == row.want, "\(row)") }
    }

    static let refusals: [(item: String, error: AddressError)] = [
        ("1.2.3", .invalidAddress(index: 1, item: "1.2.3")), ("", .invalidAddress(index: 1, item: "")),
        ("/8", .invalidAddress(index: 1, item: "/8")), ("host", .invalidAddress(index: 1, item: "host")),
        ("1.2.3.4/33", .invalidPrefixLength(index: 1, item: "1.2.3.4/33")),
        ("1.2.3.4/", .invalidPrefixLength(index: 1, item: "1.2.3.4/")),
        ("1.2.3.4/-1", .invalidPrefixLength(index: 1, item: "1.2.3.4/-1")),
        ("::/129", .invalidPrefixLength(index: 1, item: "::/129")),
        ("::ffff:1.2.3.4/129", .invalidPrefixLength(index: 1, item: "::ffff:1.2.3.4/129")),
        ("1.2.3.4/8/8", .invalidPrefixLength(index: 1, item: "1.2.3.4/8/8")),
        (
            "1.2.3.4/99999999999999999999",
            .invalidPrefixLength(index: 1, item: "1.2.3.4/99999999999999999999")
        ),
    ]

    @Test func refuses() {
        for row in Self.refusals {
            #expect(throws: row.error, "\(row.item)") { try AddressCompiler.compile(["1.1.1.1", row.item]) }
        }
    }

    /// Every prefix length: first and last address inside, their neighbours outside.
    @Test func edgesOfNetworks() throws {
        for length in 1...32 {
            let hostBits = UInt32(32 - length)
            let first = (UInt32(0xC6_33_64_81) >> hostBits) << hostBits
            let last = first | UInt32((UInt64(1) << UInt64(hostBits)) - 1)
            let owned = LastingBytes(try AddressCompiler.compile(["198.51.100.129/\(length)"]))
            let program = try AddressProgram(validating: owned.view)
            #expect(program.contains(.v4(first)) && program.contains(.v4(last)))
            #expect(!program.contains(.v4(first &- 1)) && !program.contains(.v4(last &+ 1)))
        }
    }

    @Test func agreesWithNaiveSearch() throws {
        var generator = SeededGenerator(seed: 12)
        var inside = 0
        for _ in 0..<300 {
            let networks = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                (
                    UInt32.random(in: 0...0xFFFF, using: &generator),
                    UInt32.random(in: 16...32, using: &generator)
                )
            }
            let items = networks.map { "0.0.\($0.0 >> 8).\($0.0 & 255)/\($0.1)" }
            let owned = LastingBytes(try AddressCompiler.compile(items))
            let program = try AddressProgram(validating: owned.view)
            for _ in 0..<50 {
                let probe = UInt32.random(in: 0...0x1_FFFF, using: &generator)
                let want = networks.contains { (probe ^ $0.0) >> (32 - $0.1) == 0 }
                inside += want ? 1 : 0
                #expect(program.contains(.v4(probe)) == want)
            }
        }
        #expect(inside > 500)
    }

    @Test func validatesOrder() throws {
        let good = try AddressCompiler.compile(["1.2.3.4", "5.6.7.8", "::1", "::5"])
        let merged = try AddressProgram(validating: LastingBytes(good).view)
        #expect(merged.rangeCount == 4)
        for count in 0..<good.count {
            #expect(throws: ProgramError.self) {
                try AddressProgram(validating: LastingBytes(Array(good[..<count])).view)
            }
        }
        var swapped = good
        swapped.replaceSubrange(16..<32, with: good[24..<32] + good[16..<24])
        #expect(throws: ProgramError.invalidTable(offset: 16)) {
            try AddressProgram(validating: LastingBytes(swapped).view)
        }
        for offset in good.indices {
            var damaged = good
            damaged[offset] ^= 0xFF
            let owned = LastingBytes(damaged)
            if let program = try? AddressProgram(validating: owned.view) {
                _ = program.contains(.v4(1)) || program.contains(.v6(0, 1))
            }
        }
    }

    @Test(.enabled(if: ConformanceKit.isPresent)) func vectors() throws {
        let vectors = try ConformanceKit.vectors(of: "ipMatch")
        #expect(vectors.count == 2_691)
        for vector in vectors {
            let items = (vector.param ?? "").split(separator: ",").map(String.init)
            let owned = LastingBytes(try AddressCompiler.compile(items))
            let address = IPAddress(LastingBytes(vector.input).view)
            let isMember =
                try address.map { try AddressProgram(validating: owned.view).contains($0) } ?? false
            #expect(isMember == (vector.ret == 1), "\(vector)")
        }
    }
}
