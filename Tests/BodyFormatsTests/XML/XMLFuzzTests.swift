internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("XML: damaged documents") struct XMLFuzzTests {
    static let limits = XMLLimits(
        documentBytes: 4_096, depth: 20, nodes: 200, attributesPerElement: 20, namespaces: 5,
        expandedBytes: 512)

    /// Never a trap; and where the whole is well formed, so is what came in pieces.
    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func damaged(_ seed: UInt64) {
        var random = FixedRandom(state: seed)
        let documents =
            XMLParserTests.rows.map { Array($0.document.utf8) }.filter { !$0.isEmpty }
            + [Array(XMLLimitsTests.laughs(levels: 4, reference: "<r a='&e3;'>&e3;</r>").utf8)]
        var wellFormed = 0
        for _ in 0..<2_500 {
            var document = documents[random.below(documents.count)]
            for _ in 0...random.below(3) where !document.isEmpty {
                let place = random.below(document.count)
                switch random.below(4) {
                case 0: document[place] = UInt8.random(in: 0...255, using: &random)
                case 1: document.remove(at: place)
                case 2: document.insert(Array("<>&;'\"=!?[]-%/ \n".utf8)[random.below(16)], at: place)
                default: document.insert(contentsOf: document[..<random.below(document.count)], at: place)
                }
            }
            let whole = XMLOutcome.of(document, limits: Self.limits)
            let pieces = XMLOutcome.of(document, limits: Self.limits, pieceBytes: 1 + random.below(20))
            if whole.error == nil, !whole.isMalformed {
                wellFormed += 1
                // libxml2 may take a cut internal subset for malformed, nothing else.
                let hasSubset = String(decoding: document, as: UTF8.self).contains("<!DOCTYPE")
                #expect(pieces == whole || (hasSubset && pieces.isMalformed))
            } else {
                #expect(pieces.error != nil || pieces.isMalformed)
            }
        }
        #expect(wellFormed > 100)
    }
}
