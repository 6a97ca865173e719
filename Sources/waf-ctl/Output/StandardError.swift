// Standard error and the end of the process.

import Foundation

enum StandardError {
    static func print(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}

func endProcess(_ status: Int32) -> Never { Foundation.exit(status) }
