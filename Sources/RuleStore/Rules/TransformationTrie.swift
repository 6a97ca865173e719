// The lists of transformations as a tree, so that a common beginning is worked out once per value.

/// Lays out lists of transformations. Node 0 is the empty list.
struct TransformationTrie {
    /// Per node behind 0: the node that comes before it, and the transformation it adds.
    private(set) var words: [UInt32] = []
    private var known: [Edge: UInt32] = [:]

    private struct Edge: Hashable {
        var parent: UInt32
        var name: TransformationName
    }

    /// The nodes that lead to the end of a list that is in the tree, node 0 left out.
    func path(of names: [TransformationName]) -> [Int] {
        var path: [Int] = []
        for name in names {
            guard let next = known[Edge(parent: UInt32(path.last ?? 0), name: name)] else { break }
            path.append(Int(next))
        }
        return path
    }

    mutating func node(of names: [TransformationName]) -> UInt32 {
        var node: UInt32 = 0
        for name in names {
            let edge = Edge(parent: node, name: name)
            if let next = known[edge] {
                node = next
            } else {
                words += [node, name.rawValue]
                node = UInt32(words.count / 2)
                known[edge] = node
            }
        }
        return node
    }
}
