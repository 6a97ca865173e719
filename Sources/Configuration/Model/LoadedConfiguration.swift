// What comes of loading a configuration.

package import RuleStore

package struct LoadedConfiguration: Sendable {
    package var main: MainSettings
    package var policy: GatewayPolicy
    /// The files of each rule set, in the order in which they are read. Lists with the same paths
    /// are one; `LocationSettings.ruleSet` is an index here.
    package var ruleSets: [[RuleFile]]
    package var warnings: [ConfigurationWarning]
}
