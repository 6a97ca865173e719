// How much of each field a matched-rule line shows.

/// Bytes of a field before escaping; what is longer is cut.
enum LogLimits {
    static let parameterBytes = 512
    static let valueBytes = 100
    static let nameBytes = 256
    static let messageBytes = 2_048
    static let dataBytes = 2_048
    static let tagBytes = 256
    static let hostBytes = 256
    static let uriBytes = 1_024
    static let uniqueIDBytes = 128
    static let fileBytes = 512
}
