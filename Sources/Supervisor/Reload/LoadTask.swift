// One load on a thread of its own: compiling rules and looking up names may take a second and
// more, and a worker that dies meanwhile must be back at once.

internal import Posix
internal import Synchronization

/// Loads, and publishes if wanted. The source is the task's alone until `take` gives the outcome.
final class LoadTask: Sendable {
    enum Purpose: Sendable {
        case reload(LoadScope)
        case test
    }

    struct Loaded: Sendable {
        var policy: LoadedPolicy
        /// nil after a test.
        var published: Published?
    }

    struct Published: Sendable {
        var number: UInt64
        var store: SharedDescriptor
    }

    let purpose: Purpose
    private let outcome = Mutex<Result<Loaded, LoadFailure>?>(nil)

    /// - Parameter bell: Rings when the outcome can be taken.
    init(_ purpose: Purpose, _ source: any PolicySource, bell: SharedBell) throws(SystemError) {
        self.purpose = purpose
        try HelperThread.start { [self] in
            let result = Self.result(purpose, source)
            outcome.withLock { $0 = result }
            bell.ring()
        }
    }

    /// What came of it, nil while it is under way.
    func take() -> Result<Loaded, LoadFailure>? { outcome.withLock { $0 } }

    private static func result(_ purpose: Purpose, _ source: any PolicySource) -> Result<Loaded, LoadFailure>
    {
        do throws(LoadFailure) {
            switch purpose {
            case .test:
                return .success(Loaded(policy: try source.load(.configuration), published: nil))
            case .reload(let scope):
                let policy = try source.load(scope)
                let published = try source.publish()
                let number = published.number
                let store = SharedDescriptor(published.takeStore())
                return .success(Loaded(policy: policy, published: Published(number: number, store: store)))
            }
        } catch {
            return .failure(error)
        }
    }
}
