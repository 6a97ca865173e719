// The way of a stream through a chain: order, verdicts, waits, branches.

import Bytes
import Pipeline
import RuleStore
import Testing

@Suite("Pipelines: the run of a chain", .serialized) struct ChainRunTests {
    private let source = FixedSource()

    private func run(
        _ links: [PipelineLink], detect: Bool = false,
        _ body: (ChainRun, PipelineStream, ChainRun.Outcome) throws -> Void
    ) throws {
        source.suspensions = []
        let pipeline = try ChainFixture.attached(links)
        let stream = PipelineStream(source)
        let run = ChainRun()
        run.isDetectOnly = detect
        try body(run, stream, run.run(pipeline.chains[PipelinePhase.requestHeaders.rawValue], stream))
    }

    @Test("stages run in the order of the configuration, and see what those before have left")
    func order() throws {
        try run([ChainFixture.stage("note a"), ChainFixture.stage("note b")]) { _, stream, outcome in
            #expect(outcome == .passed)
            #expect(stream.tags.map { "\($0.stage).\($0.name)=\($0.value)" } == ["note.a=0", "note.b=1"])
        }
        try run([ChainFixture.stage("note b"), ChainFixture.stage("note a")]) { _, stream, _ in
            #expect(stream.value(ofTag: "a") == "1" && stream.value(ofTag: "b") == "0")
        }
    }

