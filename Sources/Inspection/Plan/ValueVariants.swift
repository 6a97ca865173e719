// What the steps of a plan make of one value: few different byte strings, as most steps change nothing.

internal import Bytes
internal import RuleStore

/// The distinct results for one value, and which step gave which. Reused for all values of a worker.
struct ValueVariants {
    struct Variant {
        var bytes: ByteView
        var features: UInt32
        var presence: BytePresence
    }

    private(set) var variants: ContiguousArray<Variant> = []
    /// Variant of each step; step 0 is the value itself.
    private var variantOfStep: ContiguousArray<Int> = [0]
    private(set) var isFixed = false
    /// What a transformation made of a variant: variant times names, -1 where it was not asked.
    private var known: ContiguousArray<Int16> = []
    private let features: ContiguousArray<UInt32>

    /// Numbers of transformations are below this.
    private let nameCount = Int(TransformationName.allCases.map(\.rawValue).max() ?? 0) + 1

    init() { features = ContiguousArray((0...255).map { ByteFeatures(of: UInt8($0)).rawValue }) }

    /// Starts with the value itself.
    mutating func begin(_ value: ByteView) {
        variants.removeAll(keepingCapacity: true)
        isFixed = false
        append(value)
    }

    /// Whether no step with these triggers can change the value.
    func isFixed(under triggers: UInt32) -> Bool { variants[0].features & triggers == 0 }

    /// Works out some steps, whose parents are among them.
    ///
    /// - Parameter apply: Gives what a transformation makes of bytes; nil when there is no room for it.
    /// - Returns: false when there was no room.
    mutating func run(
        _ wanted: StepSet, of steps: [PlanSchedule.Step], _ apply: (TransformationName, ByteView) -> ByteView?
    ) -> Bool {
        while variantOfStep.count < steps.count { variantOfStep.append(0) }
        return wanted.forEach { index in
            let step = steps[index]
            let before = variantOfStep[step.parent]
            let variant = variants[before]
            guard variant.features & step.triggers != 0, !variant.bytes.isEmpty || step.fillsEmptyValue else {
                variantOfStep[index] = before
                return true
            }
            let place = before * nameCount + Int(step.name.rawValue)
            if known[place] < 0 {
                guard let result = apply(step.name, variant.bytes) else { return false }
                known[place] = Int16(number(of: result))
            }
            variantOfStep[index] = Int(known[place])
            return true
        }
    }

    /// No step changes the value.
    mutating func passAll() { isFixed = true }

    func variant(ofStep step: Int) -> Int { isFixed ? 0 : variantOfStep[step] }

    private mutating func number(of result: ByteView) -> Int {
        for index in variants.indices {
            let bytes = variants[index].bytes
            if bytes.isIdentical(to: result) || bytes == result { return index }
        }
        append(result)
        return variants.count - 1
    }

    private mutating func append(_ bytes: ByteView) {
        let presence = BytePresence(of: bytes)
        var found = ByteFeatures.any.rawValue
        presence.forEach { found |= features[Int($0)] }
        let next = variants.count * nameCount
        variants.append(Variant(bytes: bytes, features: found, presence: presence))
        while known.count < next + nameCount { known.append(-1) }
        for index in next..<(next + nameCount) { known[index] = -1 }
    }
}
