import Testing

@testable import Configuration

@Suite("Directive table")
struct DirectiveTableTests {
    @Test func everyDirectiveHasOneRow() {
        #expect(
            DirectiveTable.rows.map(\.name.rawValue).sorted()
                == DirectiveName.allCases.map(\.rawValue).sorted())
    }

    @Test func noContextHasTwoDirectivesOfOneSpelling() {
        for context in DirectiveContext.allCases {
            let spellings = DirectiveTable.rows.filter { $0.contexts.contains(context) }.map(\.name.spelling)
            #expect(Set(spellings).count == spellings.count)
        }
    }

    @Test(arguments: DirectiveTable.rows.map(\.name)) func rowsAreWhole(_ name: DirectiveName) throws {
        let row = try #require(DirectiveTable.rows.first { $0.name == name })
        #expect(!row.contexts.isEmpty)
        #expect(!row.help.isEmpty && !row.help.contains("\n"))
        switch row.syntax {
        case .none: #expect(row.argumentCount == 0...0)
        case .choice, .size, .time, .number: #expect(row.argumentCount == 1...1)
        case .text: #expect(row.argumentCount.lowerBound >= 1)
        }
    }

    @Test func theTextNamesEveryDirective() {
        let text = DirectiveTable.text
        #expect(
            text.hasPrefix(
                """
                include FILE | PATTERN;
                    reads other files in place of this line; relative to the configuration file's folder
                    default: -   in: main, events, http, server, location, upstream

                worker_processes N | auto;
                    number of worker processes; auto: one for each processor
                    default: auto   in: main

                """))
        #expect(text.contains("\nlocation [= | ^~ | ~ | ~*] PATH | PATTERN { ... }\n"))
        #expect(text.contains("\nwaf on | detect | off;\n"))
        for row in DirectiveTable.rows { #expect(text.contains(row.help)) }
    }
}
