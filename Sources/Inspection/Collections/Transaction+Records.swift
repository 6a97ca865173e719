// initcol, setsid, setuid, setrsc, expirevar, deprecatevar: opening and ageing records.

internal import Bytes
internal import RuleStore
internal import SharedDictionary

extension Transaction {
    /// Milliseconds since 1970.
    var moment: Int64 { Int64(scratch.clock.unixMicroseconds / 1_000) }

    /// Opens the record of a key, and makes it if it is not there; a collection that is open already
    /// stays as it is.
    func openCollection(_ collection: VariableName, key: Int, isOfApplication: Bool, _ rules: RuleSet) {
        let key = arena.copy(expand(key, rules))
        guard !key.isEmpty else { return }
        if isOfApplication {
            switch collection {
            case .session: collections.sessionID = key
            case .user: collections.userID = key
            default: break
            }
        }
        guard collections[collection] == nil, let table = scratch.records else { return }
        let application = isOfApplication ? rules.view.webAppID : .empty
        let group = group(of: key, collection, application: application, table)
        collections[collection] = open(
            group, key: key, timeoutSeconds: clamped(rules.view.collectionTimeoutSeconds), table)
    }

    /// Opens for a message what its handshake had open, as it stands now.
    func openCollections(of context: MessageContext) {
        collections.sessionID = context[context.sessionID]
        collections.userID = context[context.userID]
        guard let table = scratch.records else { return }
        for record in context.records {
            collections[record.collection] = open(
                record.group, key: context[record.key], timeoutSeconds: record.timeoutSeconds, table)
        }
    }

    private func open(
        _ group: KeyDigest, key: ByteView, timeoutSeconds: Int, _ table: EntryTable
    ) -> OpenRecord {
        let head = EntryKey(headOf: group)
        let draft = EntryDraft(
            name: key, expiry: moment + Int64(timeoutSeconds) * 1_000, lifetime: Int64(timeoutSeconds) * 1_000)
        let isNew = table.make(head, draft, at: moment)
        var record = OpenRecord(
            group: group, key: key, isNew: isNew, createdSeconds: scratch.clock.unixSeconds,
            lastUpdateSeconds: nil, updateCounter: 0, timeoutSeconds: timeoutSeconds)
        if !isNew, let times = table.times(of: head, at: moment) {
            record.createdSeconds = Int(times.created / 1_000)
            record.updateCounter = Int(clamping: table.number(of: head, at: moment) ?? 0)
            if record.updateCounter > 0 { record.lastUpdateSeconds = Int(times.touched / 1_000) }
            record.timeoutSeconds = Int(times.lifetime / 1_000)
        }
        return record
    }

    /// Records of different applications, collections and keys have nothing in common.
    private func group(
        of key: ByteView, _ collection: VariableName, application: ByteView, _ table: EntryTable
    ) -> KeyDigest {
        scratch.text.removeAll(keepingCapacity: true)
        scratch.text.append(application)
        scratch.text.append(0)
        scratch.text.append(collection.spelling)
        scratch.text.append(0)
        scratch.text.append(key)
        return table.seed.digest(scratch.text.view)
    }

    /// Ends what the transaction has open: a record that it has changed counts the change and is kept
    /// for its time-out from now on.
    func settleCollections() {
        guard let table = scratch.records else { return }
        for (collection, record) in collections.changedRecords {
            collections[collection]?.isChanged = false
            let lifetime = Int64(record.timeoutSeconds) * 1_000
            let head = EntryKey(headOf: record.group)
            let draft = EntryDraft(name: record.key, expiry: moment + lifetime, lifetime: lifetime)
            _ = table.add(1, to: head, draft, at: moment)
            table.setLifetime(head, draft, to: lifetime, at: moment)
            table.extend(record.group, to: moment + lifetime, at: moment)
        }
    }

    func clamped(_ timeoutSeconds: Int) -> Int {
        min(max(0, timeoutSeconds), limits.collectionTimeoutSeconds)
    }

    /// expirevar and deprecatevar
    func age(
        _ kind: CollectionAging.Kind, _ collection: VariableName, name: Int, value: Int, _ rules: RuleSet
    ) {
        let name = expand(name, rules)
        guard !name.isEmpty, let table = scratch.records, let record = collections[collection],
            SpecialMember(name) == nil
        else { return }
        let key = EntryKey(group: record.group, name: table.seed.name(name))
        let value = expand(value, rules)
        collections[collection]?.isChanged = true
        switch kind {
        case .expire:
            let seconds = clamped(LeadingNumber.read(value))
            table.setExpiry(
                key, draft(name, record), to: moment + Int64(seconds) * 1_000, at: moment)
        case .deprecate: deprecate(key, name, value, record, table)
        }
    }

    /// `60/300`: 60 less for each whole 300 seconds since the record was last changed.
    private func deprecate(
        _ key: EntryKey, _ name: ByteView, _ value: ByteView, _ record: OpenRecord, _ table: EntryTable
    ) {
        guard let lastUpdate = record.lastUpdateSeconds, let slash = value.firstIndex(of: ASCII.byte("/")),
            table.value(of: key, at: moment, into: arena) != nil
        else { return }
        let amount = LeadingNumber.read(value[..<slash])
        let seconds = LeadingNumber.read(value[(slash + 1)...])
        guard seconds > 0, amount > 0 else { return }
        let steps = max(0, scratch.clock.unixSeconds - lastUpdate) / seconds
        let (product, overflow) = amount.multipliedReportingOverflow(by: steps)
        _ = table.add(
            Int64(overflow ? -Int.max : -product), to: key, draft(name, record), at: moment,
            textValue: { Int64(LeadingNumber.read($0)) })
    }

    /// What a new member of a record is made with.
    func draft(_ name: ByteView, _ record: OpenRecord) -> EntryDraft {
        EntryDraft(name: name, expiry: moment + Int64(record.timeoutSeconds) * 1_000)
    }
}
