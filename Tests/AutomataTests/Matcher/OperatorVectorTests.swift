// ModSecurity's unit vectors of @rx.

import Automata
import Bytes
import Testing

@Suite("Vectors of @rx", .enabled(if: ConformanceKit.isPresent)) struct OperatorVectorTests {
    @Test func vectors() throws {
        let vectors = try ConformanceKit.vectors(of: "rx")
        #expect(vectors.count == 17)
        let matcher = PatternMatcher()
        var (withGroups, irregular) = (0, 0)
        for vector in vectors {
            let compiled: CompiledPattern
            do {
                compiled = try CompiledPattern(vector.param ?? "")
            } catch PatternError.notRegular(_, let construct) {
                print("left to PCRE2: \(vector.param ?? "") (\(construct))")
                irregular += 1
                continue
            }
            let subject = LastingBytes(vector.input)
            let (agrees, groups) = matcher.groups(compiled, subject)
            #expect(agrees)
            #expect((groups != nil) == (vector.ret == 1), "\(vector)")
            if let wanted = vector.re_groups {
                withGroups += 1
                let texts = (groups ?? []).map { $0.map { subject.view[$0].string } ?? "" }
                #expect(texts == wanted)
            }
        }
        // One of the ten with groups has a lookahead.
        #expect(withGroups == 9)
        #expect(irregular == 2)
    }
}
