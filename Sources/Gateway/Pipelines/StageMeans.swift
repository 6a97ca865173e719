internal import Bytes
package import Pipeline
package import SharedDictionary
package final class StageMeans: StageSharing {
    package init(_ table: @escaping (String?) -> EntryTable?) {}
    package func meter(_ setting: MeterSetting) -> (any StageMeter)? { nil }
    package func bans(dictionary: String?) -> (any StageBans)? { nil }
}
