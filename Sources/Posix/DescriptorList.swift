// Descriptors that came with a message and nobody has taken yet.

/// Owned descriptors; those that are not taken are closed. An `Array` can not hold `Descriptor`,
/// which is not copyable.
package struct DescriptorList: ~Copyable {
    /// Invariant: open descriptors that nobody else closes; nil where one was taken.
    private var numbers: [Int32?]

    package init() { numbers = [] }

    /// Takes over open descriptors.
    package init(owning numbers: [Int32]) {
        self.numbers = numbers.map { $0 }
    }

    deinit {
        for case let number? in numbers { _ = Descriptor(owning: number) }
    }

    /// How many came, taken or not.
    package var count: Int { numbers.count }

    /// Gives one away; nil when there is none at `index` or it was taken before.
    package mutating func take(at index: Int) -> Descriptor? {
        guard numbers.indices.contains(index), let number = numbers[index] else { return nil }
        numbers[index] = nil
        return Descriptor(owning: number)
    }
}
