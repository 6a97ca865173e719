// A client's message as ARGS.

internal import BodyFormats
internal import Bytes
internal import RuleStore

extension Transaction {
    /// Text, and binary that is valid UTF-8, is taken apart by its format; other binary is one
    /// argument for each run of text.
    func addArguments(of message: MessageFacts, _ rules: RuleSet) {
        arguments.beginBody()
        guard message.opcode == .text || Self.isUTF8(message.payload) else {
            return addRuns(of: message.payload)
        }
        let looksLikeJSON: MessageFormat = JSONText.isLikely(message.payload) ? .json : .text
        let format = message.format ?? looksLikeJSON
        if format == .text || !addParts(of: message.payload, as: format, rules) {
            // What could not be read is judged as it came, beside what had been read of it.
            _ = appendArgument(name: ByteView("message"), value: message.payload, rules)
        }
    }

    /// - Returns: false when the message is not of the format, or not JSON where it should be.
    private func addParts(of payload: ByteView, as format: MessageFormat, _ rules: RuleSet) -> Bool {
        var isWhole = true
        do throws(MessageFormatError) {
            try scratch.messageDecoder.split(payload, as: format, from: .client)
        } catch {
            isWhole = false
        }
        let parts = scratch.messageDecoder.parts
        for part in parts.values {
            scratch.text.removeAll(keepingCapacity: true)
            scratch.text.append(part.prefix)
            scratch.text.append(part.name)
            guard appendArgument(name: arena.copy(scratch.text.view), value: part.value, rules) else { return true }
        }
        for document in parts.documents {
            request.processor = .json
            do throws(JSONError) {
                try addJSON(document, rules)
            } catch {
                isWhole = false
                // What lies beyond a limit was not judged.
                if error.isLimit { breaches.insert(.arguments) }
            }
        }
        return isWhole
    }

    private func addRuns(of payload: ByteView) {
        let name = ByteView("message")
        var start = 0
        while let run = PrintableRuns.next(in: payload, from: start) {
            // The last argument that may be takes all that is left, so that nothing goes unseen.
            let isLast = arguments.count == limits.arguments - 1
            let end = isLast ? payload.count : run.upperBound
            arguments.append(name: name, value: payload[run.lowerBound..<end])
            start = end
        }
    }

    private static func isUTF8(_ payload: ByteView) -> Bool {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: payload.span)
            return true
        } catch {
            return false
        }
    }
}
