// The line a request begins with: RFC 9112 section 3.

internal import Bytes
internal import HTTPMessage

/// `method SP request-target SP HTTP-version`, or what HTTP/0.9 had: `GET SP request-target`.
///
/// A line without a version is read, not refused, so that rules can be shown it. Other methods than
/// GET never were without one.
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
        let versionStart = min(targetEnd + 1, line.count)
        let version = line[versionStart...]
        guard !version.contains(ASCII.space) else { throw .malformedRequestLine }
        if version.isEmpty {
            guard head.knownMethod == .get else { throw .malformedRequestLine }
            head.setVersion(.http09, 0..<0)
        } else {
            head.setVersion(try VersionText.parse(version), versionStart..<line.count)
        }
        guard hasForm else { throw head.version == .later ? .unsupportedVersion : .invalidTarget }
    }
}
