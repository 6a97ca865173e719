// PCRE2 with the flags rules are written for, as the judge of the matcher.

import Automata
import Bytes
import CPCRE2

/// One pattern in PCRE2, compiled to machine code.
@safe final class PCRE2Oracle {
    private let code: OpaquePointer
    private let matchData: OpaquePointer
    private let context: OpaquePointer
    private let stack: OpaquePointer?

    /// nil when PCRE2 refuses the pattern.
    ///
    /// - Parameter steps: How often a search may backtrack.
    init?(_ pattern: [UInt8], options: PatternOptions = .init(), steps: UInt32 = 200_000_000) {
        var flags: UInt32 = 0
        if options.dotMatchesAll { flags |= UInt32(PCRE2_DOTALL) }
        if options.dollarIsEndOnly { flags |= UInt32(PCRE2_DOLLAR_ENDONLY) }
        if options.isMultiline { flags |= UInt32(PCRE2_MULTILINE) }
        if options.isCaseless { flags |= UInt32(PCRE2_CASELESS) }
        if options.isExtended { flags |= UInt32(PCRE2_EXTENDED) }
        var errorCode: Int32 = 0
        var offset = 0
        guard
            let code = unsafe pcre2_compile_8(pattern, pattern.count, flags, &errorCode, &offset, nil)
        else { return nil }
        unsafe self.code = code
        unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
        unsafe matchData = pcre2_match_data_create_from_pattern_8(code, nil)
        unsafe context = pcre2_match_context_create_8(nil)
        unsafe stack = pcre2_jit_stack_create_8(32 << 10, 4 << 20, nil)
        if let stack = unsafe stack {
            unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
        }
        unsafe pcre2_set_match_limit_8(context, steps)
        unsafe pcre2_set_depth_limit_8(context, 200_000_000)
        unsafe pcre2_set_heap_limit_8(context, 1 << 20)
    }

    deinit {
        unsafe pcre2_jit_stack_free_8(stack)
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_match_data_free_8(matchData)
        unsafe pcre2_code_free_8(code)
    }

    enum Verdict: Equatable {
        case noMatch
        case match
        /// A limit was hit: PCRE2 does not know.
        case unknown(Int32)
    }

    func match(_ subject: LastingBytes) -> Verdict {
        let count = unsafe subject.view.withUnsafeBytes { bytes in
            unsafe pcre2_match_8(
                code, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, 0, 0, matchData,
                context)
        }
        return count > 0 ? .match : count == PCRE2_ERROR_NOMATCH ? .noMatch : .unknown(count)
    }

    /// The groups of the last match.
    var groups: Groups {
        let count = unsafe Int(pcre2_get_ovector_count_8(matchData))
        let offsets = unsafe pcre2_get_ovector_pointer_8(matchData)!
        return (0..<count).map { group in
            let lower = unsafe offsets[2 * group]
            let upper = unsafe offsets[2 * group + 1]
            return lower == Int.max || lower < 0 || upper < lower ? nil : lower..<upper
        }
    }
}
