// @detectXSS

internal import Bytes
internal import Detection

/// Whether the value would run as script in a page that it is put into.
enum CrossSiteScripting {
    static func matches(_ value: ByteView) -> Bool { CrossSiteScriptingDetector.detect(value) != nil }
}
