// What flows through a pipeline: metadata, data and tags of one request and its response, or one message.

package import Bytes

/// One stream. Bytes are lent inside closures only; what a stage edits is a copy, made by the first edit.
///
/// What stages see behind an edit is the edited copy; what is forwarded stays as it came unless an edit says
/// otherwise. Belongs to the thread of its worker.
public final class PipelineStream {
    package unowned var source: any StreamSource
    package private(set) var editedTarget: ByteText?
    package private(set) var editedBody: ByteText?
    /// Whether the edited copy is forwarded.
    package private(set) var forwardsTarget = false
    package private(set) var forwardsBody = false
    /// Counts edits, so that what is derived from the data can be told to be old.
    package private(set) var edits = 0
    private var fields: [StreamField: ByteText] = [:]
    public private(set) var tags: [StreamTag] = []
    public package(set) var phase = PipelinePhase.connection
    /// The stage at hand: who sets a tag.
    package var stage = ""
    /// A stage has let the stream through: no other is asked.
    package var isExempt = false

    /// Tags that a stream carries at most; further ones are dropped.
    public static let mostTags = 256
    /// Bytes of an edited copy at most; a longer edit is refused.
    public static let mostEditedBytes = 16 << 20

    package init(_ source: any StreamSource) { self.source = source }

    /// Forgets everything but what it is made over.
    package func reset() {
        editedTarget = nil
        editedBody = nil
        forwardsTarget = false
        forwardsBody = false
        edits = 0
        if !fields.isEmpty { fields.removeAll() }
        if !tags.isEmpty { tags.removeAll(keepingCapacity: true) }
        isExempt = false
    }

    // MARK: Metadata

    /// Lends the bytes of a field.
    public func with<Result>(_ field: StreamField, _ body: (Span<UInt8>) -> Result) -> Result {
        body(view(of: field).span)
    }

    /// The field as text; what is not UTF-8 is replaced.
    public func text(_ field: StreamField) -> String { view(of: field).string }

    /// For all stages behind this one; what is forwarded does not change.
    public func set(_ field: StreamField, to text: String) {
        fields[field] = Self.copy(Array(text.utf8))
    }

    /// Lends the first field of that name in the request's head; nil when there is none.
    public func withHeader<Result>(_ name: String, _ body: (Span<UInt8>) -> Result) -> Result? {
        var buffer = ByteBuffer()
        buffer.append(name)
        return source.requestHeader(buffer.view).map { body($0.span) }
    }

    /// Milliseconds of a clock that only goes forward.
    public var now: Int { source.now }
    /// Seconds since 1970.
    public var secondsSinceEpoch: Int { source.secondsSinceEpoch }

    package func view(of field: StreamField) -> ByteView {
        if !fields.isEmpty, let set = fields[field] { return set.view }
        if field == .target, let editedTarget { return editedTarget.view }
        return source.view(of: field)
    }

    // MARK: Data

    /// Lends the content: of the request, the response or the message, by phase.
    public func withBody<Result>(_ body: (Span<UInt8>) -> Result) -> Result { body(self.body.span) }

    package var body: ByteView { editedBody?.view ?? source.body }

    /// Lends names and values of the arguments, decoded, until `visit` says false.
    public func forEachArgument(_ visit: (Span<UInt8>, Span<UInt8>) -> Bool) {
        source.visitArguments(self) { visit($0.span, $1.span) }
    }

    /// Lends names and values of the cookies, until `visit` says false.
    public func forEachCookie(_ visit: (Span<UInt8>, Span<UInt8>) -> Bool) {
        source.visitCookies { visit($0.span, $1.span) }
    }

    /// Replaces path and query, coded as on the wire, for the stages behind this one.
    ///
    /// - Parameter isForwarded: Whether the upstream gets them too, from now on.
    /// - Returns: false when they are too long or no target; nothing is changed then.
    @discardableResult
    public func editTarget(_ bytes: [UInt8], isForwarded: Bool = false) -> Bool {
        guard bytes.count <= Self.mostEditedBytes, bytes.first == ASCII.byte("/"),
            !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F })
        else { return false }
        editedTarget = Self.copy(bytes)
        forwardsTarget = isForwarded
        edits += 1
        return true
    }

    /// Likewise the content.
    @discardableResult
    public func editBody(_ bytes: [UInt8], isForwarded: Bool = false) -> Bool {
        guard bytes.count <= Self.mostEditedBytes else { return false }
        editedBody = Self.copy(bytes)
        forwardsBody = isForwarded
        edits += 1
        return true
    }

    private static func copy(_ bytes: [UInt8]) -> ByteText {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: bytes)
        return ByteText(buffer.view)
    }

    /// Another content is looked at from now on.
    package func forgetBody() {
        editedBody = nil
        forwardsBody = false
    }

    // MARK: Tags

    /// Leaves a finding for the stages behind this one and for the logs.
    public func tag(_ name: String, _ value: String = "") {
        guard tags.count < Self.mostTags else { return }
        tags.append(StreamTag(stage: stage, name: name, value: value))
    }

    /// The value of the last tag of that name, whoever set it; nil when there is none.
    public func value(ofTag name: String) -> String? { tags.last { $0.name == name }?.value }

    // MARK: Branches

    /// A copy of its own for one of several branches.
    package func fork() -> PipelineStream {
        let copy = PipelineStream(source)
        copy.phase = phase
        copy.fields = fields
        copy.tags = tags
        copy.editedTarget = editedTarget
        copy.editedBody = editedBody
        copy.edits = edits
        return copy
    }

    /// Takes over what a branch has found; its edits end with it.
    package func join(_ branch: PipelineStream, tagsBefore: Int) {
        for tag in branch.tags.dropFirst(tagsBefore) where tags.count < Self.mostTags { tags.append(tag) }
        if branch.isExempt { isExempt = true }
    }
}
