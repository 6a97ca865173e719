// STREAM_INPUT_BODY and STREAM_OUTPUT_BODY: bodies that @rsub may rewrite.

package import Bytes
internal import RuleStore

/// What became of the bodies.
struct StreamValues {
    /// nil while nothing was rewritten.
    var input: ByteView?
    var output: ByteView?
}

extension Transaction {
    /// Bodies that came whole are to be replaced by these before they go on; nil: as they came. Where rules
    /// are not enforced traffic is left as it is.
    package var rewrittenRequestBody: ByteView? { enforces && !reading.isCutShort ? streams.input : nil }
    package var rewrittenResponseBody: ByteView? { enforces && !response.isCutShort ? streams.output : nil }

    func streamScalar(_ variable: VariableName) -> ByteView? {
        guard let rules else { return nil }
        switch variable {
        case .streamInputBody: return rules.view.streamsRequestBody ? streams.input ?? request.rawBody : nil
        default: return rules.view.streamsResponseBody ? streams.output ?? response.body : nil
        }
    }

    /// @rsub: the variable has the new value from now on.
    func substitute(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) -> Bool {
        // The compiler admits one variable to each phase; what else a later update of the rule's variables
        // brings in is no body.
        let variable = plan == .requestBody ? VariableName.streamInputBody : .streamOutputBody
        guard let program = rule.program, let body = streamScalar(variable), value.isIdentical(to: body),
            let outcome = Substitution.replace(
                rules.programs[program], in: value, with: expand(rule.operatorText, rules), scratch, arena,
                limit: limits.rewrittenBodyBytes)
        else { return false }
        if plan == .requestBody { streams.input = outcome } else { streams.output = outcome }
        return true
    }
}
