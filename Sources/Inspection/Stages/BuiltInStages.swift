// The stages that come with the program.

package import Pipeline

extension StageCatalogue {
    /// All built-in stages.
    package static var builtIn: StageCatalogue {
        var catalogue = StageCatalogue()
        let types: [any Stage.Type] = [
            SourceStage.self, RuleSourceStage.self, AccessStage.self, FloodStage.self, NormaliseStage.self,
            SQLInjectionStage.self, CrossSiteScriptingStage.self, SchemaStage.self, RulesStage.self,
            RemoteStage.self, LogStage.self,
        ]
        for type in types { catalogue.add(type) }
        return catalogue
    }
}
