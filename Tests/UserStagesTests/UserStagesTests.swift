// The registration of users' own stages.

import Pipeline
import Testing
import UserStages

@Suite("Users' own stages") struct UserStagesTests {
    @Test("each stands in the catalogue under a name of its own")
    func registered() {
        var catalogue = StageCatalogue()
        UserStages.add(to: &catalogue)
        let names = catalogue.descriptions.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(catalogue.descriptions.allSatisfy { $0.kind == .user && !$0.phases.isEmpty })
    }
}
