// Expect: RFC 9110 section 10.1.1.

internal import Bytes

/// What a client wants to hear before it sends its body.
package enum ClientExpectation: Equatable, Sendable {
    /// Nothing; always so with 1.0, where the field has no meaning.
    case none
    /// A 100, unless a final answer comes at once.
    case `continue`
    /// Something nobody here can do; the answer is 417.
    case unknown

    package init(of head: borrowing RequestHead) {
        self = .none
        guard head.version == .http11 else { return }
        for value in head.fields.values(of: .expect) {
            guard value.equalsIgnoringASCIICase("100-continue") else {
                self = .unknown
                return
            }
            self = .continue
        }
    }
}
