// How many workers are worth starting.

internal import Glibc

package enum Processors {
    /// Processors that are switched on; at least one.
    package static var online: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
