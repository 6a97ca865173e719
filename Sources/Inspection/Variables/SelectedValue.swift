// A value that a rule looks at, and how logs and macros name it.

internal import Bytes
internal import RuleStore

/// One value of a rule's variables.
struct SelectedValue {
    var variable: VariableName
    /// The member's name as sent; nil for single values and counts.
    var key: ByteView?
    var value: ByteView

    /// Appends `ARGS:id`, `REQUEST_METHOD`, ... A match that is matched again keeps its first name.
    func appendName(to buffer: inout ByteBuffer) {
        if let key, variable == .matchedVariables || variable == .matchedVariablesNames {
            buffer.append(key)
            return
        }
        buffer.append(variable.spelling)
        if let key {
            buffer.append(ASCII.byte(":"))
            buffer.append(key)
        }
    }
}
