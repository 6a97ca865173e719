// What the copies of a connection's messages have in common: the fields of its handshake.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import RuleStore

extension Exchange {
    /// nil where messages are not asked about.
    func makeMessageTarget() -> MessageTarget? {
        guard route?.desk?.policy.asksMessages == true, let target = route?.target,
            let proxy = target.settings.proxy, let destination = targetDestination(proxy)
        else { return nil }
        var head = ByteBuffer()
        head.append("POST ")
        appendCopyTarget(proxy, into: &head)
        head.append(" HTTP/1.1\r\n")
        appendCopyFields(to: target, proxy, event: "message", into: &head)
        HeadWriter.appendField("X-Original-Method", session.head.method, to: &head)
        return MessageTarget(destination, head: ByteText(head.view))
    }
}
