// The pipelines of a configuration, checked and with what their stages need in workers.

package import RuleStore

extension GatewayPolicy {
    /// Has every stage prepare itself. To be called once a load, after the configuration was read.
    ///
    /// - Parameters:
    ///   - catalogue: The stages that the program knows.
    ///   - read: Gives the content of a file that an argument names.
    /// - Returns: Lines for the operator; without errors the policy can be published.
    package mutating func preparePipelines(
        _ catalogue: StageCatalogue, read: @escaping (String) throws(StageError) -> [UInt8]
    ) -> (errors: [String], warnings: [String]) {
        var checker = ChainChecker(catalogue, read: read)
        pipelines = pipelines.map { checker.compile($0) }
        return (checker.errors.map(\.description), checker.warnings)
    }
}
