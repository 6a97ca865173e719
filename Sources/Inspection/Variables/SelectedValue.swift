// A value that a rule looks at, and how logs and macros name it.

internal import Bytes
internal import RuleStore

/// One value of a rule's variables.
struct SelectedValue {
    var variable: VariableName
    /// The member's name as sent; nil for single values and counts.
    var key: ByteView?
    var value: ByteView

    /// Appends `ARGS:id`, `REQUEST_METHOD`, ...
    func appendName(to buffer: inout ByteBuffer) {
        buffer.append(variable.spelling)
        if let key {
            buffer.append(ASCII.byte(":"))
            buffer.append(key)
        }
    }
}
