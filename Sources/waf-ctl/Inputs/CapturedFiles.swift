import Offline
import Posix

/// Files of captured exchanges.
enum CapturedFiles {
    /// Reads what can be read; a broken file does not keep the others from being run.
    static func read(
        _ names: [String], response: String?, repairs: Bool
    ) -> (exchanges: [CapturedExchange], faults: [String]) {
        var files: [(name: String, bytes: [UInt8])] = []
        var faults: [String] = []
        func load(_ name: String) -> [UInt8]? {
            do throws(SystemError) {
                return try FileContents.read(name, limitBytes: CaptureLimits.fileBytes)
            } catch {
                faults.append("\(name): error: can not read: \(error)")
                return nil
            }
        }
        for name in names {
            if let bytes = load(name) { files.append((name, bytes)) }
        }
        var exchanges: [CapturedExchange] = []
        var index = 0
        while index < files.count {
            let file = files[index]
            var answer: (bytes: [UInt8], file: String)?
            index += 1
            if index < files.count, files[index].bytes.starts(with: Array("HTTP/".utf8)) {
                answer = (files[index].bytes, files[index].name)
                index += 1
            } else if index == files.count, let response {
                guard let bytes = load(response) else { continue }
                answer = (bytes, response)
            }
            do throws(CaptureError) {
                exchanges += try CaptureReader.read(
                    file.bytes, file: file.name, response: answer, repairs: repairs)
            } catch {
                faults.append(error.description)
            }
        }
        return (exchanges, faults)
    }
}
