// Where a stream's content comes from: the gateway's exchange, a tunnel's message, a capture.

package import Bytes

/// Where the stage `log` writes.
package enum StreamLog: String, CaseIterable, Sendable { case error, audit }

/// What a stream is made over. Views stay readable until the stage at hand returns.
package protocol StreamSource: AnyObject {
    func view(of field: StreamField) -> ByteView
    /// Value of a field of the request's head, the first of its name; nil when there is none.
    func requestHeader(_ name: ByteView) -> ByteView?
    /// Content of the request, the response or the message, as far as it is held and readable.
    var body: ByteView { get }
    /// Visits names and values of the query, of a body that can be read and of a message, decoded, of the edited
    /// copy where there is one, until `visit` says false.
    func visitArguments(_ stream: PipelineStream, _ visit: (ByteView, ByteView) -> Bool)
    /// Likewise the request's cookies.
    func visitCookies(_ visit: (ByteView, ByteView) -> Bool)
    /// The engine's rules on the phase at hand.
    func judgeByRules() -> StageResult
    /// Asks the target of the stream's location.
    func askTarget() -> StageResult
    /// At the end: leaves a trace of the stream in the error log or in the audit log.
    func record(_ log: StreamLog)
    /// Milliseconds of a clock that only goes forward.
    var now: Int { get }
    /// Seconds since 1970.
    var secondsSinceEpoch: Int { get }
}
