// A rule's operator and its argument.

internal import Automata
internal import BodyFormats
internal import Bytes
internal import Detection
internal import RuleStore

extension RuleSetBuilder {
    mutating func compile(_ syntax: OperatorSyntax) -> OperatorDraft {
        var name = OperatorName.rx
        if Self.asksProjectHoneyPot(syntax) { return compileUnansweredLookup(syntax) }
        if let written = syntax.name, !written.isEmpty {
            guard
                let known = OperatorName.table.resolve(written, as: .operator, into: &diagnostics)
            else { return OperatorDraft(name: .unconditionalMatch) }
            name = known
        }
        var draft = OperatorDraft(name: name)
        draft.isNegated = syntax.isNegated
        let argument = syntax.argument
        draft.argument = MacroText(parts: argument.bytes.isEmpty ? [] : [.literal(argument.bytes)])
        switch name {
        case .rx, .rxGlobal:
            if MacroParser.firstMacro(inPattern: argument) == nil {
                draft.program = compilePattern(argument, options: PatternOptions())
            } else {
                draft.argument = MacroParser.parse(argument, into: &diagnostics)
            }
        case .verifyCC, .verifyCPF, .verifySSN, .verifySVNR:
            draft.program = compileNumberPattern(argument)
        case .pm: draft.program = compilePhrases(argument, syntax)
        case .pmFromFile: draft.program = compilePhraseFiles(argument, syntax)
        case .ipMatch: draft.program = compileAddresses(argument, syntax)
        case .ipMatchFromFile: draft.program = compileAddressFiles(argument, syntax)
        case .validateByteRange: draft.program = compileByteRange(argument, syntax)
        case .streq, .contains, .beginsWith, .endsWith, .within, .containsWord:
            draft.argument = MacroParser.parse(argument, into: &diagnostics)
        case .strmatch:
            draft.argument = MacroParser.parse(PhraseList.content(of: argument), into: &diagnostics)
        case .eq, .ge, .gt, .le, .lt:
            draft.argument = MacroParser.parse(argument, into: &diagnostics)
            if !draft.argument.hasMacros, !Number.begins(argument.bytes) {
                refuse(argument, of: "@\(name.spelling)", expected: "a number")
            }
        case .rsub: compileSubstitution(argument, syntax, &draft)
        case .geoLookup: locate(&draft)
        case .validateDTD: draft.program = compileGrammar(.dtd, argument, syntax)
        case .validateSchema: draft.program = compileGrammar(.schema, argument, syntax)
        case .unconditionalMatch, .noMatch, .validateUrlEncoding, .validateUtf8Encoding, .detectSQLi,
            .detectXSS:
            break
        }
        draft.gate = gate(of: draft)
        return draft
    }

    /// Project Honey Pot answers only those who send a key (SecHttpBlKey), and nobody is asked here: the
    /// lookup finds nothing, as in ModSecurity 2 without a key. Rule sets have one such rule.
    private static func asksProjectHoneyPot(_ syntax: OperatorSyntax) -> Bool {
        guard let name = syntax.name, name.string.lowercased() == "rbl" else { return false }
        return syntax.argument.trimmed.string == "dnsbl.httpbl.org"
    }

    private func compileUnansweredLookup(_ syntax: OperatorSyntax) -> OperatorDraft {
        var draft = OperatorDraft(name: .noMatch)
        draft.isNegated = syntax.isNegated
        draft.argument = MacroText(parts: [.literal(syntax.argument.bytes)])
        return draft
    }

    /// What a value must have for the operator to fit; nil when nothing is known.
    private func gate(of test: OperatorDraft) -> ByteGate? {
        switch test.name {
        case .contains, .containsWord, .strmatch, .beginsWith, .endsWith, .streq:
            guard test.argument.parts.count == 1, case .literal(let text) = test.argument.parts[0] else {
                return nil
            }
            return GateCompiler.literal(text)
        case .detectSQLi: return GateCompiler.byte(where: SQLInjectionDetector.isNeeded)
        case .detectXSS: return GateCompiler.byte(where: CrossSiteScriptingDetector.isNeeded)
        case .validateUrlEncoding: return GateCompiler.byte { $0 == UInt8(ascii: "%") }
        case .validateUtf8Encoding: return GateCompiler.byte { $0 >= 0x80 }
        default: return test.program.flatMap { programs.gate(of: $0) }
        }
    }

