/// What `wafd -v` prints.
package enum Version {
    package static let text = "0.1.0"

    package static var machine: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "aarch64"
        #else
            "unknown machine"
        #endif
    }
}
