// Small pieces: what the service manager is told, what /proc tells, what a reload can not change.

import Journal
import Posix
import Supervisor
import Testing

@Suite("Service manager: sd_notify(3)") struct ServiceNotifierTests {
    @Test(arguments: [
        (ServiceNotifier.State.ready, "READY=1"),
        (.reloading(monotonicMicroseconds: 12), "RELOADING=1\nMONOTONIC_USEC=12"),
        (.stopping, "STOPPING=1"),
        (.status("2 workers"), "STATUS=2 workers"),
        (.status("a\nREADY=1"), "STATUS=a READY=1"),
    ])
    func text(_ state: ServiceNotifier.State, _ want: String) { #expect(state.text == want) }

    @Test func withoutManager() { #expect(ServiceNotifier(path: nil).send(.ready)) }
    @Test func managerGone() { #expect(!ServiceNotifier(path: "/nonexistent/notify").send(.ready)) }
}

@Suite("Memory of a process: proc(5)") struct ProcessMemoryTests {
    @Test(
        arguments: [
            (
                "55cc-7ffe ---p 00000000 00:00 0 [rollup]\nRss:  9000 kB\nPss:               1234 kB\nPss_Anon: 5 kB\n",
                1_234
            ),
            ("Rss: 9 kB\n", nil), ("Pss: x kB\n", nil), ("Pss: 12 MB\n", nil), ("", nil),
        ] as [(String, Int?)])
    func parse(_ text: String, _ want: Int?) { #expect(ProcessMemory.parse(text) == want) }

    @Test func absent() { #expect(ProcessMemory.proportionalKilobytes(ofProcess: Int32.max) == nil) }
}

@Suite("Log levels on the channel") struct LogLevelTests {
    @Test("every level fits a byte and is found again") func roundTrip() {
        for level in LogLevel.allCases {
            #expect(UInt8(exactly: level.rawValue).flatMap { LogLevel(rawValue: Int($0)) } == level)
        }
    }
}
