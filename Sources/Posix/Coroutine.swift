// A function on a stack of its own, which can stop half-way and be gone on with later.

internal import CLinux
internal import Glibc

/// Runs one piece of work after another, each in as many turns as the work itself wants.
///
/// All turns are on the thread that calls `resume`. Not for several threads.
@safe package final class Coroutine {
    private let stack: UnsafeMutableRawPointer
    private let mappedBytes: Int
    private var context: OpaquePointer?
    private var work: (() -> Void)?

    /// Whether some work has begun and not ended.
    package var isBusy: Bool { work != nil }

    /// - Parameter stackBytes: Deepest that the work may go; memory is taken as it is used. A page below it
    ///   is closed, so that work that goes deeper ends the process and harms nothing.
    package init(stackBytes: Int) throws(SystemError) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        mappedBytes = (stackBytes + page - 1) / page * page + page
        let mapped = unsafe mmap(
            nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK,
            -1, 0)
        guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else { throw .last("mmap") }
        unsafe stack = mapped
        guard unsafe mprotect(mapped, page, PROT_NONE) == 0 else {
            let error = SystemError.last("mprotect")
            unsafe munmap(mapped, mappedBytes)
            throw error
        }
        unsafe context = clinux_coroutine_create(
            mapped + page, mappedBytes - page, { unsafe Coroutine.run($0!) },
            Unmanaged.passUnretained(self).toOpaque())
        guard unsafe context != nil else {
            let error = SystemError.last("getcontext")
            unsafe munmap(mapped, mappedBytes)
            throw error
        }
    }

    deinit {
        unsafe clinux_coroutine_destroy(context)
        unsafe munmap(stack, mappedBytes)
    }

    /// Gives it work, which begins with the next `resume`.
    package func begin(_ work: @escaping () -> Void) {
        precondition(self.work == nil, "one piece of work at a time")
        self.work = work
    }

    /// Runs the work until it suspends itself or ends.
    ///
    /// - Returns: Whether it has ended.
    package func resume() -> Bool {
        unsafe clinux_coroutine_resume(context)
        return work == nil
    }

    /// To be called by the work: goes back to the caller of `resume`, and from there with the next one.
    package func suspend() { unsafe clinux_coroutine_suspend(context) }

    private static func run(_ pointer: UnsafeMutableRawPointer) {
        // Never returns, so it must not own its object.
        unowned let coroutine = unsafe Unmanaged<Coroutine>.fromOpaque(pointer).takeUnretainedValue()
        while true {
            coroutine.finishWork()
            coroutine.suspend()
        }
    }

    private func finishWork() {
        work?()
        work = nil
    }
}
