internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("JSON limits") struct JSONLimitsTests {
    @Test func depth() {
        let limits = JSONLimits(depth: 3)
        #expect(
            JSONOutcome.of("[[[1]]]", limits: limits)
                == JSONOutcome(values: ["json.array_0.array_0.array_0=1"]))
        #expect(JSONOutcome.of("[[[[1]]]]", limits: limits).error == .tooDeep(limit: 3, offset: 3))
        #expect(
            JSONOutcome.of("{\"a\":{\"b\":{\"c\":[]}}}", limits: limits).error
                == .tooDeep(limit: 3, offset: 15))
        // Closed containers do not count.
        #expect(JSONOutcome.of("[[[]],[[]],[[1]]]", limits: limits).error == nil)
        #expect(JSONOutcome.of("1", limits: JSONLimits(depth: 0)).values == ["json=1"])
        #expect(JSONOutcome.of("[]", limits: JSONLimits(depth: 0)).error == .tooDeep(limit: 0, offset: 0))
    }

    /// Deep nesting takes no stack and no more memory than the limit allows.
    @Test func hugeDepthIsRefused() {
        let document = [UInt8](repeating: 0x5B, count: 5_000_000)
        #expect(JSONOutcome.of(document).error == .tooDeep(limit: 512, offset: 512))
        let wide = JSONLimits(depth: .max, pathBytes: .max)
        let nested = [UInt8](repeating: 0x5B, count: 100_000) + [UInt8](repeating: 0x5D, count: 100_000)
        #expect(JSONOutcome.of(nested, limits: wide) == JSONOutcome())
    }

    @Test func values() {
        let limits = JSONLimits(values: 2)
        #expect(JSONOutcome.of("[1,2]", limits: limits).error == nil)
        #expect(
            JSONOutcome.of("[1,2,3]", limits: limits)
                == JSONOutcome(
                    values: ["json.array_0=1", "json.array_1=2"], error: .tooManyValues(limit: 2, offset: 5)))
        #expect(JSONOutcome.of("[[],{},[]]", limits: JSONLimits(values: 0)).error == nil)
    }

    @Test func keys() {
        let limits = JSONLimits(keyBytes: 4)
        #expect(JSONOutcome.of("{\"abcd\":1}", limits: limits).values == ["json.abcd=1"])
        #expect(
            JSONOutcome.of("{\"abcde\":1}", limits: limits).error == .keyTooLong(limitBytes: 4, offset: 1))
        // Decoded bytes count.
        #expect(JSONOutcome.of("{\"\\u0061bcd\":1}", limits: limits).values == ["json.abcd=1"])
    }

    @Test func paths() {
        let limits = JSONLimits(pathBytes: 10)
        #expect(JSONOutcome.of("{\"abcde\":1}", limits: limits).values == ["json.abcde=1"])
        #expect(
            JSONOutcome.of("{\"abcdef\":1}", limits: limits).error == .pathTooLong(limitBytes: 10, offset: 1))
        #expect(JSONOutcome.of("{\"abc\":{\"d\":1}}", limits: limits).values == ["json.abc.d=1"])
        #expect(
            JSONOutcome.of("{\"abc\":{\"de\":1}}", limits: limits).error
                == .pathTooLong(limitBytes: 10, offset: 8))
        #expect(JSONOutcome.of("[1]", limits: JSONLimits(pathBytes: 12)).values == ["json.array_0=1"])
        #expect(
            JSONOutcome.of("[1]", limits: JSONLimits(pathBytes: 11)).error
                == .pathTooLong(limitBytes: 11, offset: 1))
    }

    @Test func names() {
        #expect(JSONOutcome.of("[1,2]", limits: JSONLimits(namedBytes: 24)).error == nil)
        #expect(
            JSONOutcome.of("[1,2]", limits: JSONLimits(namedBytes: 23))
                == JSONOutcome(values: ["json.array_0=1"], error: .namesTooLong(limitBytes: 23, offset: 3)))
        // A long key around many elements would be named anew with each of them.
        let key = String(repeating: "k", count: 8_000)
        let elements = Array(repeating: "1", count: 50_000).joined(separator: ",")
        let outcome = JSONOutcome.of("{\"\(key)\":[\(elements)]}")
        #expect(outcome.values.count < 2_200)
        guard case .namesTooLong(let limit, _)? = outcome.error else {
            Issue.record("\(String(describing: outcome.error))")
            return
        }
        #expect(limit == JSONLimits().namedBytes)
    }

    @Test func maximumLimits() {
        let limits = JSONLimits(depth: .max, values: .max, keyBytes: .max, pathBytes: .max, namedBytes: .max)
        #expect(JSONOutcome.of("{\"a\":[1]}", limits: limits).values == ["json.a.array_0=1"])
    }
}
