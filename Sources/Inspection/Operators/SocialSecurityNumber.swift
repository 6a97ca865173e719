// @verifySSN

internal import Bytes

/// Social security numbers of the United States: nine digits, with areas, groups and serials that were
/// given out before 2011.
enum SocialSecurityNumber {
    static func isValid(_ text: ByteView) -> Bool {
        var digits = InlineArray<9, Int>(repeating: 0)
        guard NumberDigits.read(text, into: &digits, isExact: true), !NumberDigits.areAlike(digits),
            !NumberDigits.ascend(digits, wraps: false)
        else { return false }
        let area = digits[0] * 100 + digits[1] * 10 + digits[2]
        let group = digits[3] * 10 + digits[4]
        let serial = digits[5] * 1000 + digits[6] * 100 + digits[7] * 10 + digits[8]
        return 1..<740 ~= area && area != 666 && group != 0 && serial != 0
    }
}
