// A rule's variables.

internal import BodyFormats
internal import RuleStore

extension RuleSetBuilder {
    /// - Returns: The variables that make sense; what is wrong with others is reported.
    mutating func compileTargets(
        _ variables: [VariableSyntax], _ directive: PlacedText
    ) -> [TargetDraft] {
        if let first = variables.first, variables.allSatisfy(\.isExcluded) {
            diagnostics.report(.onlyExclusions, at: first.name)
        }
        return variables.compactMap { compileTarget($0) }
    }

    mutating func compileTarget(_ syntax: VariableSyntax) -> TargetDraft? {
        guard
            let variable = VariableName.table.resolve(syntax.name, as: .variable, into: &diagnostics)
        else { return nil }
        var target = TargetDraft(variable: variable)
        target.isCounted = syntax.isCounted
        target.isExcluded = syntax.isExcluded
        switch syntax.selector {
        case .none:
            break
        case .key(let text), .pattern(let text), .path(let text):
            guard variable.isCollection else {
                diagnostics.report(.notACollection(variable.spelling), at: text)
                return nil
            }
            guard let selector = compileSelector(syntax.selector) else { return nil }
            target.selector = selector
        }
        return target
    }

    private mutating func compileSelector(
        _ selector: VariableSyntax.Selector
    ) -> TargetDraft.Selector? {
        switch selector {
        case .none:
            .all
        case .key(let text):
            .key(text.bytes)
        case .path(let text):
            compilePath(text)
        case .pattern(let text):
            // Keys compare without regard to case, by pattern too.
            compileSelectorPattern(text).map { .pattern(program: $0) }
        }
    }

    /// Prefixes are bound when the expression runs: nothing is known of them here.
    private mutating func compilePath(_ text: PlacedText) -> TargetDraft.Selector? {
        do throws(XPathError) {
            _ = try XPathExpression(text.string)
            return .path(text.bytes)
        } catch {
            diagnostics.report(.invalidPath, at: text)
            return nil
        }
    }

    private mutating func compileSelectorPattern(_ text: PlacedText) -> Int? {
        do throws(ProgramCompiler.PatternFault) {
            return programs.add(try ProgramCompiler.selector(text.bytes))
        } catch {
            report(error, in: text)
            return nil
        }
    }

    mutating func report(_ fault: ProgramCompiler.PatternFault, in text: PlacedText) {
        let place = text[fault.offset..<min(fault.offset + 1, text.count)]
        diagnostics.report(.invalidPattern(fault.reason), at: place)
    }
}
