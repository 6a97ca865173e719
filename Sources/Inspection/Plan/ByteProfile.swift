// Kinds of values, by the bytes they are made of.

internal import Bytes

/// Sets of bytes, each within the next: most values that people send fit one of the first.
///
/// For each the entries of a plan are known that a value of such bytes may match at all, so that a word is not
/// held against rules that look for brackets.
enum ByteProfile {
    static let all: [[UInt8]] = {
        let digits = Array(UInt8(ascii: "0")...UInt8(ascii: "9"))
        let words = digits + Array(UInt8(ascii: "a")...UInt8(ascii: "z")) + [UInt8(ascii: "_")]
        let names = words + Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
        let dashed = names + [UInt8(ascii: "-"), UInt8(ascii: ".")]
        let prose = dashed + [UInt8(ascii: " "), UInt8(ascii: "+"), UInt8(ascii: ",")]
        return [digits, words, names, dashed, prose]
    }()

    static let count = all.count

    private static let masks: [BytePresence] = all.map { BytePresence(of: $0) }

    /// The pairs that can stand in a value of the profile.
    static let pairs: [ContiguousArray<UInt64>] = all.map { bytes in
        var words = ContiguousArray<UInt64>(repeating: 0, count: BytePair.wordCount)
        for first in bytes {
            for second in bytes {
                let bucket = BytePair.bucket(first, second)
                words[bucket >> 6] |= 1 << UInt64(bucket & 63)
            }
        }
        return words
    }

    /// The smallest profile that has all of these bytes, nil when none has.
    static func number(of presence: BytePresence) -> Int? {
        for number in masks.indices where presence.isSubset(of: masks[number]) { return number }
        return nil
    }

    /// Whether a value of the profile may have a byte of the class whose words lie at `offset`.
    static func meetsClass(_ number: Int, _ view: ByteView, at offset: Int) -> Bool {
        masks[number].intersects(view, at: offset)
    }

    /// Whether it may have a pair of the set whose words lie at `offset`.
    static func meetsPairs(_ number: Int, _ view: ByteView, at offset: Int) -> Bool {
        pairs[number].indices.contains { pairs[number][$0] & view.loadUInt64(at: offset + $0 * 8) != 0 }
    }
}
