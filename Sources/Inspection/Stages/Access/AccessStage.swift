// acl: who may come, with which method, to which path.

internal import Automata
internal import Bytes
internal import Pipeline

/// An address on `allow` is not looked for on `deny`. One on neither passes, unless `allow` is all that is given.
final class AccessStage: Stage {
    static let description = StageDescription(
        name: "acl", kind: .business,
        summary: "lets in by address, country, method, path and header",
        example: "acl deny=@banned allow=10.0.0.0/8 method=GET,POST deny-path=/admin;",
        phases: [.requestHeaders],
        parameters: [
            StageParameter("allow", isRepeatable: true, "addresses, networks, country:XX, @FILE"),
            StageParameter("deny", isRepeatable: true, "addresses, networks, country:XX, @banned, @FILE"),
            StageParameter("default", "allow or deny: what becomes of an address on neither list"),
            StageParameter("geoip", "a MaxMind database, for country:XX"),
            StageParameter("method", isRepeatable: true, "the methods that are let in"),
            StageParameter("deny-path", isRepeatable: true, "the beginning of a path, or ~PATTERN"),
            StageParameter("deny-header", isRepeatable: true, "NAME:TEXT or NAME:~PATTERN"),
            StageParameter("dict", "the name of the shared_dict with the bans"),
        ] + StageReaction.parameters)

    private let denied: AddressProgram
    private let allowed: AddressProgram
    private let deniedItems: AccessItems
    private let allowedItems: AccessItems
    private let deniesOthers: Bool
    private let places: LocationDatabase?
    private let methods: [ByteText]
    private let patterns: [(rule: AccessPattern, text: ByteText, header: ByteText?, program: PatternProgram?)]
    private let matcher = PatternMatcher(budgetBytes: 64 << 10)
    private let bans: (any StageBans)?
    private let reaction: StageReaction
    private let arena = Arena()
    /// Keep the bytes that programs are read from.
    private let sections: [ByteText]

    static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8] {
        _ = try StageReaction(arguments)
        _ = try deniesOthers(arguments, hasDenied: false, hasAllowed: false)
        var sections: [[UInt8]] = []
        for list in ["deny", "allow"] {
            let items = try AccessItems(arguments.all(list), read: read)
            guard items.countries.isEmpty || arguments["geoip"] != nil else {
                throw StageError("\(list)=country: needs geoip=FILE")
            }
            do throws(AddressError) {
                sections.append(try AddressCompiler.compile(items.addresses))
            } catch {
                throw StageError("\(list): \(error.description)")
            }
        }
        if let path = arguments["geoip"] {
            let bytes = try read(path)
            guard (try? LocationDatabase(validating: ByteText(bytes: bytes).view)) != nil else {
                throw StageError("geoip=\(path): expected a MaxMind database")
            }
            sections.append(bytes)
        } else {
            sections.append([])
        }
        for pattern in try AccessPattern.all(arguments) { sections.append(try pattern.compiled()) }
        return AccessData(sections: sections).encoded
    }

    init(_ setting: StageSetting) throws(StageError) {
        let arguments = setting.arguments
        let sections = try AccessData(setting.data).sections.map { ByteText(bytes: $0) }
        self.sections = sections
        reaction = try StageReaction(arguments)
        deniedItems = try AccessItems(arguments.all("deny")) { (_) throws(StageError) in [] }
        allowedItems = try AccessItems(arguments.all("allow")) { (_) throws(StageError) in [] }
        deniesOthers = try Self.deniesOthers(
            arguments, hasDenied: !arguments.all("deny").isEmpty, hasAllowed: !arguments.all("allow").isEmpty)
        methods = arguments.all("method").flatMap { $0.split(separator: ",") }.map {
            ByteText(bytes: Array($0.utf8))
        }
        bans = deniedItems.namesBans ? setting.shared?.bans(dictionary: arguments["dict"]) : nil
        let rules = try AccessPattern.all(arguments)
        guard sections.count == 3 + rules.count else { throw StageError("damaged data") }
        do throws(ProgramError) {
            denied = try AddressProgram(validating: sections[0].view)
            allowed = try AddressProgram(validating: sections[1].view)
            places = sections[2].view.isEmpty ? nil : try LocationDatabase(validating: sections[2].view)
            var patterns: [(AccessPattern, ByteText, ByteText?, PatternProgram?)] = []
            for (number, rule) in rules.enumerated() {
                let program = rule.isPattern ? try PatternProgram(validating: sections[3 + number].view) : nil
                patterns.append(
                    (
                        rule, ByteText(bytes: Array(rule.text.utf8)),
                        rule.header.map { ByteText(bytes: Array($0.utf8)) }, program
                    ))
            }
            self.patterns = patterns
        } catch {
            throw StageError("damaged data: \(error)")
        }
    }

    func push(_ stream: PipelineStream) -> StageResult {
        if let reason = addressFault(stream) { return reaction.verdict(reason) }
        if !methods.isEmpty {
            let method = stream.view(of: .method)
            guard methods.contains(where: { $0.view == method }) else {
                return reaction.verdict("method not allowed")
            }
        }
        for pattern in patterns where matches(pattern, stream) {
            return reaction.verdict(pattern.rule.header.map { "field \($0) denied" } ?? "path denied")
        }
        return .next
    }

    /// Why the address is kept out; nil when it is not.
    private func addressFault(_ stream: PipelineStream) -> String? {
        let text = stream.view(of: .remoteAddress)
        if let bans, bans.contains(text) { return "address banned" }
        // A Unix socket's peer has none, and is on no list.
        let address = IPAddress(text)?.unmapped
        if let address, isListed(address, allowed, allowedItems) { return nil }
        if let address, isListed(address, denied, deniedItems) { return "address denied" }
        return deniesOthers ? "address not allowed" : nil
    }

    private func isListed(_ address: IPAddress, _ set: AddressProgram, _ items: AccessItems) -> Bool {
        if set.rangeCount > 0, set.contains(address) { return true }
        guard !items.countries.isEmpty, let record = places?.find(address) else { return false }
        arena.reset()
        guard let code = record.text("country", "iso_code", in: arena) else { return false }
        return items.countries.contains(code.string)
    }

    private func matches(
        _ pattern: (rule: AccessPattern, text: ByteText, header: ByteText?, program: PatternProgram?),
        _ stream: PipelineStream
    ) -> Bool {
        guard let header = pattern.header else {
            let path = stream.view(of: .path)
            if let program = pattern.program { return matcher.matches(program, path) }
            return path.count >= pattern.text.view.count
                && path[..<pattern.text.view.count] == pattern.text.view
        }
        guard let value = stream.source.requestHeader(header.view) else { return false }
        if let program = pattern.program { return matcher.matches(program, value) }
        return Containment.matches(value, pattern.text.view)
    }

    private static func deniesOthers(
        _ arguments: StageArguments, hasDenied: Bool, hasAllowed: Bool
    ) throws(StageError) -> Bool {
        switch arguments["default"] {
        case "deny": return true
        case "allow": return false
        case nil: return hasAllowed && !hasDenied
        case .some(let word): throw StageError("default=\(word): expected allow or deny")
        }
    }
}
