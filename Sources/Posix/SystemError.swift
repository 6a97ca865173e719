// What a system call answers when it fails.

internal import Glibc

/// A failed system call: which one, and the kernel's reason.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
    package var call: String
    package var code: Int32

    package init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// The failure that `errno` tells of right now.
    package static func last(_ call: String) -> SystemError { SystemError(call: call, code: errno) }

    package var description: String { "\(call): \(unsafe String(cString: strerror(code)))" }
}
