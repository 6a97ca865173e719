// Stages of users' own, registered at build time. `ops/new-stage NAME` adds one.

public import Pipeline

public enum UserStages {
    /// Adds them to a catalogue that has the built-in ones.
    public static func add(to catalogue: inout StageCatalogue) {
        for type in types { catalogue.add(type) }
    }

    private static let types: [any Stage.Type] = [
        // New stages stand here, each on a line.
    ]
}
