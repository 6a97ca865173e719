internal import Bytes
internal import Testing

@Suite("Views of bytes") struct ByteViewTests {
    @Test func emptyViews() {
        #expect(ByteView.empty.isEmpty && ByteView.empty.count == 0)
        #expect(ByteView.empty == ByteView(""))
        #expect(ByteView.empty.array == [] && ByteView.empty.string == "")
        #expect(ByteView.empty.firstIndex(of: 0) == nil && ByteView.empty.lastIndex(of: 0) == nil)
        #expect(unsafe ByteView(unowned: UnsafeRawBufferPointer(start: nil, count: 0)).count == 0)
    }

    @Test func slices() {
        let view = ByteView("abcdef")
        #expect(view[1..<3].equals("bc") && view[2...].equals("cdef") && view[..<2].equals("ab"))
        #expect(view[6...].isEmpty && view[0..<6] == view)
        #expect(view[1...].isIdentical(to: view[1...]) && !view[1...].isIdentical(to: view[2...]))
        #expect(view.indices == 0..<6 && view[5] == 0x66)
    }

    /// Loads are little endian at any address.
    @Test(arguments: 0..<8) func loads(offset: Int) {
        let bytes = (0..<16).map { UInt8($0 * 17) }
        withView(bytes) { view in
            #expect(view.loadUInt16(at: offset) == UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8)
            let four = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << UInt32($1 * 8) }
            #expect(view.loadUInt32(at: offset) == four)
            let eight = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[offset + $1]) << UInt64($1 * 8) }
            #expect(view.loadUInt64(at: offset) == eight)
        }
    }

    @Test func accessPastTheEndTraps() async {
        await #expect(processExitsWith: .failure) { _ = ByteView("ab")[2] }
        await #expect(processExitsWith: .failure) { _ = ByteView("ab")[-1] }
        await #expect(processExitsWith: .failure) { _ = ByteView("ab")[1..<3] }
        await #expect(processExitsWith: .failure) { _ = ByteView("abc").loadUInt32(at: 0) }
        await #expect(processExitsWith: .failure) { _ = ByteView("abcdefgh").loadUInt64(at: Int.max) }
        await #expect(processExitsWith: .failure) { _ = ByteView("ab").firstIndex(of: 0, from: 3) }
    }

    @Test func comparing() {
        #expect(ByteView("abc") == ByteView("abc") && ByteView("abc") != ByteView("abd"))
        #expect(ByteView("abc") != ByteView("ab"))
        #expect(ByteView("abc").hasPrefix(ByteView("ab")) && !ByteView("ab").hasPrefix(ByteView("abc")))
        #expect(ByteView("abc").hasSuffix(ByteView("bc")) && !ByteView("bc").hasSuffix(ByteView("abc")))
        #expect(ByteView("abc").hasPrefix(.empty) && ByteView("abc").hasSuffix(.empty))
        #expect(
            ByteView("AbC[").equalsIgnoringASCIICase("aBc[") && !ByteView("[").equalsIgnoringASCIICase("{"))
        #expect(!ByteView("@").equalsIgnoringASCIICase("`"))
        #expect(ByteView("Host").caseInsensitiveHash == ByteView("hOST").caseInsensitiveHash)
        #expect(ByteView("Host").caseInsensitiveHash != ByteView("Hos").caseInsensitiveHash)
    }

    @Test func searching() {
        let view = ByteView("one, two, three")
        #expect(view.firstIndex(of: 0x2C) == 3 && view.firstIndex(of: 0x2C, from: 4) == 8)
        #expect(view.firstIndex(of: 0x2C, from: 15) == nil && view.lastIndex(of: 0x2C) == 8)
        #expect(view.firstRange(of: ByteView("two")) == 5..<8)
        #expect(view.firstRange(of: ByteView("two"), from: 6) == nil)
        #expect(view.firstRange(of: .empty, from: 2) == 2..<2)
        #expect(view.contains(0x74) && !view.contains(0x7A))
    }

    @Test func trimmingAndCopies() {
        #expect(ByteView(" \t a b \t").trimming(while: ASCII.isBlank).equals("a b"))
        #expect(ByteView("   ").trimming(while: ASCII.isBlank).isEmpty)
        #expect(ByteView("a").trimming(while: ASCII.isBlank).equals("a"))
        #expect(ByteView("gr\u{fc}n").string == "gr\u{fc}n")
        withView([0x61, 0xFF]) { #expect($0.string == "a\u{FFFD}") }
        var sum = 0
        let view = ByteView("abc")
        let span = view.span
        for index in span.indices { sum += Int(span[index]) }
        #expect(sum == 0x61 + 0x62 + 0x63 && span.count == 3)
    }
}
