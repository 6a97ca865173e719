internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("XML limits", .serialized) struct XMLLimitsTests {
    @Test func size() {
        let document = "<r>abc</r>"
        #expect(XMLOutcome.of(document, limits: XMLLimits(documentBytes: 10)).error == nil)
        #expect(
            XMLOutcome.of(document, limits: XMLLimits(documentBytes: 9)).error == .tooLarge(limitBytes: 9))
        #expect(XMLOutcome.of("", limits: XMLLimits(documentBytes: 0)) == XMLOutcome())
    }

    static func nested(_ depth: Int) -> String {
        String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }

    @Test(arguments: [0, 1, 5, 128, XMLLimits.maximumDepth]) func depth(_ limit: Int) {
        let limits = XMLLimits(depth: limit)
        if limit > 0 {
            #expect(XMLOutcome.of(Self.nested(limit), limits: limits) == XMLOutcome(rootText: ""))
        }
        #expect(XMLOutcome.of(Self.nested(limit + 1), limits: limits).error == .tooDeep(limit: limit))
    }

    @Test func depthInsideOfEntities() {
        let document = "<!DOCTYPE r [<!ENTITY e \"\(Self.nested(4))\">]><r><x>&e;</x></r>"
        #expect(XMLOutcome.of(document, limits: XMLLimits(depth: 6)).error == nil)
        #expect(XMLOutcome.of(document, limits: XMLLimits(depth: 5)).error == .tooDeep(limit: 5))
    }

    struct Nodes: Sendable {
        var document: String
        var count: Int
    }

    static let nodeRows: [Nodes] = [
        Nodes(document: "<r/>", count: 1), Nodes(document: "<r><a/><b/></r>", count: 3),
        Nodes(document: "<r a='1' b='2'/>", count: 3),
        Nodes(document: "<r xmlns='u' xmlns:p='v'/>", count: 3),
        Nodes(document: "<r><!-- c --><?p i?><![CDATA[x]]></r>", count: 4),
    ]

    @Test(arguments: nodeRows) func nodes(_ row: Nodes) {
        #expect(XMLOutcome.of(row.document, limits: XMLLimits(nodes: row.count)).error == nil)
        #expect(
            XMLOutcome.of(row.document, limits: XMLLimits(nodes: row.count - 1)).error
                == .tooManyNodes(limit: row.count - 1))
    }

    @Test func expansion() {
        // 4 bytes of text and 1 for the entity: once with its declaration, once with each reference.
        let document = "<!DOCTYPE r [<!ENTITY e \"abcd\">]><r>&e;</r>"
        #expect(XMLOutcome.of(document, limits: XMLLimits(expandedBytes: 10)).rootText == "abcd")
        #expect(
            XMLOutcome.of(document, limits: XMLLimits(expandedBytes: 9)).error
                == .expandsTooMuch(limitBytes: 9))
        let defaults = "<!DOCTYPE r [<!ATTLIST r a CDATA \"abcd\">]><r/>"
        #expect(XMLOutcome.of(defaults, limits: XMLLimits(expandedBytes: 4)).attributes == ["abcd"])
        #expect(
            XMLOutcome.of(defaults, limits: XMLLimits(expandedBytes: 3)).error
                == .expandsTooMuch(limitBytes: 3))
    }

    struct Bomb: Sendable, CustomTestStringConvertible {
        var name: String
        var document: String
        var testDescription: String { name }
    }

    static let bombs: [Bomb] = [
        Bomb(name: "billion laughs", document: laughs(levels: 10, reference: "<r>&e9;</r>")),
        Bomb(
            name: "billion laughs in an attribute", document: laughs(levels: 10, reference: "<r a=\"&e9;\"/>")
        ),
        Bomb(
            name: "billion laughs in a default attribute",
            document: laughs(levels: 10, reference: "<r/>", more: "<!ATTLIST r a CDATA \"&e9;\">")),
        Bomb(
            name: "quadratic",
            document:
                "<!DOCTYPE r [<!ENTITY e \"\(String(repeating: "x", count: 50_000))\">]>"
                + "<r>\(String(repeating: "&e;", count: 50_000))</r>"
        ),
        Bomb(
            name: "elements in an entity",
            document:
                "<!DOCTYPE r [<!ENTITY e \"\(String(repeating: "<a/>", count: 2_500))\">]>"
                + "<r>\(String(repeating: "&e;", count: 1_000))</r>"
        ),
        Bomb(
            name: "long default attribute",
            document:
                "<!DOCTYPE r [<!ATTLIST a b CDATA \"\(String(repeating: "x", count: 50_000))\">]>"
                + "<r>\(String(repeating: "<a/>", count: 10_000))</r>"
        ),
        Bomb(name: "parameter entities", document: parameterLaughs),
    ]

    static func laughs(levels: Int, reference: String, more: String = "") -> String {
        let entities = (1..<levels).map { level in
            "<!ENTITY e\(level) \"\(String(repeating: "&e\(level - 1);", count: 10))\">"
        }
        return "<!DOCTYPE r [<!ENTITY e0 \"lol\">\(entities.joined())\(more)]>\(reference)"
    }

    static var parameterLaughs: String {
        var subset = "<!ENTITY % e0 \"<!ENTITY x 'lol'>\">"
        for level in 1..<12 {
            // A reference inside an entity's value must be written so in an internal subset.
            let inner = String(repeating: "&#37;e\(level - 1);", count: 10)
            subset += "<!ENTITY % e\(level) \"\(inner)\">"
        }
        return "<!DOCTYPE r [\(subset)%e11;]><r>t</r>"
    }

    @Test(arguments: bombs) func bombsAreDefused(_ bomb: Bomb) {
        let start = ProcessUsage.threadMilliseconds()
        #expect(XMLOutcome.of(bomb.document).error == .expandsTooMuch(limitBytes: XMLLimits().expandedBytes))
        let milliseconds = ProcessUsage.threadMilliseconds() - start
        #expect(milliseconds < 2_000, "took \(milliseconds) ms")
    }

    @Test func memoryOfBombs() async {
        await #expect(processExitsWith: .success) {
            let bombs = XMLLimitsTests.bombs
            let before = ProcessUsage.peakKilobytes()
            for bomb in bombs { precondition(XMLOutcome.of(bomb.document).error != nil) }
            precondition(ProcessUsage.peakKilobytes() - before < 20_000)
        }
    }

    /// The worst that a document within the size limit holds stays within what its nodes take.
    @Test func memoryOfNodes() async {
        await #expect(processExitsWith: .success) {
            let document = Array(("<r>" + String(repeating: "<a b=''/>", count: 110_000) + "</r>").utf8)
            let before = ProcessUsage.peakKilobytes()
            precondition(XMLOutcome.of(document).error == .tooManyNodes(limit: 100_000))
            precondition(ProcessUsage.peakKilobytes() - before < 50_000)
        }
    }

    static func attributes(_ count: Int) -> String { (0..<count).map { "a\($0)='='" }.joined(separator: " ") }

    @Test func attributes() {
        let limits = XMLLimits(attributesPerElement: 3)
        #expect(
            XMLOutcome.of("<r \(Self.attributes(3))><a \(Self.attributes(3))/>a=b=c=d=e=</r>", limits: limits)
                .error == nil)
        #expect(
            XMLOutcome.of("<r \(Self.attributes(4))/>", limits: limits).error == .tooManyAttributes(limit: 3))
        let declared = (0..<4).map { "a\($0) CDATA 'x'" }
        func document(_ count: Int) -> String {
            "<!DOCTYPE r [<!ATTLIST r \(declared.prefix(count).joined(separator: " "))>]><r/>"
        }
        #expect(XMLOutcome.of(document(3), limits: limits).attributes.count == 3)
        #expect(XMLOutcome.of(document(4), limits: limits).error == .tooManyAttributes(limit: 3))
        // The count sees through UTF-16, cut anywhere.
        var wide: [UInt8] = [0xFF, 0xFE]
        for unit in "<r \(Self.attributes(4))/>".utf16 {
            wide += [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
        }
        for size in [1, 3, Int.max] {
            #expect(
                XMLOutcome.of(wide, limits: limits, pieceBytes: size).error == .tooManyAttributes(limit: 3))
            #expect(
                XMLOutcome.of(wide, limits: XMLLimits(attributesPerElement: 4), pieceBytes: size).error == nil
            )
        }
    }

    @Test func namespaces() {
        let limits = XMLLimits(namespaces: 2)
        #expect(XMLOutcome.of("<r xmlns='u'><a xmlns:p='v'/></r>", limits: limits).error == nil)
        #expect(
            XMLOutcome.of("<r xmlns='u'><a xmlns:p='v' xmlns:q='w'/></r>", limits: limits).error
                == .tooManyNamespaces(limit: 2))
    }

    @Test(arguments: ["UTF-7", "IBM037", "UTF-32", "ISO-2022-JP", "x"]) func encodings(_ name: String) {
        #expect(XMLOutcome.of("<?xml version='1.0' encoding='\(name)'?><r a='1'/>").attributes == [])
        let error = XMLOutcome.parse(Array("<?xml version='1.0' encoding='\(name)'?><r/>".utf8)).error
        #expect(error != nil)
        for front in [[0, 0, 0, 0x3C], [0x4C, 0x6F, 0xA7, 0x94], [0x3C, 0, 0, 0]] as [[UInt8]] {
            #expect(XMLOutcome.of(front + [0, 0, 0, 0]).error == .encodingRefused)
        }
    }

    /// Documents that make libxml2 work with the square of something, at the size limit.
    static let slow: [Bomb] = [
        Bomb(name: "attributes of one tag", document: "<r \(attributes(90_000))/>"),
        Bomb(
            name: "as many attributes as are allowed",
            document: "<r>" + String(repeating: "<a \(attributes(256))/>", count: 450) + "</r>"),
        Bomb(
            name: "declared attributes",
            document:
                "<!DOCTYPE r [<!ATTLIST r "
                + "\((0..<60_000).map { "a\($0) CDATA 'x'" }.joined(separator: " "))>]><r/>"
        ),
        Bomb(
            name: "prefixes",
            document: "<r \((0..<255).map { "xmlns:n\($0)='u\($0)'" }.joined(separator: " "))>"
                + String(repeating: "<z:a/>", count: 99_000) + "</r>"),
        Bomb(
            name: "entity declarations",
            document: "<!DOCTYPE r [\((0..<50_000).map { "<!ENTITY e\($0) ''>" }.joined())]><r/>"),
        Bomb(name: "nesting", document: nested(100_000)),
        Bomb(name: "one long text", document: "<r>\(String(repeating: "x &amp; y ", count: 100_000))</r>"),
        Bomb(name: "one long comment", document: "<r><!--\(String(repeating: "- ", count: 500_000))--></r>"),
        Bomb(name: "open tags", document: String(repeating: "<a ", count: 300_000)),
        Bomb(name: "references to nothing", document: "<r>\(String(repeating: "&n;", count: 300_000))</r>"),
    ]

    @Test(arguments: slow) func nothingIsQuadratic(_ bomb: Bomb) {
        let start = ProcessUsage.threadMilliseconds()
        _ = XMLOutcome.of(bomb.document)
        let milliseconds = ProcessUsage.threadMilliseconds() - start
        print("\(bomb.name): \(milliseconds) ms")
        #expect(milliseconds < 2_000, "took \(milliseconds) ms")
    }
}
