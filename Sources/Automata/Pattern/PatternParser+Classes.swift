// Bracketed classes.

extension PatternParser {
    /// The rest of a class; its opening bracket has been consumed.
    mutating func parseClass(openedAt start: Int) throws(PatternError) -> ByteSet {
        index = start
        if namedClassEnd() != nil { throw syntax(.namedClassOutsideBrackets, at: start) }
        index = start + 1
        let isNegated = take("^")
        var set = ByteSet()
        var isFirst = true
        while true {
            skipQuotes()
            if flags.skipsBlanksInClasses, !isQuoting { skipBlanks() }
            guard index < pattern.count else {
                throw syntax(.missingClosingBracket, at: pattern.count)
            }
            // A bracket that comes first is itself a member.
            if !isQuoting, !isFirst, take("]") { break }
            isFirst = false
            try parseMembers(into: &set)
        }
        if flags.isCaseless { set = set.foldingCase }
        return isNegated ? set.inverted : set
    }

    private enum Member {
        case byte(UInt8)
        case set(ByteSet)
    }

    /// A byte, a set, or a range.
    private mutating func parseMembers(into set: inout ByteSet) throws(PatternError) {
        let start = index
        let member = try parseMember()
        let isRange = takesHyphen()
        switch member {
        case .set(let members):
            // Perl takes such a hyphen for a literal and warns; PCRE2 refuses it.
            guard !isRange else { throw syntax(.invalidRange, at: start) }
            set.formUnion(members)
        case .byte(let lower):
            guard isRange else { return set.insert(lower) }
            guard case .byte(let upper) = try parseMember() else {
                throw syntax(.invalidRange, at: start)
            }
            guard lower <= upper else { throw syntax(.rangeOutOfOrder, at: start) }
            set.insert(lower...upper)
        }
    }

    /// Consumes a hyphen that stands between two members, so not one before the closing bracket.
    private mutating func takesHyphen() -> Bool {
        skipQuotes()
        let (here, wasQuoting) = (index, isQuoting)
        guard !isQuoting, take("-") else { return false }
        skipQuotes()
        if index < pattern.count, isQuoting || !peek("]") { return true }
        (index, isQuoting) = (here, wasQuoting)
        return false
    }

    private mutating func parseMember() throws(PatternError) -> Member {
        let byte = pattern[index]
        if !isQuoting {
            if let end = namedClassEnd() { return .set(try parseNamedClass(to: end)) }
            if byte == UInt8(ascii: "\\") {
                index += 1
                switch try parseEscape(isInClass: true) {
                case .byte(let byte): return .byte(byte)
                case .set(let set): return .set(set)
                case .assertion, .lineEnding: throw syntax(.escapeInvalidInClass, at: index)
                }
            }
        }
        index += 1
        return .byte(byte)
    }

    /// Where the `:]` of a `[:name:]` that starts here stands; the same for `[.` and `[=`.
    private func namedClassEnd() -> Int? {
        guard peek("[:") || peek("[.") || peek("[=") else { return nil }
        let delimiter = pattern[index + 1]
        var place = index + 2
        while place + 1 < pattern.count {
            let (byte, next) = (pattern[place], pattern[place + 1])
            if byte == UInt8(ascii: "\\"), next == UInt8(ascii: "]") || next == UInt8(ascii: "\\") {
                place += 1
            } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "[") && next == delimiter {
                return nil
            } else if byte == delimiter, next == UInt8(ascii: "]") {
                return place
            }
            place += 1
        }
        return nil
    }

    private mutating func parseNamedClass(to end: Int) throws(PatternError) -> ByteSet {
        let start = index
        guard pattern[index + 1] == UInt8(ascii: ":") else {
            throw syntax(.unsupportedCollatingElement, at: start)
        }
        index += 2
        let isNegated = take("^")
        guard let set = ByteSet.posix(Array(pattern[index..<end]), isCaseless: flags.isCaseless) else {
            throw syntax(.unknownPOSIXClass, at: start)
        }
        index = end + 2
        return isNegated ? set.inverted : set
    }

    private mutating func skipQuotes() {
        while true {
            if take("\\E") {
                isQuoting = false
            } else if !isQuoting, take("\\Q") {
                isQuoting = true
            } else {
                return
            }
        }
    }

    private mutating func skipBlanks() {
        while index < pattern.count, pattern[index] == 0x20 || pattern[index] == 0x09 { index += 1 }
    }
}
