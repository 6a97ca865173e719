// One link of a chain: what it looks at, how, and what it sets.

package struct LinkDescription: Codable, Equatable, Sendable {
    /// A step of the list of transformations.
    package struct Step: Codable, Equatable, Sendable {
        package var name: String
        /// Node of the rule set's tree of transformations; rules that share it share the values.
        package var node: Int
    }

    package var file: String
    package var line: Int
    /// `ARGS`, `&TX:x`, `REQUEST_COOKIES:/#12/` (the number of the selector's program); after all
    /// SecRuleUpdateTargetBy...
    package var targets: [String]
    /// The same, taken away from the list.
    package var exclusions: [String]
    /// nil for a SecAction.
    package var test: OperatorDescription?
    package var transformations: [Step]
    package var captures: Bool
    package var matchesEveryTransformation: Bool
    /// As rule text has them.
    package var actions: [String]

    var json: JSONValue {
        .object([
            ("file", .string(file)), ("line", .integer(line)), ("targets", .strings(targets)),
            ("exclusions", .strings(exclusions)), ("test", test?.json ?? .null),
            (
                "transformations",
                .array(
                    transformations.map {
                        .object([("name", .string($0.name)), ("node", .integer($0.node))])
                    })
            ),
            ("captures", .boolean(captures)),
            ("matches_every_transformation", .boolean(matchesEveryTransformation)),
            ("actions", .strings(actions)),
        ])
    }
}
