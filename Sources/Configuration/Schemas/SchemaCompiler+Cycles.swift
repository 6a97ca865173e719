// References that come back to where they started without having gone into the value.

internal import RuleStore

extension SchemaCompiler {
    /// A schema that applies itself to the same value has no answer; it is refused at load.
    mutating func refuseEndlessReferences() {
        // 0: not seen, 1: on the way, 2: done.
        var marks = [UInt8](repeating: 0, count: draft.nodes.count)
        for start in draft.nodes.indices where marks[start] == 0 {
            var stack: [(node: Int, next: Int)] = [(start, 0)]
            marks[start] = 1
            while let (node, next) = stack.last {
                let applied = appliedInPlace(by: node)
                guard next < applied.count else {
                    marks[node] = 2
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next = next + 1
                let target = applied[next]
                if marks[target] == 1 {
                    report(0, "the schema refers to itself without end: a \"$ref\" leads back to its own schema")
                    return
                }
                if marks[target] == 0 {
                    marks[target] = 1
                    stack.append((target, 0))
                }
            }
        }
    }

    private func appliedInPlace(by node: Int) -> [Int] {
        draft.nodes[node].flatMap { instruction -> [Int] in
            switch instruction.operation {
            case .reference, .not: [Int(instruction.a)]
            case .anyOf, .oneOf:
                (Int(instruction.a)..<Int(instruction.a + instruction.b)).map { Int(draft.list[$0]) }
            default: []
            }
        }
    }
}
