// Include, files that are missing, and the reader of real files.

import Glibc
import RuleStore
import Testing

@testable import SecLang

@Suite("Include: relative to the file, sorted, no cycles") struct IncludeTests {
    @Test func inPlace() throws {
        let rules = try draft(
            "SecMarker 1\nInclude sub/b.conf\nSecMarker 4",
            ["sub/b.conf": "SecMarker 2\nInclude c.conf", "sub/c.conf": "SecMarker 3"]
        ).rules
        #expect(rules.map(\.markerName) == ["1", "2", "3", "4"])
        #expect(rules.map(\.file) == ["a.conf", "sub/b.conf", "sub/c.conf", "a.conf"])
    }

    @Test func patternsAreSorted() throws {
        let rules = try draft(
            "include \"r/*.conf\"",
            [
                "r/B.conf": "SecMarker B", "r/a.conf": "SecMarker a", "r/Z.conf": "SecMarker Z",
                "r/b.data": "x",
            ]
        ).rules
        #expect(rules.map(\.markerName) == ["B", "Z", "a"])
    }

    /// A phrase file is relative to the rule's file, an absolute path to nothing.
    @Test func dataFiles() throws {
        let draft = try draft(
            "Include sub/b.conf",
            [
                "sub/b.conf": "SecRule ARGS \"@pmFromFile w.data /abs/w.data\" id:1", "sub/w.data": "a",
                "/abs/w.data": "b",
            ])
        #expect(draft.programs.map(\.kind) == [.phrases])
    }

    @Test func oneFileTwice() throws {
        let rules = try draft(
            "Include b.conf\nInclude ./b.conf", ["b.conf": "SecMarker B", "./b.conf": "SecMarker C"])
        #expect(rules.rules.map(\.markerName) == ["B", "C"])
    }

    @Test func refused() {
        #expect(errors("Include b.conf") == ["a.conf:1:9: error: can not read `b.conf`"])
        #expect(errors("Include b/*.conf") == ["a.conf:1:9: error: no file matches `b/*.conf`"])
        #expect(errors("Include") == ["a.conf:1:1: error: Include takes 1 argument, found 0"])
        #expect(errors("Include a.conf") == ["a.conf:1:9: error: `a.conf` includes itself"])
        #expect(
            errors("SecMarker X\nInclude s/b.conf", ["s/b.conf": "Include ../s/b.conf", "s/../s/b.conf": ""])
                == ["s/b.conf:1:9: error: `s/../s/b.conf` includes itself"])
    }

    @Test func missingFirstFile() {
        let outcome = RuleCompiler.compile(files: ["no.conf"], reader: MemoryReader(files: [:]))
        guard case .failure(let failure) = outcome else {
            Issue.record("no error")
            return
        }
        #expect(failure.description == "no.conf:1:1: error: can not read `no.conf`")
        #expect(failure.errors[0].excerpt.isEmpty)
    }

    @Test func depth() {
        let limit = RuleTextLimits.includeDepth
        var files: [String: String] = [:]
        for depth in 2..<limit { files["\(depth).conf"] = "Include \(depth + 1).conf" }
        files["\(limit).conf"] = "SecMarker X"
        #expect(errors("Include 2.conf", files).isEmpty)
        files["\(limit).conf"] = "Include \(limit + 1).conf"
        files["\(limit + 1).conf"] = ""
        #expect(
            errors("Include 2.conf", files) == [
                "\(limit).conf:1:9: error: Include goes more than \(limit) files deep"
            ])
    }

    @Test func severalFilesAreOneSet() throws {
        let reader = MemoryReader(files: ["a": "SecAction id:1", "b": "SecRuleRemoveById 1\nSecAction id:2"])
        let draft = try RuleCompiler.compile(files: ["a", "b"], reader: reader).get()
        #expect(draft.rules.map(\.id) == [2])
    }

    /// Errors come in the order of loading.
    @Test func errorsOfSeveralFiles() {
        #expect(
            errors("Foo\nInclude b.conf\nBar", ["b.conf": "Baz"]) == [
                "a.conf:1:1: error: unknown directive `Foo`", "a.conf:3:1: error: unknown directive `Bar`",
                "b.conf:1:1: error: unknown directive `Baz`",
            ])
    }
}

