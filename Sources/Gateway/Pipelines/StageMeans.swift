internal import Bytes
internal import Pipeline
final class StageMeans: StageSharing {
    init(_ dictionaries: DictionarySet) {}
    func meter(_ setting: MeterSetting) -> (any StageMeter)? { nil }
    func bans(dictionary: String?) -> (any StageBans)? { nil }
}
