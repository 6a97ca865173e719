// Collects what is wrong while a load goes on: an error never ends a load, so that the operator
// sees all of them at once.

struct Diagnostics: Sendable {
    private struct Finding {
        var file: Int
        var start: Int
        var end: Int
        var reason: RuleError.Reason
    }

    private(set) var files: [SourceFile] = []
    private var findings: [Finding] = []

    var isEmpty: Bool { findings.isEmpty }

    /// - Returns: The number that `PlacedText.file` carries.
    mutating func open(_ file: SourceFile) -> Int {
        files.append(file)
        return files.count - 1
    }

    mutating func report(_ reason: RuleError.Reason, at text: PlacedText) {
        findings.append(Finding(file: text.file, start: text.start, end: text.end, reason: reason))
    }

    /// A file that is named from outside and can not be read: there is no text to point at.
    mutating func reportUnreadable(_ path: String) {
        let number = open(SourceFile(path: path, bytes: []))
        findings.append(Finding(file: number, start: 0, end: 0, reason: .unreadableFile(path)))
    }

    func place(of text: PlacedText) -> SourcePlace { files[text.file].place(of: text.start) }

    /// Sorted by place; two at one place stay in the order in which they were found.
    var errors: [RuleError] {
        let order = findings.indices.sorted { left, right in
            let (a, b) = (findings[left], findings[right])
            return (a.file, a.start, left) < (b.file, b.start, right)
        }
        return order.map { index in
            let finding = findings[index]
            let file = files[finding.file]
            return RuleError(
                place: file.place(of: finding.start), reason: finding.reason,
                excerpt: Excerpt.make(of: file, from: finding.start, to: finding.end))
        }
    }
}
