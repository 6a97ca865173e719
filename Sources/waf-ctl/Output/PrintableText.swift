// Peers' bytes for a terminal.

extension String {
    /// What a client has sent, without what a terminal would obey.
    var printable: String {
        let scalars = unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "?" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