@Suite("Rule files of the file system") struct FileSystemReaderTests {
    /// A folder of its own with files in it, removed when the body is done.
    static func withFolder(_ files: [String: [UInt8]], _ body: (String) throws -> Void) throws {
        var template = Array("/tmp/seclang-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress!) != nil }
        try #require(made)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for name in files.keys { _ = unsafe unlink("\(folder)/\(name)") }
            _ = unsafe rmdir(folder)
        }
        for (name, bytes) in files {
            let descriptor = unsafe open("\(folder)/\(name)", O_CREAT | O_WRONLY, 0o600)
            try #require(descriptor >= 0)
            let written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            #expect(written == bytes.count)
            close(descriptor)
        }
        try body(folder)
    }

    @Test func readsAndGlobs() throws {
        let rule = Array("SecRule ARGS \"@pmf w.data\" id:1".utf8)
        try Self.withFolder(["b.conf": rule, "a.conf": Array("SecMarker A".utf8), "w.data": [0x61, 0xFF]]) {
            folder in
            let reader = FileSystemReader()
            #expect(reader.read("\(folder)/b.conf") == rule)
            #expect(reader.read("\(folder)/no.conf") == nil)
            #expect(reader.read(folder) == nil)
            #expect(reader.glob("\(folder)/*.no").isEmpty)
            #expect(Set(reader.glob("\(folder)/*.conf")) == ["\(folder)/a.conf", "\(folder)/b.conf"])
            try Self.withFolder(["m.conf": Array("Include \(folder)/*.conf".utf8)]) { main in
                let draft = try RuleCompiler.compile(files: ["\(main)/m.conf"], reader: reader).get()
                #expect(draft.rules.map(\.file) == ["\(folder)/a.conf", "\(folder)/b.conf"])
                #expect(draft.programs.count == 1)
            }
        }
    }

    /// A file of the limit is read, one byte more is refused.
    @Test func sizes() throws {
        try Self.withFolder(["f": []]) { folder in
            let limit = RuleTextLimits.fileBytes
            #expect(unsafe truncate("\(folder)/f", limit) == 0)
            #expect(FileSystemReader().read("\(folder)/f")?.count == limit)
            #expect(unsafe truncate("\(folder)/f", limit + 1) == 0)
            #expect(FileSystemReader().read("\(folder)/f") == nil)
        }
    }
}

@Suite("Paths") struct FilePathTests {
    @Test(arguments: [
        ("a", "a"), ("./a", "a"), ("a//b/./c", "a/b/c"), ("a/../b", "b"), ("../a", "../a"),
        ("../../a", "../../a"),
        ("/a/../../b", "/b"), ("/", "/"), ("a/b/../../..", ".."),
    ])
    func normalized(_ path: String, _ want: String) { #expect(FilePath.normalized(path) == want) }
}

@Suite("Spelling: the nearest known word") struct SpellingTests {
    @Test(arguments: [
        ("a", "a", 0), ("", "abc", 3), ("abc", "", 3), ("dney", "deny", 1), ("kitten", "sitting", 3),
        ("SecRuel", "SecRule", 1),
    ])
    func distance(_ a: String, _ b: String, _ slips: Int) {
        #expect(Spelling.distance(Array(a.utf8), Array(b.utf8)) == slips)
    }

    @Test func tooFar() {
        #expect(Spelling.closest(to: "x", in: ["id", "log"]) == nil)
        #expect(Spelling.closest(to: "REQEST_HEADR", in: ["REQUEST_HEADERS"]) == "REQUEST_HEADERS")
        #expect(Spelling.closest(to: "LoadModule", in: ["SecRule"]) == nil)
    }
}
