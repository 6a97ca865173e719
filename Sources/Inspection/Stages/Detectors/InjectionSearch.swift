// What the detectors of injections have in common: which values they look at.

internal import Bytes
internal import Pipeline

/// Looks at arguments and cookies.
struct InjectionSearch {
    private let looksAtCookies: Bool
    private let reaction: StageReaction
    private let what: String
    private let finds: (ByteView) -> Bool

    static let parameters = StageReaction.parameters + [StageParameter("cookies", "on or off")]

    init(_ arguments: StageArguments, what: String, finds: @escaping (ByteView) -> Bool) throws(StageError) {
        reaction = try StageReaction(arguments)
        switch arguments["cookies"] {
        case nil, "on": looksAtCookies = true
        case "off": looksAtCookies = false
        case .some(let word): throw StageError("cookies=\(word): expected on or off")
        }
        self.what = what
        self.finds = finds
    }

    func push(_ stream: PipelineStream) -> StageResult {
        // Query and cookies have had their turn with the head.
        if stream.phase == .requestBody, stream.body.isEmpty { return .next }
        var place: String?
        stream.source.visitArguments(stream) { name, value in
            if finds(value) { place = "the argument \"\(Self.shown(name))\"" }
            else if finds(name) { place = "the name of the argument \"\(Self.shown(name))\"" }
            return place == nil
        }
        if place == nil, looksAtCookies, stream.phase == .requestHeaders {
            stream.source.visitCookies { name, value in
                if finds(value) { place = "the cookie \"\(Self.shown(name))\"" }
                return place == nil
            }
        }
        guard let place else { return .next }
        stream.tag("found", "\(what) in \(place)")
        return reaction.verdict("\(what) in \(place)")
    }

    /// As much of a name as a log line has room for.
    private static func shown(_ name: ByteView) -> String { name[..<min(name.count, 64)].string }
}
