// Messages through the stages of a pipeline.

internal import Pipeline
internal import WebSocket

extension MessageJudge {
    static func judgeByStages(
        _ message: Message, _ direction: MessageDirection, index: Int, _ context: TunnelContext,
        _ pipeline: AttachedPipeline, _ worker: WorkerServices
    ) -> MessageOutcome {
        let course = MessageCourse(message, direction, index: index, context, pipeline, worker)
        let handle = context.handle
        let outcome = course.begin { [worker, unowned course] outcome in
            worker.messageJudged(course, outcome, of: handle)
        }
        if outcome == .wait { context.setWait(course, direction) }
        return outcome
    }
}
