// Members of open records: read and written in the shared dictionary, at once and for all workers.

internal import Bytes
internal import RuleStore
internal import SharedDictionary

extension Transaction {
    func recordMember(_ name: ByteView, of collection: VariableName) -> ByteView? {
        guard let record = collections[collection], let table = scratch.records else { return nil }
        if let special = SpecialMember(name) { return value(of: special, record) }
        if let aged = Self.agedMember(name) {
            let key = EntryKey(group: record.group, name: table.seed.name(aged))
            return table.ownExpiry(of: key, at: moment).map { number(Int($0 / 1_000)) }
        }
        let key = EntryKey(group: record.group, name: table.seed.name(name))
        return table.value(of: key, at: moment, into: arena).map(text(of:))
    }

    func recordSpelling(of name: ByteView, in collection: VariableName) -> ByteView {
        guard let record = collections[collection], let table = scratch.records else { return name }
        if let special = SpecialMember(name) { return ByteView(special.name) }
        let key = EntryKey(group: record.group, name: table.seed.name(name))
        return table.name(of: key, into: arena) ?? name
    }

    /// Special members first, then those that rules have made, in no particular order.
    func visitRecord(_ collection: VariableName, _ body: MemberVisitor) {
        guard let record = collections[collection], let table = scratch.records else { return }
        for special in SpecialMember.allCases {
            guard let value = value(of: special, record) else { continue }
            let name = ByteView(special.name)
            guard body(name, name.caseInsensitiveHash, value) else { return }
        }
        table.visit(record.group, at: moment) { place in
            guard !table.isHead(place), let name = table.name(at: place, into: arena),
                let value = table.value(at: place, moment, into: arena)
            else { return true }
            return body(name, name.caseInsensitiveHash, text(of: value))
        }
    }

    /// `__expire_x` is the second at which expirevar lets x end, as in ModSecurity 2.
    private static func agedMember(_ name: ByteView) -> ByteView? {
        let prefix = ByteView("__expire_")
        guard name.count > prefix.count, name[..<prefix.count].equalsIgnoringASCIICase(prefix) else {
            return nil
        }
        return name[prefix.count...]
    }

    private func text(of value: EntryValue) -> ByteView {
        switch value {
        case .number(let value): number(Int(value))
        case .text(let text): text
        }
    }

    private func value(of special: SpecialMember, _ record: OpenRecord) -> ByteView? {
        switch special {
        case .createTime: number(record.createdSeconds)
        case .isNew: record.isNew ? number(1) : nil
        case .key: record.key
        case .lastUpdateTime: record.lastUpdateSeconds.map { number($0) }
        case .timeout: number(record.timeoutSeconds)
        case .updateCounter: number(record.updateCounter)
        case .updateRate: record.isNew ? nil : number(updateRate(record))
        }
    }

    /// Changes a minute since the record was made; 0 within its first second.
    private func updateRate(_ record: OpenRecord) -> Int {
        let seconds = scratch.clock.unixSeconds - record.createdSeconds
        let (changes, overflow) = record.updateCounter.multipliedReportingOverflow(by: 60)
        return seconds <= 0 ? 0 : (overflow ? Int.max : changes) / seconds
    }

    // MARK: Writing

    func setRecordMember(_ name: ByteView, _ value: ByteView, of collection: VariableName) {
        guard let record = collections[collection], let table = scratch.records else { return }
        collections[collection]?.isChanged = true
        if let special = SpecialMember(name) {
            // The others are the engine's own and stay as they are.
            if special == .timeout {
                collections[collection]?.timeoutSeconds = clamped(LeadingNumber.read(value))
            }
            return
        }
        let key = EntryKey(group: record.group, name: table.seed.name(name))
        if value.count > table.shape.textBytes { breaches.insert(.collectionValue) }
        let isSet = table.set(
            key, draft(name, record), to: Self.plainNumber(value).map { .number($0) } ?? .text(value),
            at: moment)
        if !isSet { breaches.insert(.collectionRefusal) }
    }

    func addToRecordMember(_ name: ByteView, _ amount: Int, of collection: VariableName) {
        guard let record = collections[collection], let table = scratch.records else { return }
        collections[collection]?.isChanged = true
        if let special = SpecialMember(name) {
            if special == .timeout {
                collections[collection]?.timeoutSeconds = clamped(Self.sum(record.timeoutSeconds, amount))
            }
            return
        }
        let key = EntryKey(group: record.group, name: table.seed.name(name))
        let sum = table.add(
            Int64(amount), to: key, draft(name, record), at: moment,
            textValue: { Int64(LeadingNumber.read($0)) })
        if sum == nil { breaches.insert(.collectionRefusal) }
    }

    /// A record without KEY is no more: that is how rules delete one.
    func removeRecordMember(_ name: ByteView, of collection: VariableName) {
        guard let record = collections[collection], let table = scratch.records else { return }
        switch SpecialMember(name) {
        case .key?:
            table.removeAll(of: record.group)
            collections[collection]?.isChanged = false
        case .isNew?: collections[collection]?.isNew = false
        case .createTime?, .lastUpdateTime?, .timeout?, .updateCounter?, .updateRate?: break
        case nil:
            table.remove(EntryKey(group: record.group, name: table.seed.name(name)))
            collections[collection]?.isChanged = true
        }
    }

    /// The number that a text is the only way to write; nil for all others, which are kept as texts.
    private static func plainNumber(_ text: ByteView) -> Int64? {
        guard !text.isEmpty, text.count <= 19, text[0] != 0x30 || text.count == 1,
            text.indices.allSatisfy({ ASCII.isDigit(text[$0]) })
        else { return nil }
        let number = LeadingNumber.read(text)
        // 19 digits may be too many.
        return number == .max ? nil : Int64(number)
    }
}
