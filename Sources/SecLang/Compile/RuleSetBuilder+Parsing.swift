// How input is taken apart and matched: separators, cookies, the Unicode map, match limits.

internal import RuleStore

extension RuleSetBuilder {
    mutating func setParsing(_ name: DirectiveName, _ arguments: [PlacedText]) {
        let argument = arguments[0]
        switch name {
        case .argumentSeparator:
            guard argument.count == 1 else {
                return refuse(argument, of: name.rawValue, expected: "one byte")
            }
            settings.argumentSeparator = argument[0]
        case .cookieFormat:
            let formats = ["0": false, "1": true]
            if let isVersion1 = value(of: name, argument, in: formats, "0 or 1") {
                settings.readsVersion1Cookies = isVersion1
            }
        case .unicodeMapFile:
            // The map is built in; the file is for engines that have none.
            if arguments.count == 2 { checkCodePage(name, arguments[1]) }
        case .geoLookupDatabase: setDatabase(argument)
        case .unicodeCodePage:
            checkCodePage(name, argument)
        case .pcreMatchLimit:
            if let limit = number(of: name, argument, in: 1...100_000_000, unit: "steps") {
                settings.matchLimit = limit
            }
        default:
            if let limit = number(of: name, argument, in: 1...100_000_000, unit: "steps") {
                settings.matchDepthLimit = limit
            }
        }
    }

    private mutating func checkCodePage(_ name: DirectiveName, _ argument: PlacedText) {
        if argument.string != "20127" { refuse(argument, of: name.rawValue, expected: "20127") }
    }
}
