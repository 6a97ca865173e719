// What the steps of a plan make of one value: few different byte strings, as most steps change nothing.

internal import Bytes
internal import RuleStore

/// The distinct results for one value, and which step gave which. Reused for all values of a worker.
struct ValueVariants {
    struct Variant {
        var bytes: ByteView
        var features: UInt32
        /// How many different bytes it has; they stand in `distinct`.
        var distinctCount: Int
    }

    private(set) var variants: ContiguousArray<Variant> = []
    /// Variant of each step; step 0 is the value itself.
    private var variantOfStep: ContiguousArray<Int> = [0]
    /// 256 places for each variant.
    private(set) var distinct: ContiguousArray<UInt8> = []
    private var stamps = ContiguousArray<UInt32>(repeating: 0, count: 256)
    private var stamp: UInt32 = 0
    /// What a transformation made of a variant: variant times names, -1 where it was not asked.
    private var known: ContiguousArray<Int16> = []
    private let features: ContiguousArray<UInt32>

    /// Numbers of transformations are below this.
    private let nameCount = Int(TransformationName.allCases.map(\.rawValue).max() ?? 0) + 1

    init() { features = ContiguousArray((0...255).map { ByteFeatures(of: UInt8($0)).rawValue }) }

    /// Starts with the value itself.
    mutating func begin(_ value: ByteView) {
        variants.removeAll(keepingCapacity: true)
        known.removeAll(keepingCapacity: true)
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

    func variant(ofStep step: Int) -> Int { variantOfStep[step] }

    private mutating func number(of result: ByteView) -> Int {
        for index in variants.indices {
            let bytes = variants[index].bytes
            if bytes.isIdentical(to: result) || bytes == result { return index }
        }
        append(result)
        return variants.count - 1
    }

    private mutating func append(_ bytes: ByteView) {
        let first = variants.count * 256
        while distinct.count < first + 256 { distinct.append(0) }
        if stamp == .max {
            for index in stamps.indices { stamps[index] = 0 }
            stamp = 0
        }
        stamp += 1
        var count = 0
        var found = ByteFeatures.any.rawValue
        let span = bytes.span
        for index in span.indices {
            let byte = span[index]
            guard stamps[Int(byte)] != stamp else { continue }
            stamps[Int(byte)] = stamp
            distinct[first + count] = byte
            count += 1
            found |= features[Int(byte)]
        }
        variants.append(Variant(bytes: bytes, features: found, distinctCount: count))
        for _ in 0..<nameCount { known.append(-1) }
    }
}
