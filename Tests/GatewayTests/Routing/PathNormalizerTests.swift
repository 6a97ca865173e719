import Bytes
import Testing

import Gateway

@Suite("Paths for matching: decoding, slashes, dot segments")
struct PathNormalizerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var path: String
        var want: String?
        var testDescription: String { path }
    }

    static let rows: [Row] = [
        Row(path: "/", want: "/"),
        Row(path: "", want: "/"),
        Row(path: "/a/b.html", want: "/a/b.html"),
        Row(path: "*", want: nil),
        Row(path: "a/b", want: nil),
        Row(path: "//", want: "/"),
        Row(path: "///a////b//", want: "/a/b/"),
        Row(path: "/./", want: "/"),
        Row(path: "/.", want: "/"),
        Row(path: "/a/.", want: "/a/"),
        Row(path: "/a/./b", want: "/a/b"),
        Row(path: "/a/..", want: "/"),
        Row(path: "/a/../", want: "/"),
        Row(path: "/a/b/../c", want: "/a/c"),
        Row(path: "/a/b/..", want: "/a/"),
        Row(path: "/a/b/c/../../d", want: "/a/d"),
        Row(path: "/..", want: nil),
        Row(path: "/../", want: nil),
        Row(path: "/a/../..", want: nil),
        Row(path: "/a/../../b", want: nil),
        Row(path: "/a//../b", want: "/b"),
        Row(path: "/...", want: "/..."),
        Row(path: "/a/.../b", want: "/a/.../b"),
        Row(path: "/a/..b", want: "/a/..b"),
        Row(path: "/a/.b", want: "/a/.b"),
        Row(path: "/a./b", want: "/a./b"),
        Row(path: "/a../b", want: "/a../b"),
        Row(path: "/.well-known/x", want: "/.well-known/x"),
        Row(path: "/%61%62", want: "/ab"),
        Row(path: "/%2e%2E/", want: nil),
        Row(path: "/a/%2e%2e/b", want: "/b"),
        Row(path: "/a/.%2e/b", want: "/b"),
        Row(path: "/a%2fb", want: "/a/b"),
        Row(path: "/a/%2Fb", want: "/a/b"),
        Row(path: "/a%2f..%2fb", want: "/b"),
        Row(path: "/%2561", want: "/%61"),
        Row(path: "/%252e%252e/", want: "/%2e%2e/"),
        Row(path: "/a%3Fb", want: "/a?b"),
        Row(path: "/a%23b", want: "/a#b"),
        Row(path: "/a%25", want: "/a%"),
        Row(path: "/a%20b", want: "/a b"),
        Row(path: "/a+b", want: "/a+b"),
        Row(path: "/%C3%A9", want: "/é"),
        Row(path: "/a%00b", want: nil),
        Row(path: "/a%", want: nil),
        Row(path: "/a%2", want: nil),
        Row(path: "/a%2g", want: nil),
        Row(path: "/a%g2", want: nil),
        Row(path: "/a?b=/../..", want: "/a"),
        Row(path: "/a/..?x", want: "/"),
        Row(path: "/a#frag", want: "/a"),
        Row(path: "/a/.#frag", want: "/a/"),
        Row(path: "/a\\..\\b", want: "/a\\..\\b"),
        Row(path: "/a;x=1/../b", want: "/b"),
        Row(path: "/a/%2e", want: "/a/"),
        Row(path: "/a/b/%2e.", want: "/a/"),
    ]

    static func normalize(_ path: String) -> String? {
        var buffer = ByteBuffer()
        buffer.append(path)
        var scratch = ByteBuffer()
        return PathNormalizer.normalize(buffer.view, scratch: &scratch)?.string
    }

    @Test(arguments: rows) func normalized(_ row: Row) { #expect(Self.normalize(row.path) == row.want) }

    /// What is normal stays in place, byte for byte.
    @Test func aNormalPathIsNotCopied() {
        var buffer = ByteBuffer()
        buffer.append("/a/b.c/d-e_f")
        var scratch = ByteBuffer()
        let path = PathNormalizer.normalize(buffer.view, scratch: &scratch)
        #expect(path?.isIdentical(to: buffer.view) == true)
        let written = scratch.count
        #expect(written == 0)
    }

    @Test func aNULIsRefused() { #expect(Self.normalize("/a\0b") == nil) }

    /// Over all short paths of the characters that mean something: the fast path gives what the
    /// slow one gives, and agrees with a plain reference.
    @Test func allShortPathsAgreeWithAPlainReference() {
        var count = 0
        func visit(_ path: String, _ depth: Int) {
            #expect(Self.normalize(path) == Self.reference(path), "\(path)")
            count += 1
            if depth > 0 { for next in ["/", ".", "a", "%2e", "%2f"] { visit(path + next, depth - 1) } }
        }
        visit("/", 6)
        #expect(count == 19_531)
    }

    private static func reference(_ path: String) -> String? {
        var decoded = path
        for (from, to) in [("%2e", "."), ("%2f", "/")] {
            decoded = decoded.split(separator: from, omittingEmptySubsequences: false).joined(separator: to)
        }
        let segments = decoded.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        var kept: [Substring] = []
        var isFolder = false
        for segment in segments {
            isFolder = segment.isEmpty || segment == "." || segment == ".."
            if segment == ".." {
                guard !kept.isEmpty else { return nil }
                kept.removeLast()
            } else if !isFolder {
                kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/") + (isFolder && !kept.isEmpty ? "/" : "")
    }

    @Test func encodingWhatWasDecodedGivesAPathThatDecodesToTheSame() {
        var every = ByteBuffer()
        every.append(UInt8(ascii: "/"))
        for byte: UInt8 in 1...255 where byte != UInt8(ascii: "/") && byte != UInt8(ascii: ".") {
            every.append(byte)
        }
        var encoded = ByteBuffer()
        PathEncoder.append(every.view, to: &encoded)
        var scratch = ByteBuffer()
        let decoded = PathNormalizer.normalize(encoded.view, scratch: &scratch)
        #expect(decoded == every.view)
        #expect(encoded.view.indices.allSatisfy { encoded.view[$0] > 0x20 && encoded.view[$0] < 0x7F })
        #expect(encoded.view.firstIndex(of: UInt8(ascii: "?")) == nil)
    }
}
