// The request's body, by the processor that was chosen for it.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Reads a body. A processor that fails sets REQBODY_ERROR; what it had read until then stays.
    ///
    /// - Parameter isTruncated: The body goes on behind `body`: that it ends early is no failure.
    /// - Parameter fault: A failure to decode it, of which the processor's own failure is a consequence.
    func takeRequestBody(_ body: ByteView, isTruncated: Bool, fault: String?, _ rules: RuleSet) {
        process(body, isTruncated: isTruncated, rules)
        if let fault { failReading("Content-Encoding: ", fault) }
    }

    private func process(_ body: ByteView, isTruncated: Bool, _ rules: RuleSet) {
        request.bodyBytes = body.count
        request.rawBody = body
        reading.isCutShort = isTruncated
        switch request.processor {
        case .none:
            if controls.forcesRequestBodyVariable { request.body = body }
        case .urlEncoded:
            request.body = body
            parseArguments(body, rules)
        case .multipart:
            readMultipart(body, isTruncated: isTruncated, rules)
        case .json:
            readJSON(body, isTruncated: isTruncated, rules)
        case .xml:
            readXML(body, isTruncated: isTruncated, rules)
        }
    }

    func parseQuery(_ rules: RuleSet) {
        parseArguments(request.query, rules)
        arguments.beginBody()
    }

    private func parseArguments(_ text: ByteView, _ rules: RuleSet) {
        let parser = ArgumentParser(
            separator: rules.view.argumentSeparator, arena: arena, limit: argumentsLimit(rules))
        if !parser.parse(text, into: &arguments) { breaches.insert(.arguments) }
        if PercentCoding.hasFault(text) { reading.hasEncodingFault = true }
    }

    /// The lower of the engine's limit and SecArgumentsLimit.
    func argumentsLimit(_ rules: RuleSet) -> Int {
        min(limits.arguments, rules.view.argumentsLimit ?? .max)
    }

    /// - Returns: false when there is room for no further argument.
    func appendArgument(name: ByteView, value: ByteView, _ rules: RuleSet) -> Bool {
        guard arguments.count < argumentsLimit(rules) else {
            breaches.insert(.arguments)
            return false
        }
        arguments.append(name: name, value: value)
        return true
    }

    func failReading(_ prefix: StaticString, _ message: String) {
        reading.hasFailed = true
        scratch.text.removeAll(keepingCapacity: true)
        scratch.text.append(prefix)
        scratch.text.append(message)
        reading.failure = arena.copy(scratch.text.view)
    }

    /// A multipart body whose fields alone are longer than SecRequestBodyNoFilesLimit. Others were
    /// bounded while they arrived.
    func checkNoFilesLimit(_ rules: RuleSet) {
        guard request.processor == .multipart,
            request.bodyBytes - reading.parts.fileBytes > rules.view.requestBodyNoFilesLimitBytes
        else { return }
        reading.isCutShort = true
        if rules.view.requestBodyLimitAction == .reject, mode == .on {
            intercept(.deny, status: Self.tooLargeStatus, ruleID: 0)
            logDenialByLimit("SecRequestBodyNoFilesLimit", status: Self.tooLargeStatus)
        } else {
            failReading("", "Request body no files data length is larger than the configured limit")
        }
    }

    /// 413 (Content Too Large).
    static var tooLargeStatus: Int { 413 }
}
