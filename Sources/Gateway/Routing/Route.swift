// What a request is subject to once it has been routed.

internal import RuleStore

/// The settings of one location, or of a server outside all locations, and its compiled rules.
final class Route {
    let server: ServerPolicy
    let settings: LocationSettings
    let rules: RuleSetView?

    init(server: ServerPolicy, settings: LocationSettings, ruleSets: [RuleSetView]) {
        self.server = server
        self.settings = settings
        rules = settings.ruleSet.map { ruleSets[$0] }
    }

    /// Rules to run on requests; nil where nothing is inspected.
    var requestRules: RuleSetView? { settings.inspection == .off ? nil : rules }
    var isDetectOnly: Bool { settings.inspection == .detect }
}
