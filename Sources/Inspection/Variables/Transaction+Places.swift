// GEO: what @geoLookup found last.

internal import Bytes
internal import RuleStore

extension Transaction {
    func lookUpPlace(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) -> Bool {
        LocationLookup.find(value, in: rules.locations(rule.program!), &places, arena)
    }
}
