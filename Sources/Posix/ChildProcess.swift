// Starting a program: posix_spawn(3). fork(2) is not used anywhere: neither the Swift runtime
// nor LMDB survive it.

internal import CLinux
internal import Glibc

/// A child that was started and not yet waited for. Not owned: a child outlives the value.
package struct ChildProcess: Equatable, Sendable {
    package enum Ending: Equatable, Sendable, CustomStringConvertible {
        case exited(status: Int32)
        case killed(signal: Int32)

        package var description: String {
            switch self {
            case .exited(let status): "exited with status \(status)"
            case .killed(let signal): "was killed by signal \(signal)"
            }
        }
    }

    package let number: Int32

    package init(number: Int32) { self.number = number }

    /// A descriptor of this process and the number that the child knows it by.
    package struct Inheritance {
        package var descriptor: Int32
        package var number: Int32

        package init(descriptor: Int32, as number: Int32) {
            self.descriptor = descriptor
            self.number = number
        }
    }

    /// Starts `path`. The child has no signal blocked or caught and, of the descriptors, those
    /// that are not close-on-exec and those of `inheriting`.
    ///
    /// - Parameters:
    ///   - arguments: All of argv; the first is the name shown by ps(1).
    ///   - inheriting: No number may be the descriptor of a later entry.
    ///   - environment: nil hands on this process's own.
    package static func spawn(
        _ path: String, arguments: [String], inheriting: [Inheritance], environment: [String]? = nil
    ) throws(SystemError) -> ChildProcess {
        // SAFETY: both values live on this frame from their initialisation to the deferred end.
        var actions = unsafe posix_spawn_file_actions_t()
        try check(unsafe posix_spawn_file_actions_init(&actions), "posix_spawn_file_actions_init")
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for entry in inheriting {
            // With both numbers equal, glibc clears close-on-exec instead of doing nothing.
            let code = unsafe posix_spawn_file_actions_adddup2(&actions, entry.descriptor, entry.number)
            try check(code, "posix_spawn_file_actions_adddup2")
        }
        var attributes = posix_spawnattr_t()
        try check(unsafe posix_spawnattr_init(&attributes), "posix_spawnattr_init")
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        try check(unsafe posix_spawnattr_setflags(&attributes, flags), "posix_spawnattr_setflags")

        var number: pid_t = 0
        let code = unsafe withCStrings(arguments) { argv in
            guard let environment else {
                return unsafe posix_spawn(&number, path, &actions, &attributes, argv, environ)
            }
            return unsafe withCStrings(environment) { envp in
                unsafe posix_spawn(&number, path, &actions, &attributes, argv, envp)
            }
        }
        try check(code, "posix_spawn(\(path))")
        return ChildProcess(number: number)
    }

    /// Takes the child's end, nil while it runs.
    package func collect() -> Ending? {
        var status: Int32 = 0
        // SAFETY: `status` is a local.
        guard unsafe waitpid(number, &status, WNOHANG) == number else { return nil }
        if clinux_wait_signaled(status) != 0 { return .killed(signal: clinux_wait_signal(status)) }
        return .exited(status: clinux_wait_exit_status(status))
    }

    /// Sends a signal. Safe until `collect` has given the end: the number is not used again before.
    package func signal(_ signal: Int32) { _ = kill(number, signal) }

    private static func check(_ code: Int32, _ call: String) throws(SystemError) {
        guard code == 0 else { throw SystemError(call: call, code: code) }
    }

    /// Calls `body` with a null-terminated array of C strings, valid for the call.
    private static func withCStrings<R>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { for unsafe pointer in unsafe pointers { unsafe free(pointer) } }
        // SAFETY: the array ends with nil and is not empty.
        return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress!) }
    }
}
