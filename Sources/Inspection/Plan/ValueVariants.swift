// What the steps of a plan make of one value: few different byte strings, as most steps change nothing.

internal import Bytes
internal import RuleStore

/// The distinct results for one value, and which step gave which. Reused for all values of a worker.
struct ValueVariants {
    struct Variant {
        var bytes: ByteView
        var presence: BytePresence
        /// Number of the smallest profile that the bytes are of.
        var profile: Int?
        /// The steps that gave it; left out of the value itself.
        var steps = StepSet()
    }

    private(set) var all: ContiguousArray<Variant> = []
    /// Variant of each step; step 0 is the value itself.
    private var variantOfStep = InlineArray<256, UInt8>(repeating: 0)
    /// Features of each variant, and whether it has no bytes.
    private var featuresOfVariant = InlineArray<256, UInt32>(repeating: 0)
    private var emptyVariants = StepSet()
    /// What a transformation made of a variant: variant times names, -1 where it was not asked.
    private var known: ContiguousArray<Int16> = []
    private let features: ContiguousArray<UInt32>

    /// Numbers of transformations are below this.
    private static let mostVariants = EvaluationPlanView.mostSteps - 1
    private let nameCount = Int(TransformationName.allCases.map(\.rawValue).max() ?? 0) + 1

    init() { features = ContiguousArray((0...255).map { ByteFeatures(of: UInt8($0)).rawValue }) }

    /// Starts with the value itself.
    mutating func begin(_ value: ByteView) {
        all.removeAll(keepingCapacity: true)
        emptyVariants = StepSet()
        append(value)
    }

    /// Whether no step with these triggers can change the value.
    func isFixed(under triggers: UInt32) -> Bool { featuresOfVariant[0] & triggers == 0 }

    /// Works out some steps, whose parents are among them.
    ///
    /// - Parameter apply: Gives what a transformation makes of bytes; nil when there is no room for it.
    /// - Returns: false when there was no room.
    mutating func run(
        _ wanted: StepSet, of steps: [PlanSchedule.Step], _ apply: (TransformationName, ByteView) -> ByteView?
    ) -> Bool {
        wanted.forEach { index in
            let step = steps[index]
            let before = variantOfStep[step.parent]
            guard featuresOfVariant[Int(before)] & step.triggers != 0,
                step.fillsEmptyValue || !emptyVariants.contains(Int(before))
            else {
                variantOfStep[index] = before
                if before > 0 { all[Int(before)].steps.insert(index) }
                return true
            }
            guard let result = outcome(step.name, of: Int(before), apply) else { return false }
            variantOfStep[index] = UInt8(result)
            if result > 0 { all[result].steps.insert(index) }
            return true
        }
    }

    /// Number of what a transformation makes of a variant; nil when there is no room for it.
    private mutating func outcome(
        _ name: TransformationName, of variant: Int, _ apply: (TransformationName, ByteView) -> ByteView?
    ) -> Int? {
        let place = variant * nameCount + Int(name.rawValue)
        if known[place] >= 0 { return Int(known[place]) }
        guard all.count < Self.mostVariants, let result = apply(name, all[variant].bytes) else { return nil }
        let number = number(of: result)
        known[place] = Int16(number)
        return number
    }

    /// Number of what a step made of the value, once `run` has worked it out.
    func variant(ofStep step: Int) -> Int { Int(variantOfStep[step]) }

    private mutating func number(of result: ByteView) -> Int {
        for index in all.indices {
            let bytes = all[index].bytes
            if bytes.isIdentical(to: result) || bytes == result { return index }
        }
        append(result)
        return all.count - 1
    }

    private mutating func append(_ bytes: ByteView) {
        let presence = BytePresence(of: bytes)
        var found = ByteFeatures.any.rawValue
        presence.forEach { found |= features[Int($0)] }
        let next = all.count * nameCount
        featuresOfVariant[all.count] = found
        if bytes.isEmpty { emptyVariants.insert(all.count) }
        all.append(Variant(
                bytes: bytes, presence: presence, profile: ByteProfile.number(of: presence)))
        while known.count < next + nameCount { known.append(-1) }
        for index in next..<(next + nameCount) { known[index] = -1 }
    }
}
