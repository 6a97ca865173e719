// RE2, whose answers take linear time too, as a second judge of the matcher.

import Automata
import Bytes
import CTestOracles

/// One pattern in RE2, over bytes.
@safe final class RE2Oracle {
    private let pattern: OpaquePointer
    let groupCount: Int
    /// RE2's `\s` is Perl's of old, without VT (0x0B).
    let namesSpaces: Bool

    /// nil when the pattern is not in RE2's syntax.
    init?(_ pattern: [UInt8]) {
        guard let compiled = unsafe wafd_re2_compile(pattern, pattern.count) else { return nil }
        unsafe self.pattern = compiled
        groupCount = unsafe Int(wafd_re2_group_count(compiled))
        let spaces = pattern.indices.dropLast().filter { index in
            pattern[index] == UInt8(ascii: "\\") && pattern[index + 1] | 0x20 == UInt8(ascii: "s")
        }
        namesSpaces = !spaces.isEmpty
    }

    deinit { unsafe wafd_re2_free(pattern) }

    /// Whether what RE2 says of the subject has to be what PCRE2 says.
    func isJudge(of subject: LastingBytes) -> Bool {
        !namesSpaces || !subject.view.array.contains(0x0B)
    }

    func matches(_ subject: LastingBytes) -> Bool {
        unsafe subject.view.withUnsafeBytes { bytes in
            unsafe wafd_re2_match(pattern, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, nil)
                == 1
        }
    }

    /// The match and its groups, at most `WAFD_RE2_GROUPS` in all; nil when there is no match.
    func groups(_ subject: LastingBytes) -> Groups? {
        let most = Int(WAFD_RE2_GROUPS)
        var bounds = [Int](repeating: -1, count: 2 * most)
        let isMatch = unsafe subject.view.withUnsafeBytes { bytes in
            unsafe wafd_re2_match(
                pattern, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &bounds)
        }
        guard isMatch == 1 else { return nil }
        var groups: Groups = []
        for group in 0...min(groupCount, most - 1) {
            let (lower, upper) = (bounds[2 * group], bounds[2 * group + 1])
            groups.append(lower < 0 ? nil : lower..<upper)
        }
        return groups
    }
}
