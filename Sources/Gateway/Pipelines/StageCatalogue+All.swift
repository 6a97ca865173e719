// The stages of this program: the built-in ones and users' own.

internal import Inspection
package import Pipeline
internal import UserStages

extension StageCatalogue {
    package static let all: StageCatalogue = {
        var catalogue = builtIn
        UserStages.add(to: &catalogue)
        return catalogue
    }()
}
