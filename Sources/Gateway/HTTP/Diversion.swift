// `proxy`: where a rule sends a request instead of its location's upstream.

internal import Bytes
internal import Inspection

/// `[http://]authority[/target]`, as a rule gave it.
struct Diversion {
    /// The name of an upstream, or an address with or without a port.
    let authority: String
    /// nil: the request's own target goes on.
    let target: String?

    init(_ text: ByteView) {
        var rest = text
        let scheme = ByteView("http://")
        if rest.count >= scheme.count, rest[..<scheme.count].equalsIgnoringASCIICase(scheme) {
            rest = rest[scheme.count...]
        }
        let slash = rest.firstIndex(of: ASCII.byte("/")) ?? rest.count
        authority = rest[..<slash].string
        target = slash < rest.count ? rest[slash...].string : nil
    }
}
