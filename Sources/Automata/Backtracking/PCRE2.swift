// The one file that calls PCRE2: compiling and matching under limits.

package import Bytes
internal import CPCRE2

/// A pattern compiled by PCRE2. Immutable: any thread may match with it.
@safe package final class BacktrackingPattern: @unchecked Sendable {
    /// Invariant: living code, freed by self alone, unchanged after the initialiser.
    fileprivate let code: OpaquePointer
    fileprivate let hasMachineCode: Bool
    /// Capturing groups, the whole match not counted.
    package let groupCount: Int

    /// - Parameter pattern: Bytes, never UTF-8 (`(*UTF)` is refused).
    /// - Parameter isLasting: Whether machine code pays. Where the process may not make any, the
    ///   interpreter runs instead.
    package init(
        _ pattern: ByteView, options: PatternOptions = .init(), isLasting: Bool = true
    ) throws(BacktrackingError) {
        var flags = UInt32(PCRE2_NEVER_UTF) | UInt32(PCRE2_NEVER_UCP)
        if options.isCaseless { flags |= UInt32(PCRE2_CASELESS) }
        if options.isMultiline { flags |= UInt32(PCRE2_MULTILINE) }
        if options.dotMatchesAll { flags |= UInt32(PCRE2_DOTALL) }
        if options.dollarIsEndOnly { flags |= UInt32(PCRE2_DOLLAR_ENDONLY) }
        if options.isExtended { flags |= UInt32(PCRE2_EXTENDED) }
        var error: CInt = 0
        var offset = 0
        // SAFETY: the view is readable for its count; PCRE2 keeps nothing of it.
        let code = unsafe pattern.withUnsafeBytes { bytes in
            unsafe pcre2_compile_8(
                bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, flags, &error, &offset, nil)
        }
        guard let code = unsafe code else {
            throw BacktrackingError(offset: min(offset, pattern.count), reason: Self.message(error))
        }
        unsafe self.code = code
        hasMachineCode = unsafe isLasting && pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) == 0
        var groups: UInt32 = 0
        // SAFETY: this item is a 32-bit number.
        unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
        groupCount = Int(groups)
    }

    /// - Parameter bytes: Exactly one program, as `BacktrackingFormat` lays it out.
    package convenience init(validating bytes: ByteView) throws(ProgramError) {
        guard bytes.count >= BacktrackingFormat.headerBytes else {
            throw .wrongSize(found: bytes.count, expected: BacktrackingFormat.headerBytes)
        }
        let (magic, version) = (bytes.loadUInt32(at: 0), bytes.loadUInt32(at: 4))
        guard magic == BacktrackingFormat.magic else { throw .wrongMagic(magic) }
        guard version == BacktrackingFormat.version else { throw .wrongVersion(version) }
        guard let options = BacktrackingFormat.options(ofBits: bytes.loadUInt32(at: 8)) else {
            throw .invalidHeader
        }
        do throws(BacktrackingError) {
            try self.init(bytes[BacktrackingFormat.headerBytes...], options: options)
        } catch {
            throw .invalidInstruction(index: error.offset)
        }
    }

    deinit { unsafe pcre2_code_free_8(code) }

    private static func message(_ error: CInt) -> String {
        var text = [UInt8](repeating: 0, count: 256)
        // SAFETY: PCRE2 writes at most `count` bytes, a NUL among them.
        let length = unsafe text.withUnsafeMutableBufferPointer {
            unsafe pcre2_get_error_message_8(error, $0.baseAddress, $0.count)
        }
        return String(decoding: text.prefix(max(0, Int(length))), as: UTF8.self)
    }
}

/// What PCRE2 matches with. One a worker; not for use by two threads at once.
@safe package final class BacktrackingMatcher {
    package enum Outcome: Equatable, Sendable {
        case noMatch
        case match
        /// Nobody knows: the value is too long or the search took too much.
        case limitExceeded
    }

    private let limits: BacktrackingLimits
    /// Invariants: living objects, freed by self alone.
    private let matchData: OpaquePointer
    private let context: OpaquePointer
    private let stack: OpaquePointer?

    package init(limits: BacktrackingLimits = BacktrackingLimits()) {
        self.limits = limits
        guard let matchData = unsafe pcre2_match_data_create_8(BacktrackingLimits.groups, nil),
            let context = unsafe pcre2_match_context_create_8(nil)
        else { preconditionFailure("out of memory") }
        unsafe self.matchData = matchData
        unsafe self.context = context
        // Where the process may not make machine code there is no need of a stack for it either.
        unsafe stack = pcre2_jit_stack_create_8(32 << 10, BacktrackingLimits.stackBytes, nil)
        if let stack = unsafe stack {
            unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
        }
        unsafe pcre2_set_heap_limit_8(context, limits.heapKilobytes)
    }

    deinit {
        unsafe pcre2_jit_stack_free_8(stack)
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_match_data_free_8(matchData)
    }

    /// Searches from `start`; what stands before it is seen by `\b`, `^` and lookbehind.
    package func match(
        _ pattern: BacktrackingPattern, _ subject: ByteView, startingAt start: Int = 0
    ) -> Outcome {
        precondition(start >= 0 && start <= subject.count, "start outside the subject")
        guard subject.count <= limits.subjectBytes else { return .limitExceeded }
        let steps = pattern.hasMachineCode ? limits.machineCodeSteps : limits.steps
        unsafe pcre2_set_match_limit_8(context, steps)
        // SAFETY: the view is readable for its count; PCRE2 looks at it during the call only.
        let result = unsafe subject.withUnsafeBytes { bytes in
            unsafe pcre2_match_8(
                pattern.code, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, start, 0,
                matchData, context)
        }
        if result >= 0 { return .match }
        return result == PCRE2_ERROR_NOMATCH ? .noMatch : .limitExceeded
    }

    /// Like `match`, and sets `ranges` to the match and its groups, at most
    /// `BacktrackingLimits.groups` in all; nil for a group that took no part.
    package func captures(
        _ pattern: BacktrackingPattern, _ subject: ByteView, into ranges: inout [Range<Int>?],
        startingAt start: Int = 0
    ) -> Outcome {
        ranges.removeAll(keepingCapacity: true)
        let outcome = match(pattern, subject, startingAt: start)
        guard outcome == .match, let offsets = unsafe pcre2_get_ovector_pointer_8(matchData) else {
            return outcome
        }
        for group in 0..<min(pattern.groupCount + 1, Int(BacktrackingLimits.groups)) {
            // SAFETY: the vector has two places for each of the groups that it was made for.
            let (lower, upper) = unsafe (offsets[2 * group], offsets[2 * group + 1])
            // `\K` in a lookaround can set the start behind the end.
            let tookPart = lower >= 0 && upper >= lower && upper <= subject.count
            ranges.append(tookPart ? lower..<upper : nil)
        }
        return outcome
    }
}
