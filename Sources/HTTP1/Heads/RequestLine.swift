// The line a request begins with: RFC 9112 section 3.

internal import Bytes
internal import HTTPMessage

/// `method SP request-target SP HTTP-version`.
enum RequestLine {
    /// Reads `line`, which `head` has a copy of, into `head` as far as it can be read.
    static func parse(
        _ line: ByteView, limits: HTTPLimits, into head: inout RequestHead
    ) throws(HTTP1Error) {
        let methodEnd = FieldLine.countOfToken(line)
        guard methodEnd <= limits.maxMethodBytes else {
            throw .methodTooLong(limit: limits.maxMethodBytes)
        }
        head.setMethod(0..<methodEnd)
        guard methodEnd < line.count else { throw .malformedRequestLine }
        guard line[methodEnd] == ASCII.space else { throw .invalidMethod }

        let targetStart = methodEnd + 1
        let targetEnd = line.firstIndex(of: ASCII.space, from: targetStart) ?? line.count
        guard targetEnd > targetStart else { throw .malformedRequestLine }
        let target = line[targetStart..<targetEnd]
        let hasForm = head.setTarget(targetStart..<targetEnd)
        guard target.count <= limits.maxTargetBytes else {
            throw .targetTooLong(limit: limits.maxTargetBytes)
        }
        guard OctetScan.isTarget(target) else {
            throw target.contains(ASCII.carriageReturn) ? .bareCarriageReturn : .invalidTarget
        }
        guard targetEnd < line.count else { throw .malformedRequestLine }
        let version = line[(targetEnd + 1)...]
        guard !version.contains(ASCII.space) else { throw .malformedRequestLine }
        head.setVersion(try VersionText.parse(version))
        guard hasForm else { throw .invalidTarget }
    }
}
