// Which files a configuration is made of, for `wafd -T`.

internal import Configuration

/// Reads real files and notes their paths.
final class RecordingFileReader: FileReader {
    private let files = SystemFileReader()
    /// In the order of the first reading, each once.
    private(set) var paths: [String] = []

    func read(_ path: String) -> [UInt8]? {
        guard let bytes = files.read(path) else { return nil }
        if !paths.contains(path) { paths.append(path) }
        return bytes
    }

    func glob(_ pattern: String) -> [String] { files.glob(pattern) }
}
