// How much a process may use: setrlimit(2).

internal import Glibc

package enum ResourceLimits {
    /// Sets how many descriptors this process and the children it starts may have open.
    ///
    /// - Throws: EPERM when an unprivileged process asks for more than its hard limit.
    package static func setOpenFiles(_ count: Int) throws(SystemError) {
        var limit = rlimit()
        // SAFETY: `limit` is a local.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw .last("getrlimit(RLIMIT_NOFILE)")
        }
        limit.rlim_cur = rlim_t(count)
        limit.rlim_max = max(limit.rlim_max, rlim_t(count))
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw .last("setrlimit(RLIMIT_NOFILE, \(count))")
        }
    }
}
