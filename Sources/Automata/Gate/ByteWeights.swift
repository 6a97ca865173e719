// How often bytes stand in ordinary values: what makes one condition better than another.

internal import Bytes

/// A rough model of arguments, header fields and paths. It only chooses among conditions that are all
/// true; a wrong weight costs time, never a match.
enum ByteWeights {
    /// Share of each byte.
    static let bytes: [Double] = {
        var weights = [Double](repeating: 0.000_2, count: 256)
        for byte in 0x61...0x7A { weights[byte] = 0.026 }
        for byte in "etaoinsrhl".utf8 { weights[Int(byte)] = 0.045 }
        for byte in "jqxz".utf8 { weights[Int(byte)] = 0.008 }
        for byte in 0x41...0x5A { weights[byte] = 0.004 }
        for byte in 0x30...0x39 { weights[byte] = 0.015 }
        for byte in 0x80...0xFF { weights[byte] = 0.000_4 }
        for byte in " ".utf8 { weights[Int(byte)] = 0.06 }
        for byte in "-_./".utf8 { weights[Int(byte)] = 0.02 }
        for byte in ",:;=".utf8 { weights[Int(byte)] = 0.008 }
        for byte in "+%&()\"'".utf8 { weights[Int(byte)] = 0.003 }
        return weights
    }()

    /// Share of each bucket of pairs, neighbours taken as independent.
    static let pairs: [Double] = {
        var weights = [Double](repeating: 0, count: BytePair.bucketCount)
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                weights[BytePair.bucket(first, second)] += bytes[Int(first)] * bytes[Int(second)]
            }
        }
        return weights
    }()
}

extension ByteSet {
    /// The set as `ByteGate` has it.
    var gateWords: [UInt64] {
        var result = [UInt64](repeating: 0, count: 4)
        for byte in UInt8.min...UInt8.max where contains(byte) {
            result[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
        }
        return result
    }
}
