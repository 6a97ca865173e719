// What the program prints before there is a log, and for those who test a configuration.

internal import Bytes
internal import Posix

package enum StandardStreams {
    /// Lines for the operator, with the program's name in front of those that are not a place.
    package static func error(_ line: String) { write(line + "\n", to: 2) }

    /// What was asked for: the text of files.
    package static func output(_ bytes: [UInt8]) {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: bytes)
        _ = FileContents.write(buffer.view, to: 1)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var buffer = ByteBuffer()
        buffer.append(text)
        // A closed stream is nothing that could be reported anywhere.
        _ = FileContents.write(buffer.view, to: descriptor)
    }
}
