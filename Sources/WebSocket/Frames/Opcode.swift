// What a frame carries. RFC 6455 section 5.2 (values), 11.8 (registry: no others are assigned).

/// The opcodes that RFC 6455 defines; any other value is refused.
package enum Opcode: UInt8, Equatable, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    package var isControl: Bool { rawValue >= 8 }
}

/// The opcodes a data message can begin with.
package enum MessageOpcode: UInt8, Equatable, Sendable {
    case text = 1
    case binary = 2
}

/// The opcodes of control frames.
package enum ControlOpcode: UInt8, Equatable, Sendable {
    case close = 8
    case ping = 9
    case pong = 10
}
