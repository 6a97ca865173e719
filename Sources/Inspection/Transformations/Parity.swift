// t:parityEven7bit, t:parityOdd7bit, t:parityZero7bit

internal import Bytes

/// Sets the eighth bit by the number of ones in a byte.
enum Parity {
    case even, odd, zero

    func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(where: { adjusted($0) != $0 }) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            for index in first..<input.count { output.append(adjusted(input[index])) }
        }
    }

    /// As in ModSecurity 2 all eight bits are counted.
    private func adjusted(_ byte: UInt8) -> UInt8 {
        let isOdd = byte.nonzeroBitCount & 1 == 1
        return switch self {
        case .even: isOdd ? byte | 0x80 : byte & 0x7F
        case .odd: isOdd ? byte & 0x7F : byte | 0x80
        case .zero: byte & 0x7F
        }
    }
}
