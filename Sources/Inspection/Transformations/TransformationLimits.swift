// What a transformation may make of a value.

/// Limits that hold for every transformation.
enum TransformationLimits {
    /// Longest value that a transformation which makes values longer gives: what goes past it is
    /// cut off. A few of them in a row would otherwise multiply a body without bound.
    static let grownBytes = 64 << 20

    /// Room for a value that needs `bytes` bytes.
    static func room(for bytes: Int) -> Int { min(bytes, grownBytes) }

    /// Whether a value has been cut, or fits so closely that it may have been: nothing is appended in
    /// part, and no step appends more than `longestStep`.
    static func isFull(_ bytes: Int) -> Bool { bytes > grownBytes - longestStep }

    /// Bytes that one step of a transformation appends at most.
    static let longestStep = 10
}
