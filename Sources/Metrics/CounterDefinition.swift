// What is known of a counter besides its value.

/// One row of the catalogue.
package struct CounterDefinition: Equatable, Sendable {
    package enum Kind: String, Sendable {
        /// Only grows while the master lives, also over a worker's death.
        case counter
        /// Goes up and down; cleared when its worker dies.
        case gauge
    }

    package enum Unit: String, Sendable {
        case requests, responses, connections, messages, bytes, lookups, flushes, turns, failures, entries,
            lines, exchanges, number
    }

    /// How the rows of several workers become one number.
    package enum Aggregation: Sendable {
        case sum
        /// The lowest of the living workers' values.
        case lowest
    }

    /// A label and its value, as in `wafd_responses_total{class="2xx"}`.
    package struct Label: Equatable, Sendable {
        package var name: String
        package var value: String
    }

    /// Short name, unique: what `waf-ctl stats` prints.
    package var name: String
    /// Name of the metric in Prometheus' text format; counters of one family differ by `label`.
    package var metricName: String
    package var label: Label?
    package var kind: Kind
    package var unit: Unit
    package var aggregation: Aggregation
    /// What it counts, and what the operator does about it.
    package var help: String
}