    @Test("a verdict that ends the stream keeps the stages behind it from running")
    func end() throws {
        try run([ChainFixture.stage("say action=block"), ChainFixture.stage("note a")]) {
            run, stream, outcome in
            guard case .ended(let verdict) = outcome else { throw StageError("it went on") }
            #expect(
                verdict.action == .block(status: 403) && verdict.level == .urgent && verdict.stage == "say")
            #expect(stream.tags == [])
        }
        try run([ChainFixture.stage("say action=block"), ChainFixture.stage("note a")], detect: true) {
            run, stream, outcome in
            #expect(outcome == .passed && stream.tags.count == 1)
            #expect(run.takeNotes().map(\.action) == [.block(status: 403)])
            #expect(run.takeNotes() == [])
        }
    }

    @Test("log goes on, pass asks nobody else")
    func mildVerdicts() throws {
        try run([ChainFixture.stage("say action=log"), ChainFixture.stage("note a")]) {
            run, stream, outcome in
            #expect(outcome == .passed && stream.tags.count == 1 && run.takeNotes().map(\.reason) == ["said"])
        }
        try run([ChainFixture.stage("say action=pass"), ChainFixture.stage("say action=block")]) {
            _, stream, outcome in
            #expect(outcome == .passed && stream.isExempt)
        }
    }

    @Test("a stage waits, and the chain goes on behind it")
    func suspension() throws {
        try run([ChainFixture.stage("wait"), ChainFixture.stage("note a")]) { run, stream, outcome in
            #expect(outcome == .waiting && run.isWaiting && stream.tags == [])
            var told: ChainRun.Outcome?
            run.finished = { told = $0 }
            source.suspensions[0].resume(.next)
            #expect(told == .passed && stream.tags.count == 1)
            // Later calls do nothing.
            source.suspensions[0].resume(.next)
            #expect(stream.tags.count == 1)
        }
        try run([ChainFixture.stage("wait early=yes"), ChainFixture.stage("note a")]) { _, stream, outcome in
            #expect(outcome == .passed && stream.tags.count == 1)
        }
    }

    @Test("time-outs: a stage's own, the default, and a delay that is meant")
    func timers() throws {
        for (stage, expected, timeouts) in [
            ("wait timeout=70ms", 70, 1), ("wait", 1_000, 1), ("wait for=30", 30, 0),
        ] {
            source.suspensions = []
            let pipeline = try ChainFixture.attached([
                ChainFixture.stage(stage), ChainFixture.stage("note a"),
            ])
            let stream = PipelineStream(source)
            let run = ChainRun()
            var timers: [Int?] = []
            run.setTimer = { timers.append($0) }
            #expect(run.run(pipeline.chains[PipelinePhase.requestHeaders.rawValue], stream) == .waiting)
            #expect(timers == [expected])
            run.timedOut()
            #expect(stream.tags.count == 1 && timers == [expected, nil])
            #expect(pipeline.stages[0].counters.timeouts == timeouts)
            #expect(pipeline.stages[0].counters.suspensions == 1 && pipeline.stages[1].counters.pushes == 1)
        }
    }

    @Test("a stream that ends while a stage waits is not gone on with")
    func cancellation() throws {
        try run([ChainFixture.stage("wait"), ChainFixture.stage("note a")]) { run, stream, _ in
            var told = false
            run.finished = { _ in told = true }
            run.cancel()
            source.suspensions[0].resume(.next)
            #expect(!told && stream.tags == [] && !run.isWaiting)
        }
    }

    @Test("branches: tags are merged, the strictest verdict wins")
    func branches() throws {
        let links: [PipelineLink] = [
            ChainFixture.stage("note first"),
            .parallel([
                [ChainFixture.stage("note a"), ChainFixture.stage("say action=drop")],
                [ChainFixture.stage("note b"), ChainFixture.stage("say action=log")],
                [ChainFixture.stage("say action=close")],
            ]),
            ChainFixture.stage("note last"),
        ]
        try run(links) { run, stream, outcome in
            guard case .ended(let verdict) = outcome else { throw StageError("it went on") }
            #expect(verdict.action == .close)
            // Each branch has a copy of its own: none sees the other's tag.
            #expect(stream.tags.map { "\($0.name)=\($0.value)" } == ["first=0", "a=1", "b=1"])
            #expect(run.takeNotes().map(\.action) == [.log])
        }
    }

    @Test("branches that wait are joined when the last one has ended")
    func waitingBranches() throws {
        let links: [PipelineLink] = [
            .parallel([
                [ChainFixture.stage("wait"), ChainFixture.stage("note a")], [ChainFixture.stage("wait")],
            ]),
            ChainFixture.stage("note last"),
        ]
        try run(links) { run, stream, outcome in
            var told: ChainRun.Outcome?
            run.finished = { told = $0 }
            #expect(outcome == .waiting && source.suspensions.count == 2)
            source.suspensions[1].resume(.next)
            #expect(told == nil)
            source.suspensions[0].resume(.next)
            #expect(told == .passed && stream.tags.map(\.name) == ["a", "last"])
        }
    }

    @Test("edits are seen behind the stage, forwarded only when it says so, and bounded")
    func edits() {
        source.fields[.target] = ByteText("/as-it-came")
        let stream = PipelineStream(source)
        #expect(stream.text(.target) == "/as-it-came")
        #expect(stream.editTarget(Array("/edited".utf8)))
        #expect(
            stream.text(.target) == "/edited" && !stream.forwardsTarget
                && source.view(of: .target) == ByteView("/as-it-came"))
        #expect(!stream.editTarget(Array("no slash".utf8)) && !stream.editTarget(Array("/a b".utf8)))
        #expect(stream.editBody([UInt8](repeating: 1, count: PipelineStream.mostEditedBytes)))
        #expect(!stream.editBody([UInt8](repeating: 1, count: PipelineStream.mostEditedBytes + 1)))
        #expect(stream.editBody([65], isForwarded: true) && stream.forwardsBody)
        stream.set(.remoteAddress, to: "10.0.0.1")
        #expect(stream.text(.remoteAddress) == "10.0.0.1")
        for _ in 0...PipelineStream.mostTags { stream.tag("t") }
        #expect(stream.tags.count == PipelineStream.mostTags)
        stream.reset()
        #expect(
            stream.tags == [] && stream.text(.target) == "/as-it-came" && stream.text(.remoteAddress) == "")
    }
}
