// Cells that several processes write: exchanges, and accesses in an order that others can rely on.

internal import Glibc
public import Synchronization

extension SharedCells {
    /// What comes after it in this thread sees all that was written before the releasing store or the
    /// exchange whose value it reads.
    @inlinable public func loadAcquiring(_ index: Int) -> UInt64 {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        return unsafe cells[index].load(ordering: .acquiring)
    }

    /// A relaxed load that stays behind all loads before it, as the second look of a sequence lock.
    @inlinable public func loadAfterLoads(_ index: Int) -> UInt64 {
        precondition(index >= 0 && index < count, "no such cell")
        atomicMemoryFence(ordering: .acquiring)
        // SAFETY: checked above.
        return unsafe cells[index].load(ordering: .relaxed)
    }

    @inlinable public func storeReleasing(_ value: UInt64, at index: Int) {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        unsafe cells[index].store(value, ordering: .releasing)
    }

    /// Takes its place in the one order of all ordered accesses.
    @inlinable public func loadOrdered(_ index: Int) -> UInt64 {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        return unsafe cells[index].load(ordering: .sequentiallyConsistent)
    }

    /// Takes its place in the one order of all ordered accesses.
    @inlinable public func storeOrdered(_ value: UInt64, at index: Int) {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        unsafe cells[index].store(value, ordering: .sequentiallyConsistent)
    }

    /// Writes `desired` if the cell holds `expected`; ordered.
    ///
    /// - Returns: Whether it was written.
    @inlinable public func exchange(_ index: Int, expected: UInt64, desired: UInt64) -> Bool {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        return unsafe cells[index].compareExchange(
            expected: expected, desired: desired, ordering: .sequentiallyConsistent
        ).exchanged
    }

    /// Adds in one step, wrapping; right with any number of writers.
    @inlinable public func addAtomically(_ amount: UInt64, at index: Int) {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        unsafe cells[index].wrappingAdd(amount, ordering: .relaxed)
    }
}
