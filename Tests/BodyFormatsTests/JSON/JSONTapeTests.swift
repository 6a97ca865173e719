// A JSON document as a tree.

import BodyFormats
import Bytes
import Testing

@Suite("JSON as a list of values") struct JSONTapeTests {
    static func tape(_ text: String, limits: JSONLimits = JSONLimits()) -> Result<[String], JSONError> {
        let bytes = ByteText(text)
        let arena = Arena()
        return withExtendedLifetime((bytes, arena)) {
            var tape = JSONTape()
            do throws(JSONError) {
                try tape.read(bytes.view, limits: limits, arena: arena)
            } catch {
                return .failure(error)
            }
            return .success(
                tape.nodes.map { "\($0.kind) \($0.key.string)=\($0.text.string) n\($0.count) e\($0.end) @\($0.offset)" })
        }
    }

    @Test func aTree() {
        let got = Self.tape("{\"a\": [1, {}], \"b\\u0031\": null}")
        #expect(
            got
                == .success([
                    "object = n2 e5 @0", "array a= n2 e4 @1", "number =1 n0 e3 @7", "object = n0 e4 @10",
                    "null b1= n0 e5 @15",
                ]))
    }

    @Test func nothingAndScalars() {
        #expect(Self.tape("") == .success([]))
        #expect(Self.tape("\"x\"") == .success(["string =x n0 e1 @1"]))
        #expect(Self.tape("[1") == .failure(.unexpectedEnd(offset: 2)))
    }

    @Test("containers count as values, too: at the limit and one past it") func manyContainers() {
        var limits = JSONLimits()
        limits.values = 4
        if case .failure = Self.tape("[[],[],[]]", limits: limits) { Issue.record("refused at the limit") }
        #expect(Self.tape("[[],[],[],[]]", limits: limits) == .failure(.tooManyValues(limit: 4, offset: 10)))
    }

    @Test func theLastOfEqualKeysIsFound() throws {
        let bytes = ByteText("{\"k\":1,\"k\":2}")
        let arena = Arena()
        var tape = JSONTape()
        try tape.read(bytes.view, limits: JSONLimits(), arena: arena)
        let (found, missing) = (tape.member("k", of: 0), tape.member("x", of: 0))
        #expect(found == 2)
        #expect(missing == nil)
        withExtendedLifetime((bytes, arena)) {}
    }
}
