// A command as it goes to Redis: an array of bulk strings (RESP2).

package import Bytes

package struct RedisCommand {
    private var parts: [ByteText] = []

    package init(_ words: String...) { for word in words { append(word) } }

    package mutating func append(_ text: String) { parts.append(ByteText(text)) }
    package mutating func append(_ number: Int64) { append(String(number)) }
    package mutating func append(_ bytes: ByteText) { parts.append(bytes) }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.append("*")
        buffer.append(decimal: parts.count)
        buffer.append("\r\n")
        for part in parts {
            buffer.append("$")
            buffer.append(decimal: part.view.count)
            buffer.append("\r\n")
            buffer.append(part.view)
            buffer.append("\r\n")
        }
    }
}
