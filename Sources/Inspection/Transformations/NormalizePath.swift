// t:normalizePath and t:normalizePathWin

internal import Bytes

/// Takes `//`, `/./` and `/dir/../` out of a path; a path without a leading slash keeps the `..`
/// that lead out of it. On Windows `\` is a slash too and becomes one.
///
/// Goes from segment to segment as ModSecurity 2 does, so that odd paths come out alike: whatever
/// ends in two dots (`dir../`) counts as a step back.
struct NormalizePath {
    private let input: ByteView
    private let isWindows: Bool
    private let isRelative: Bool
    private var source = 0
    /// A step back has led to the beginning: further ones of a relative path are kept.
    private var hasHitRoot = false

    static func apply(_ input: ByteView, in arena: Arena, isWindows: Bool = false) -> ByteView {
        guard mayChange(input, isWindows: isWindows) else { return input }
        return arena.fill(upTo: input.count) { output in
            var path = NormalizePath(input, isWindows: isWindows)
            path.run(&output)
        }
    }

    private init(_ input: ByteView, isWindows: Bool) {
        self.input = input
        self.isWindows = isWindows
        isRelative = input[0] != ASCII.byte("/") && !(isWindows && input[0] == ASCII.byte("\\"))
    }

    /// Only two slashes in a row, a dot before a slash or at the end, and backslashes change anything.
    private static func mayChange(_ input: ByteView, isWindows: Bool) -> Bool {
        var last: UInt8 = 0
        for index in input.indices {
            let byte = input[index]
            if isWindows, byte == ASCII.byte("\\") { return true }
            if byte == ASCII.byte("/"), last == byte || last == ASCII.byte(".") { return true }
            last = byte
        }
        return last == ASCII.byte(".")
    }

    private func byte(_ index: Int) -> UInt8 {
        let byte = input[index]
        return isWindows && byte == ASCII.byte("\\") ? ASCII.byte("/") : byte
    }

    private mutating func run(_ output: inout OutputSpan<UInt8>) {
        let end = input.count - 1
        while source <= end {
            let isLast = source == end
            if isLast || byte(source + 1) == ASCII.byte("/") {
                if byte(source) == ASCII.byte(".") {
                    let goesOn = takeDot(&output, isLast: isLast)
                    if !goesOn { break }
                } else if byte(source) != ASCII.byte("/") || isLast, !output.isEmpty {
                    hasHitRoot = false
                }
            }
            copy(&output, end: end)
        }
        let endsInSlash = byte(end) == ASCII.byte("/")
        if !endsInSlash, !output.isEmpty, output[output.count - 1] == ASCII.byte("/") {
            output.removeLast(1)
        }
    }

    /// A dot that ends a segment. False when the path ends with it and it is not to be copied.
    private mutating func takeDot(_ output: inout OutputSpan<UInt8>, isLast: Bool) -> Bool {
        let before = output.isEmpty ? ASCII.byte("/") : output[output.count - 1]
        if before == ASCII.byte(".") {
            if isRelative, hasHitRoot || output.count <= 2 {
                hasHitRoot = true
                return true
            }
            stepBack(&output, isLast: isLast)
        } else if before == ASCII.byte("/") {
            if !isLast, !output.isEmpty { output.removeLast(1) }
        } else {
            return true
        }
        guard !isLast else { return false }
        source += 1
        return true
    }

    /// Takes the segment before `..` away, but never the root.
    private mutating func stepBack(_ output: inout OutputSpan<UInt8>, isLast: Bool) {
        var kept = output.count - 3
        while kept > 0, output[kept] != ASCII.byte("/") { kept -= 1 }
        if kept <= 0 {
            hasHitRoot = true
            kept = !isRelative && isLast ? 1 : 0
        }
        output.removeLast(output.count - kept)
    }

    /// Copies a byte, the last one of a run of slashes; a relative path does not begin with one.
    private mutating func copy(_ output: inout OutputSpan<UInt8>, end: Int) {
        if byte(source) == ASCII.byte("/") {
            while source < end, byte(source + 1) == ASCII.byte("/") { source += 1 }
            if isRelative, output.isEmpty {
                source += 1
                return
            }
        }
        output.append(byte(source))
        source += 1
    }
}
