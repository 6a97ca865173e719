internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("Multipart: random bodies") struct MultipartFuzzTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func roundTrip(_ seed: UInt64) {
        var random = FixedRandom(state: seed)
        for _ in 0..<300 {
            var body: [UInt8] = []
            var contents: [[UInt8]] = []
            for index in 0..<random.below(6) {
                // Random bytes hold line ends and dashes, but hardly ever the boundary.
                let content = (0..<random.below(200)).map { _ in Array("\r\n-ab\u{0}".utf8)[random.below(6)] }
                contents.append(content)
                body +=
                    Array("--B0UND\r\nContent-Disposition: form-data; name=\"n\(index)\"\r\n\r\n".utf8)
                    + content + [13, 10]
            }
            body += Array("--B0UND--\r\n".utf8)
            let outcome = FormOutcome.of(body, contentType: "multipart/form-data; boundary=B0UND")
            #expect(outcome.error == nil)
            #expect(
                outcome.parts
                    == contents.enumerated().map {
                        "n\($0.offset)=\(String(decoding: $0.element, as: UTF8.self))"
                    })
        }
    }

    @Test(arguments: [5, 6, 7, 8] as [UInt64]) func damaged(_ seed: UInt64) {
        var random = FixedRandom(state: seed)
        let rows = MultipartParserTests.rows.map { Array($0.body.utf8) }.filter { !$0.isEmpty }
        for _ in 0..<5_000 {
            var body = rows[random.below(rows.count)]
            for _ in 0...random.below(3) where !body.isEmpty {
                let place = random.below(body.count)
                switch random.below(3) {
                case 0: body[place] = UInt8.random(in: 0...255, using: &random)
                case 1: body.remove(at: place)
                default: body.insert(Array("\r\n-B:;=\"' \\".utf8)[random.below(11)], at: place)
                }
            }
            // Views outside of the body trap.
            let outcome = FormOutcome.of(body)
            #expect(!outcome.parts.contains("not in place"))
        }
    }
}
