// Directives of the whole program.

extension DirectiveTable {
    static let mainRows: [DirectiveDefinition] = [
        DirectiveDefinition(
            .include, in: DirectiveContext.allCases, isRepeatable: true, .text("FILE | PATTERN"),
            "reads other files in place of this line; relative to the configuration file's folder"),
        DirectiveDefinition(
            .workerProcesses, in: [.main], .number(1...512, or: "auto"), default: "auto",
            "number of worker processes; auto: one for each processor"),
        DirectiveDefinition(
            .workerRlimitNofile, in: [.main], .number(1...(1 << 30)),
            "limit of open files of a worker; raise it with worker_connections"),
        DirectiveDefinition(
            .workerShutdownTimeout, in: [.main], .time(0...longestMilliseconds), default: "0",
            "how long a worker that shuts down waits for its connections before it closes them; 0: without end"
        ),
        DirectiveDefinition(
            .user, in: [.main], arguments: 1...2, .text("USER [GROUP]"), default: "nobody",
            "whom workers run as when the program is started by root; the group is the user's unless given"),
        DirectiveDefinition(
            .pid, in: [.main], .text("FILE"), default: "/run/wafd/wafd.pid",
            "file that holds the master's process number"),
        DirectiveDefinition(
            .errorLog, in: [.main], arguments: 1...2,
            .text("FILE | stderr [debug | info | notice | warn | error | crit | alert | emerg]"),
            default: "stderr error", "where errors and matched rules are logged, and from which level on"),
        DirectiveDefinition(
            .ruleStore, in: [.main], .text("FOLDER"), default: "/var/lib/wafd",
            "folder of the compiled generations; readable by the master only"),
        DirectiveDefinition(
            .controlSocket, in: [.main], .text("FILE"), default: "/run/wafd/control.sock",
            "socket on which waf-ctl talks to the master"),
        DirectiveDefinition(
            .sharedDict, in: [.main], arguments: 2...6, isRepeatable: true,
            .text(
                "NAME SIZE [redis=HOST:PORT] [redis_prefix=TEXT] [redis_interval=TIME]"
                    + " [redis_password_file=FILE]"),
            default: "collections 16m",
            "memory that all workers share and that is kept over a restart; \"collections\" is that of initcol and its like; redis: flood limits and bans are shared with other machines"
        ),
        DirectiveDefinition(
            .events, in: [.main], block: .events, arguments: 0...0, .none, "settings of the event loop"),
        DirectiveDefinition(
            .workerConnections, in: [.events], .number(1...(1 << 24)), default: "16384",
            "client connections that a worker holds open at once"),
        DirectiveDefinition(
            .http, in: [.main], block: .http, arguments: 0...0, .none,
            "servers, upstreams and what holds for all of them"),
    ]
}
