import RuleStore
import Testing
import Upstreams

@Suite("Balancer: smooth weighted round robin, max_fails, backup, down") struct BalancerTests {
    static func balancer(_ change: (inout [UpstreamPolicy.Server]) -> Void) -> Balancer {
        var upstream = UpstreamPolicy(name: "app")
        upstream.servers = (0..<3).map { .init(address: ListenAddress(host: "127.0.0.1", port: 9000 + UInt16($0))) }
        change(&upstream.servers)
        return Balancer(upstream)
    }

    static func sequence(_ balancer: inout Balancer, _ count: Int, now: Int = 0) -> [Int?] {
        (0..<count).map { _ in balancer.choose(excluding: [], now: now) }
    }

    @Test func equalWeightsTakeTurns() {
        var balancer = Self.balancer { _ in }
        #expect(Self.sequence(&balancer, 6) == [0, 1, 2, 0, 1, 2])
    }

    /// nginx's documented order for weights 5, 1, 1: a a b a c a a.
    @Test func weightsAreSpreadSmoothly() {
        var balancer = Self.balancer { $0[0].weight = 5 }
        #expect(Self.sequence(&balancer, 7) == [0, 0, 1, 0, 2, 0, 0])
    }

    @Test func aDownServerIsNeverChosen() {
        var balancer = Self.balancer { $0[1].isDown = true }
        #expect(Self.sequence(&balancer, 4) == [0, 2, 0, 2])
    }

    @Test func backupsComeInOnlyWhenAllOthersAreOut() {
        var balancer = Self.balancer { $0[2].isBackup = true }
        #expect(Self.sequence(&balancer, 4) == [0, 1, 0, 1])
        #expect(balancer.choose(excluding: [0, 1], now: 0) == 2)
        balancer.failed(0, now: 0)
        balancer.failed(1, now: 0)
        #expect(balancer.choose(excluding: [], now: 1) == 2)
    }

    @Test func aFailedServerRestsForItsFailTimeout() {
        var balancer = Self.balancer { _ in }
        balancer.failed(0, now: 1_000)
        #expect(Set(Self.sequence(&balancer, 6, now: 11_000)) == [1, 2])
        #expect(Set(Self.sequence(&balancer, 6, now: 11_001)) == [0, 1, 2])
        balancer.failed(0, now: 20_000)
        balancer.succeeded(0)
        #expect(Set(Self.sequence(&balancer, 6, now: 20_001)) == [0, 1, 2])
    }

    @Test func aSingleServerIsNeverTakenOut() {
        var balancer = Self.balancer { $0.removeLast(2) }
        balancer.failed(0, now: 0)
        #expect(balancer.choose(excluding: [], now: 1) == 0)
        #expect(balancer.choose(excluding: [0], now: 1) == nil)
    }
}