    /// - Returns: The program's number; nil when the pattern is refused, which is reported.
    mutating func compilePattern(_ text: PlacedText, options: PatternOptions) -> Int? {
        do throws(ProgramCompiler.PatternFault) {
            return programs.add(try ProgramCompiler.pattern(text.bytes, options: options))
        } catch {
            report(error, in: text)
            return nil
        }
    }

    /// The pattern of @verifyCC and its like: `^` and `$` match at line ends, as in ModSecurity 2.
    private mutating func compileNumberPattern(_ argument: PlacedText) -> Int? {
        if let macro = MacroParser.firstMacro(inPattern: argument) {
            diagnostics.report(.macroInPattern(macro.string), at: macro)
            return nil
        }
        return compilePattern(argument, options: PatternOptions(isMultiline: true, dollarIsEndOnly: false))
    }

    private mutating func compileByteRange(_ argument: PlacedText, _ syntax: OperatorSyntax) -> Int? {
        guard !argument.trimmed.isEmpty else { return reportMissingArgument(syntax) }
        guard let bits = ByteRange.parse(argument) else {
            refuse(
                argument, of: "@validateByteRange", expected: "bytes and ranges of bytes, as in `9,32-126`")
            return nil
        }
        let gate = GateCompiler.byte { bits[Int($0 / 8)] >> ($0 % 8) & 1 == 0 }
        return programs.add(ProgramDraft(kind: .byteSet, bytes: bits, gate: gate))
    }

    private mutating func compilePhrases(
        _ argument: PlacedText, _ syntax: OperatorSyntax
    ) -> Int? {
        let phrases = PhraseList.parse(argument.bytes)
        guard !phrases.isEmpty else { return reportMissingArgument(syntax) }
        return programs.add(ProgramCompiler.phrases(phrases))
    }

    /// Several files are one list. A file without phrases is allowed: it is a list to be filled.
    private mutating func compilePhraseFiles(
        _ argument: PlacedText, _ syntax: OperatorSyntax
    ) -> Int? {
        let names = argument.split(where: ASCII.isSpace)
        guard !names.isEmpty else { return reportMissingArgument(syntax) }
        let ruleFile = diagnostics.files[argument.file].path
        var phrases: [[UInt8]] = []
        for name in names {
            let path = FilePath.resolve(name.string, namedIn: ruleFile)
            if let bytes = reader.read(path) {
                phrases += PhraseList.parseFile(bytes)
            } else {
                diagnostics.report(.unreadableFile(path), at: name)
            }
        }
        return programs.add(ProgramCompiler.phrases(phrases))
    }

    private mutating func compileAddresses(
        _ argument: PlacedText, _ syntax: OperatorSyntax
    ) -> Int? {
        let items = argument.split { $0 == UInt8(ascii: ",") }.map(\.trimmed).filter { !$0.isEmpty }
        guard !items.isEmpty else { return reportMissingArgument(syntax) }
        if let program = ProgramCompiler.addresses(items.map(\.string)) { return programs.add(program) }
        for item in items where !ProgramCompiler.isAddress(item.string) {
            diagnostics.report(.invalidAddress(item.string), at: item)
        }
        return nil
    }

    /// One address or network a line; blank lines and comments are left out.
    private mutating func compileAddressFiles(
        _ argument: PlacedText, _ syntax: OperatorSyntax
    ) -> Int? {
        let names = argument.split(where: ASCII.isSpace)
        guard !names.isEmpty else { return reportMissingArgument(syntax) }
        let ruleFile = diagnostics.files[argument.file].path
        var items: [String] = []
        for name in names {
            let path = FilePath.resolve(name.string, namedIn: ruleFile)
            guard let bytes = reader.read(path) else {
                diagnostics.report(.unreadableFile(path), at: name)
                continue
            }
            for (line, item) in AddressList.parse(bytes) {
                if !ProgramCompiler.isAddress(item) {
                    diagnostics.report(.invalidAddressInFile(item, file: path, line: line), at: name)
                }
                items.append(item)
            }
        }
        return ProgramCompiler.addresses(items).map { programs.add($0) }
    }

    mutating func reportMissingArgument(_ syntax: OperatorSyntax) -> Int? {
        let place = syntax.name ?? syntax.argument
        diagnostics.report(.missingOperatorArgument(place.string), at: place)
        return nil
    }
}
