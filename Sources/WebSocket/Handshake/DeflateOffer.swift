// The negotiation of permessage-deflate, seen from between client and server.
// RFC 7692 section 5 (offers and answers), 7.1 (parameters).

package import Bytes

/// What of a client's offer can be read here: its valid permessage-deflate elements, in order of
/// preference. Everything else is left out, so that no server can accept it.
package struct DeflateOffer: Equatable, Sendable {
    /// One acceptable configuration.
    package struct Element: Equatable, Sendable {
        /// `client_max_window_bits` (RFC 7692 section 7.1.2.2).
        package enum ClientWindow: Equatable, Sendable {
            /// Not named: the server must not limit the client's window.
            case notLimitable
            case limitable
            case atMost(UInt8)
        }
        package var serverResetsContext = false
        package var clientResetsContext = false
        /// `server_max_window_bits`, 8...15.
        package var serverWindowBits: UInt8?
        package var clientWindow = ClientWindow.notLimitable

        package init() {}
    }

    package var elements: [Element]

    /// An offer of no extension.
    package init() { elements = [] }

    /// Filters the `Sec-WebSocket-Extensions` of a request.
    ///
    /// An element with an unknown, repeated or invalid parameter is left out: a server would
    /// have to decline it (RFC 7692 section 7).
    package init(fieldValues: [ByteView]) throws(ExtensionError) {
        elements = try ExtensionListParser.parse(fieldValues).compactMap { element in
            guard element.name.equalsIgnoringASCIICase("permessage-deflate") else { return nil }
            return Self.readOffer(element)
        }
    }

    package var isEmpty: Bool { elements.isEmpty }

    /// Appends the value of the field to send on; nothing when the offer is empty, and then no
    /// such field must be sent.
    package func write(to output: inout ByteBuffer) {
        for (index, element) in elements.enumerated() {
            output.append(index == 0 ? "permessage-deflate" : ", permessage-deflate")
            if element.serverResetsContext { output.append("; server_no_context_takeover") }
            if element.clientResetsContext { output.append("; client_no_context_takeover") }
            if let bits = element.serverWindowBits {
                output.append("; server_max_window_bits=")
                output.append(decimal: Int(bits))
            }
            switch element.clientWindow {
            case .notLimitable: break
            case .limitable: output.append("; client_max_window_bits")
            case .atMost(let bits):
                output.append("; client_max_window_bits=")
                output.append(decimal: Int(bits))
            }
        }
    }

    /// What a server's `Sec-WebSocket-Extensions` makes of this offer; nil when it accepts none.
    package func parameters(
        answeredBy fieldValues: [ByteView]
    ) throws(UpgradeResponseError) -> DeflateParameters? {
        let answers: [ExtensionElement]
        do { answers = try ExtensionListParser.parse(fieldValues) } catch {
            throw .extensionsMalformed(error)
        }
        guard let answer = answers.first else { return nil }
        for element in answers {
            let isKnown = element.name.equalsIgnoringASCIICase("permessage-deflate")
            guard isKnown, !elements.isEmpty else { throw .extensionNotOffered }
        }
        guard answers.count == 1, let accepted = Self.readOffer(answer),
            elements.contains(where: { Self.allows($0, answer: accepted) })
        else { throw .extensionParametersNotOffered }
        var clientBits: UInt8 = 15
        if case .atMost(let bits) = accepted.clientWindow { clientBits = bits }
        return DeflateParameters(
            fromClient: DeflateDirection(windowBits: clientBits, resetsContext: accepted.clientResetsContext),
            fromServer: DeflateDirection(
                windowBits: accepted.serverWindowBits ?? 15, resetsContext: accepted.serverResetsContext))
    }

    /// Whether a server may answer `offer` with `answer` (RFC 7692 section 7.1.1 and 7.1.2).
    private static func allows(_ offer: Element, answer: Element) -> Bool {
        if offer.serverResetsContext, !answer.serverResetsContext { return false }
        if let offered = offer.serverWindowBits {
            guard let bits = answer.serverWindowBits, bits <= offered else { return false }
        }
        switch (answer.clientWindow, offer.clientWindow) {
        case (.notLimitable, _): return true
        case (.limitable, _): return false
        case (.atMost, .notLimitable): return false
        case (.atMost, .limitable): return true
        case (.atMost(let bits), .atMost(let offered)): return bits <= offered
        }
    }

    /// The element's parameters; nil when one is unknown, repeated or has a wrong value.
    private static func readOffer(_ element: ExtensionElement) -> Element? {
        var offer = Element()
        for parameter in element.parameters {
            let name = parameter.name
            if name.equalsIgnoringASCIICase("server_no_context_takeover") {
                guard !offer.serverResetsContext, parameter.value == nil else { return nil }
                offer.serverResetsContext = true
            } else if name.equalsIgnoringASCIICase("client_no_context_takeover") {
                guard !offer.clientResetsContext, parameter.value == nil else { return nil }
                offer.clientResetsContext = true
            } else if name.equalsIgnoringASCIICase("server_max_window_bits") {
                guard offer.serverWindowBits == nil, let value = parameter.value,
                    let bits = windowBits(value)
                else { return nil }
                offer.serverWindowBits = bits
            } else if name.equalsIgnoringASCIICase("client_max_window_bits") {
                guard offer.clientWindow == .notLimitable else { return nil }
                if let value = parameter.value {
                    guard let bits = windowBits(value) else { return nil }
                    offer.clientWindow = .atMost(bits)
                } else {
                    offer.clientWindow = .limitable
                }
            } else {
                return nil
            }
        }
        return offer
    }

    /// 8...15 in decimal without leading zeros (RFC 7692 section 7.1.2).
    private static func windowBits(_ value: [UInt8]) -> UInt8? {
        switch value.count {
        case 1 where value[0] == 0x38 || value[0] == 0x39: value[0] - 0x30
        case 2 where value[0] == 0x31 && value[1] >= 0x30 && value[1] <= 0x35: 10 + value[1] - 0x30
        default: nil
        }
    }
}
