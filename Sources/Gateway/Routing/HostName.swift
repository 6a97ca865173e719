// The name in a Host field or an authority: what server names are compared with.

package import Bytes

package enum HostName {
    /// `host` without its port and without one dot at its end; IPv6 literals keep their brackets.
    package static func name(of host: ByteView) -> ByteView {
        var name = host
        if host.count > 0, host[0] == 0x5B {
            if let bracket = host.firstIndex(of: 0x5D) { name = host[..<(bracket + 1)] }
        } else if let colon = host.firstIndex(of: 0x3A) {
            name = host[..<colon]
        }
        if name.count > 0, name[name.count - 1] == 0x2E { name = name[..<(name.count - 1)] }
        return name
    }
}
