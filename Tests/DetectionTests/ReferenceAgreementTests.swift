internal import Bytes
import Testing

@testable import Detection

@Suite("Agreement with the reference library", .enabled(if: ConformanceKit.isPresent))
struct ReferenceAgreementTests {
    @Test func payloads() throws {
        let rows = try ReferenceVerdict.load()
        #expect(rows.count == 3617)
        var sqlAgreed = 0
        var scriptAgreed = 0
        var sameFingerprints = 0
        var bothInjections = 0
        var harmless = (count: 0, reported: 0, reportedByReference: 0)
        var freed = 0
        for row in rows {
            withView(row.input) { view in
                let fingerprint = Readings.fingerprint(view)
                let isScript = CrossSiteScriptingDetector.detect(view) != nil
                if isScript == row.isCrossSiteScripting { scriptAgreed += 1 }
                if fingerprint.isEmpty == !row.isSQLInjection { sqlAgreed += 1 }
                if row.isSQLInjection, !fingerprint.isEmpty {
                    bothInjections += 1
                    if fingerprint == row.fingerprint { sameFingerprints += 1 }
                }
                if row.isHarmless {
                    harmless.count += 1
                    if !fingerprint.isEmpty || isScript { harmless.reported += 1 }
                    if row.isSQLInjection { harmless.reportedByReference += 1 }
                    if row.isSQLInjection, fingerprint.isEmpty { freed += 1 }
                }
            }
        }
        print(
            "libinjection payloads: \(rows.count), SQL agreed \(sqlAgreed) (\(freed) more are false "
                + "positives avoided), script verdicts agreed \(scriptAgreed), fingerprints equal "
                + "\(sameFingerprints)/\(bothInjections), harmless reported "
                + "\(harmless.reported)/\(harmless.count) (reference \(harmless.reportedByReference))")
        #expect(Double(sqlAgreed + freed) / Double(rows.count) >= 0.999)
        #expect(Double(scriptAgreed) / Double(rows.count) >= 0.999)
        #expect(Double(sameFingerprints) / Double(bothInjections) >= 0.995)
        #expect(harmless.count == 312 && harmless.reported <= 7)
    }

    @Test func tokenVectors() throws {
        let vectors = try UnitVector.load("test-tokens")
        #expect(vectors.count == 196)
        for vector in vectors {
            let letters = vector.expected.map { String($0.prefix(1)) }.joined()
            #expect(withView(vector.input) { Readings.tokens($0) } == letters, "\(vector.name)")
        }
    }

    @Test func foldingVectors() throws {
        let vectors = try UnitVector.load("test-folding")
        #expect(vectors.count == 83)
        for vector in vectors {
            let letters = vector.expected.map { String($0.prefix(1)) }.joined()
            #expect(withView(vector.input) { Readings.folded($0) } == letters, "\(vector.name)")
        }
    }

    @Test func detectionVectors() throws {
        let vectors = try UnitVector.load("test-sqli")
        #expect(vectors.count == 33)
        for vector in vectors {
            #expect(
                withView(vector.input) { Readings.fingerprint($0) } == vector.expected.first ?? "",
                "\(vector.name)")
        }
    }

    @Test func markupVectors() throws {
        let names: [HTMLTokenType: String] = [
            .text: "DATA_TEXT", .tagName: "TAG_NAME_OPEN", .tagEnd: "TAG_NAME_CLOSE",
            .selfClosingEnd: "TAG_NAME_SELFCLOSE", .closingTag: "TAG_CLOSE", .attributeName: "ATTR_NAME",
            .attributeValue: "ATTR_VALUE", .comment: "TAG_COMMENT", .documentType: "DOCTYPE",
        ]
        let vectors = try UnitVector.load("test-html5")
        #expect(vectors.count == 45)
        for vector in vectors {
            let tokens = withView(vector.input) { view in
                var tokenizer = HTMLTokenizer(view, context: .text)
                var tokens: [String] = []
                while let token = tokenizer.next() {
                    let text = view[token.start..<token.end]
                    tokens.append("\(names[token.type] ?? ""),\(text.count),\(text.string)")
                }
                return tokens
            }
            #expect(tokens == vector.expected, "\(vector.name)")
        }
    }
}
