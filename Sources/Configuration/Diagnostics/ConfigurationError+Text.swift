// The sentences of configuration errors. Names and values are quoted; what was found and what was
// expected are both named.

extension ConfigurationError: CustomStringConvertible {
    package var description: String { "\(location): error: \(reason)" }
}

extension ConfigurationError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable, .fileTooLarge, .notUTF8, .includesTooDeep, .includeCycle, .tooManyFiles,
            .noSuchFile:
            fileText
        case .unexpected, .unexpectedEnd, .unterminatedQuote, .controlCharacter, .wordTooLong, .blocksTooDeep:
            lexicalText
        default: directiveText
        }
    }

    private var fileText: String {
        switch self {
        case .unreadable(let path): "can not read \(quoted(path))"
        case .fileTooLarge(let limit): "the file is larger than \(limit) bytes"
        case .notUTF8: "the file is not UTF-8"
        case .includesTooDeep(let limit): "more than \(limit) files include one another"
        case .includeCycle(let path): "\(quoted(path)) includes itself"
        case .tooManyFiles(let limit): "more than \(limit) files are included"
        case .noSuchFile(let path): "no such file: \(quoted(path))"
        default: ""
        }
    }

    private var lexicalText: String {
        switch self {
        case .unexpected(let found, let expected): "unexpected \(quoted(found)), expected \(expected)"
        case .unexpectedEnd(let expected, let opening?):
            "unexpected end of file, expected \(expected) for the block opened at \(opening)"
        case .unexpectedEnd(let expected, nil): "unexpected end of file, expected \(expected)"
        case .unterminatedQuote(let quote): "the quote \(quote) has no end"
        case .controlCharacter(let byte): "control character \(byte) in the text"
        case .wordTooLong(let limit): "a word longer than \(limit) bytes: is a quote missing?"
        case .blocksTooDeep(let limit): "more than \(limit) blocks inside one another"
        default: ""
        }
    }

    private var directiveText: String {
        switch self {
        case .unknownDirective(let name, let closest):
            "unknown directive \(quoted(name))" + (closest.map { ", did you mean \(quoted($0))?" } ?? "")
        case .wrongContext(let name, let found, let allowed):
            "\(quoted(name)) is not allowed in \(found), only in \(allowed.joined(separator: ", "))"
        case .wrongArgumentCount(let name, let expected, let found):
            "\(quoted(name)) takes \(Self.count(expected)), found \(found)"
        case .missingBlock(let name): "\(quoted(name)) is a block: expected \"{\", found \";\""
        case .unexpectedBlock(let name): "\(quoted(name)) is no block: expected \";\", found \"{\""
        case .duplicate(let what, let first): "\(what) is a duplicate of that at \(first)"
        case .badValue(let name, let expected, let found):
            "bad value of \(quoted(name)): expected \(expected), found \(quoted(found))"
        case .unknownParameter(let name, let found, let expected):
            "unknown parameter \(quoted(found)) of \(quoted(name)), expected \(expected.joined(separator: ", "))"
        case .unknownVariable(let name, let closest):
            "unknown variable \(quoted("$" + name))"
                + (closest.map { ", did you mean \(quoted("$" + $0))?" } ?? "")
        case .badVariable(let text): "bad variable in \(quoted(text)): expected \"$name\" or \"${name}\""
        case .badPattern(let pattern, let reason): "bad pattern \(quoted(pattern)): \(reason)"
        case .hostNotFound(let name, let host): "host of \(quoted(name)) not found: \(quoted(host))"
        case .badSchema(let what): "JSON Schema: \(what)"
        case .noServers(let upstream): "upstream \(quoted(upstream)) has no server that is not a backup"
        case .refused(let name, let why): "\(quoted(name)): \(why)"
        default: ""
        }
    }

    private static func count(_ range: ClosedRange<Int>) -> String {
        let (low, high) = (range.lowerBound, range.upperBound)
        if high == .max { return "at least \(low) argument\(low == 1 ? "" : "s")" }
        if low == high { return low == 0 ? "no arguments" : "\(low) argument\(low == 1 ? "" : "s")" }
        return "\(low) to \(high) arguments"
    }

    /// In quotes, with control characters escaped, so that a message stays one line.
    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || scalar.value == 0x7F {
                quoted += "\\x" + String(scalar.value >> 4, radix: 16) + String(scalar.value & 15, radix: 16)
            } else {
                quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
