import Metrics
import Testing

@Suite("Counters: the catalogue") struct CatalogueTests {
    @Test(arguments: Counter.allCases) func definition(_ counter: Counter) {
        let definition = CounterCatalogue.definition(of: counter)
        #expect(CounterCatalogue.definitions[counter.rawValue] == definition)
        #expect(
            definition.name.utf8.allSatisfy {
                $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
            })
        #expect(definition.metricName.hasPrefix("wafd_"))
        switch definition.kind {
        case .counter: #expect(definition.metricName.hasSuffix("_total"))
        case .gauge: #expect(!definition.metricName.hasSuffix("_total"))
        }
        // Two sentences: what it counts, and what to do.
        #expect(definition.help.hasSuffix(".") && definition.help.contains(". "))
        #expect(counter.cell >= Counter.firstCell && counter.cell < StatsLayout.cellsPerRow)
    }

    @Test func namesAreUnique() {
        let definitions = CounterCatalogue.definitions
        #expect(Set(definitions.map(\.name)).count == Counter.allCases.count)
        let series = definitions.map { "\($0.metricName){\($0.label?.name ?? "")=\($0.label?.value ?? "")}" }
        #expect(Set(series).count == Counter.allCases.count)
    }

    /// Series of one family have one type and one unit (Prometheus text format 0.0.4).
    @Test func familiesAgree() {
        for (_, family) in Dictionary(grouping: CounterCatalogue.definitions, by: \.metricName) {
            #expect(Set(family.map(\.kind)).count == 1)
            #expect(Set(family.map(\.unit)).count == 1)
            #expect(Set(family.map { $0.label?.name }).count == 1)
        }
    }

    @Test(
        arguments: [
            (100, nil), (101, nil), (199, nil), (200, Counter.responses2xx), (299, .responses2xx),
            (300, .responses3xx), (399, .responses3xx), (400, .responses4xx), (499, .responses4xx),
            (500, .responses5xx), (599, .responses5xx), (600, nil), (0, nil), (-1, nil), (Int.max, nil),
        ] as [(Int, Counter?)]) func responseClass(status: Int, counter: Counter?)
    {
        #expect(Counter.responses(status: status) == counter)
    }
}
