// Opening what lines are written to.

internal import Glibc
package import Posix

package enum LogFile {
    /// Opens a log for appending, made with mode 0640 if absent.
    package static func open(_ path: String) throws(SystemError) -> Descriptor {
        try LineOutput.open(path)
    }

    /// A copy of the standard error stream's descriptor.
    package static func standardError() throws(SystemError) -> Descriptor {
        try Descriptor.duplicate(of: STDERR_FILENO)
    }
}
