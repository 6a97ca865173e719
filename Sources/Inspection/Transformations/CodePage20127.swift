// Which ASCII characters Windows takes for others when it must (code page 20127, "best fit").

/// The best-fit mapping of code page 20127, full-width forms left out: those are arithmetic.
enum CodePage20127 {
    /// First UTF-16 unit of a run and the ASCII characters that the run's units become.
    private static let runs: [(first: UInt16, characters: String)] = [
        (0x00A0, " !c"),
        (0x00A4, "$Y|"),
        (0x00A9, "Ca<"),
        (0x00AD, "-R"),
        (0x00B2, "23"),
        (0x00B7, ".,1o>"),
        (0x00C0, "AAAAAAACEEEEIIIIDNOOOOO"),
        (0x00D8, "OUUUUY"),
        (0x00E0, "aaaaaaaceeeeiiii"),
        (0x00F1, "nooooo"),
        (0x00F8, "ouuuuy"),
        (0x00FF, "yAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi"),
        (0x0134, "JjKk"),
        (0x0139, "LlLlLl"),
        (0x0141, "LlNnNnNn"),
        (0x014C, "OoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZ"),
        (0x017B, "ZzZz"),
        (0x0180, "b"),
        (0x0189, "D"),
        (0x0191, "Ff"),
        (0x0197, "I"),
        (0x019A, "l"),
        (0x019F, "OOo"),
        (0x01AB, "t"),
        (0x01AE, "TUu"),
        (0x01B6, "z"),
        (0x01CD, "AaIiOoUuUuUuUuUu"),
        (0x01DE, "Aa"),
        (0x01E4, "GgGgKkOoOo"),
        (0x01F0, "j"),
        (0x0261, "g"),
        (0x02B9, "'\""),
        (0x02BC, "'"),
        (0x02C4, "^"),
        (0x02C6, "^"),
        (0x02C8, "'"),
        (0x02CB, "`"),
        (0x02CD, "_"),
        (0x02DC, "~"),
        (0x0300, "`"),
        (0x0302, "^~"),
        (0x030E, "\""),
        (0x0331, "__"),
        (0x2000, "       "),
        (0x2010, "--"),
        (0x2013, "--"),
        (0x2018, "'',"),
        (0x201C, "\"\"\""),
        (0x2022, "."),
        (0x2026, "."),
        (0x2032, "'"),
        (0x2035, "`"),
        (0x2039, "<>"),
        (0x2122, "T"),
    ]

    /// What a UTF-16 unit becomes, nil where it has no look-alike.
    static func byte(for unit: UInt16) -> UInt8? {
        let byte = table[Int(unit) < table.count ? Int(unit) : 0]
        return byte == 0 ? nil : byte
    }

    /// By unit; 0: none. The last run ends it.
    private static let table: [UInt8] = makeTable()

    private static func makeTable() -> [UInt8] {
        var table: [UInt8] = []
        for run in runs {
            let characters = run.characters.utf8
            let end = Int(run.first) + characters.count
            if table.count < end { table += [UInt8](repeating: 0, count: end - table.count) }
            for (offset, byte) in characters.enumerated() { table[Int(run.first) + offset] = byte }
        }
        return table
    }
}
