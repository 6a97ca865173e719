// cc: flood control. Requests or messages of one key are counted in a shared dictionary, exactly over all workers.

internal import Bytes
internal import Pipeline

final class FloodStage: Stage {
    static let description = StageDescription(
        name: "cc", kind: .business,
        summary:
            "limits the rate of requests and messages by key; what is over it is blocked, delayed or banned",
        example: "cc key=$remote_addr rate=100r/s burst=200 ban=10m;",
        phases: [.requestHeaders, .message],
        parameters: [
            StageParameter(
                "key", isRequired: true, "what is counted by: $remote_addr, $http_NAME, $tag_NAME ..."),
            StageParameter("rate", isRequired: true, "a rate such as 100r/s or 20r/m"),
            StageParameter("burst", "a number from 0 to 1000000"),
            StageParameter("delay", "requests of the burst that pass at once; the others wait"),
            StageParameter("ban", "a time: how long an address that is over the limit is kept out"),
            StageParameter("status", "a status from 400 to 599"),
            StageParameter("action", "block, log, drop or close"),
            StageParameter("zone", "a name: stages of one zone count together"),
            StageParameter("dict", "the name of a shared_dict"),
            StageParameter("of", "requests, messages or both"),
        ])

    /// What is counted.
    private enum Scope: String, CaseIterable { case requests, messages, both }

    private let key: FloodKey
    private let meter: any StageMeter
    private let bans: (any StageBans)?
    private let banSeconds: Int?
    private let reaction: StageReaction
    private let scope: Scope
    private let zone: String
    private var scratch = ByteBuffer()

    static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8] {
        _ = try FloodKey(arguments["key"] ?? "")
        _ = try setting(arguments)
        _ = try StageReaction(withDefault(arguments))
        _ = try arguments.milliseconds("ban")
        _ = try scope(arguments)
        return []
    }

    init(_ setting: StageSetting) throws(StageError) {
        let arguments = setting.arguments
        key = try FloodKey(arguments["key"] ?? "")
        reaction = try StageReaction(Self.withDefault(arguments))
        scope = try Self.scope(arguments)
        banSeconds = try arguments.milliseconds("ban").map { max(1, $0 / 1_000) }
        let limit = try Self.setting(arguments)
        zone = limit.zone
        guard let meter = setting.shared?.meter(limit) else {
            throw StageError("there is no dictionary to count in, or a number is out of its range")
        }
        self.meter = meter
        bans = banSeconds == nil ? nil : setting.shared?.bans(dictionary: arguments["dict"])
    }

    func push(_ stream: PipelineStream) -> StageResult {
        guard scope == .both || (scope == .messages) == (stream.phase == .message) else { return .next }
        let answer = key.with(stream, &scratch) { meter.ask($0) }
        switch answer {
        case .admitted: return .next
        case .delayed(let milliseconds):
            stream.tag("delayed", "\(milliseconds)")
            return .suspend(Suspension(milliseconds: milliseconds))
        case .refused:
            if let banSeconds, let bans { bans.ban(stream.view(of: .remoteAddress), seconds: banSeconds) }
            stream.tag("over", zone)
            return reaction.verdict(
                "over the limit of \"\(zone)\"" + (banSeconds.map { ", banned for \($0) s" } ?? ""))
        }
    }

    /// 429 (Too Many Requests), RFC 6585 section 4, unless another is wanted.
    private static func withDefault(_ arguments: StageArguments) -> StageArguments {
        arguments["status"] == nil ? StageArguments(arguments.pairs + [("status", "429")]) : arguments
    }

    private static func scope(_ arguments: StageArguments) throws(StageError) -> Scope {
        guard let word = arguments["of"] else { return .both }
        guard let scope = Scope(rawValue: word) else {
            throw StageError("of=\(word): expected requests, messages or both")
        }
        return scope
    }

    private static func setting(_ arguments: StageArguments) throws(StageError) -> MeterSetting {
        let text = arguments["rate"] ?? ""
        let digits = text.prefix { ("0"..."9").contains($0) }
        let unit = text[digits.endIndex...]
        guard let rate = Int(digits), rate > 0, rate <= 1_000_000, unit == "r/s" || unit == "r/m" else {
            throw StageError("rate=\(text): expected a rate such as 100r/s or 20r/m, at most 1000000")
        }
        let burst = try arguments.number("burst", in: 0...1_000_000) ?? 0
        let delay = try arguments.number("delay", in: 0...burst)
        let zone = arguments["zone"] ?? "\(arguments["key"] ?? "") \(text)"
        guard !zone.isEmpty, zone.utf8.count <= 64 else {
            throw StageError("zone=\(zone): expected 1 to 64 bytes")
        }
        return MeterSetting(
            zone: zone, rate: rate, isPerMinute: unit == "r/m", burst: burst, delayAfter: delay,
            dictionary: arguments["dict"])
    }
}
