// Bytes as the SQL lexers see them.

internal import Bytes

/// Classes of single bytes in SQL text.
enum SQLByteClass {
    /// Controls, the space, DEL and the no-break space of Latin-1, which MySQL skips as well.
    static func isWhite(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F || byte == 0xA0 }

    /// What ends an unquoted word. Dots and backticks do not: they may divide it.
    static func endsWord(_ byte: UInt8) -> Bool {
        // One bit a byte: white space and ! " # % & ' ( ) * + , - / : ; < = > ? @ [ \ ] ^ { | } ~
        let low: UInt64 = 0xFC00_BFEF_FFFF_FFFF
        let high: UInt64 = 0xF800_0000_7800_0001
        if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
        if byte < 128 { return high >> UInt64(byte &- 64) & 1 == 1 }
        return byte == 0xA0
    }

    /// What ends the name of a variable: the same, and backticks, but brackets and braces do not.
    static func endsVariable(_ byte: UInt8) -> Bool {
        switch byte {
        case ASCII.byte("["), ASCII.byte("]"), ASCII.byte("{"), ASCII.byte("}"): false
        case ASCII.byte("`"): true
        default: endsWord(byte)
        }
    }
}
