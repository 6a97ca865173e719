// Directives that say who is served, and how patiently.

extension DirectiveTable {
    static let serverRows: [DirectiveDefinition] = [
        DirectiveDefinition(
            .accessLog, in: [.http, .server, .location], arguments: 1...2, isRepeatable: true,
            .text("FILE [FORMAT] | off"), default: "off",
            "writes a line for each request to a file; FORMAT is a log_format, \"combined\" unless given"),
        DirectiveDefinition(
            .logFormat, in: [.http], arguments: 2...(.max), isRepeatable: true,
            .text("NAME [escape=default | escape=json | escape=none] TEXT ..."),
            "names a form of access_log's lines; TEXT holds variables"),
        DirectiveDefinition(
            .server, in: [.http], block: .server, arguments: 0...0, isRepeatable: true, .none,
            "a virtual server, chosen by address and by the name that the request asks for"),
        DirectiveDefinition(
            .listen, in: [.server], arguments: 1...(.max), isRepeatable: true,
            .text("ADDRESS[:PORT] | PORT | unix:PATH [default_server]"), default: "*:80",
            "address that the server listens on; default_server answers where no name fits"),
        DirectiveDefinition(
            .serverName, in: [.server], arguments: 1...(.max), isRepeatable: true, .text("NAME ..."),
            default: "\"\"",
            "names of the server: exact, *.example.org, mail.*, or .example.org for a name and all below it"),
        DirectiveDefinition(
            .location, in: [.server], block: .location, arguments: 1...2, isRepeatable: true,
            .text("[= | ^~ | ~ | ~*] PATH | PATTERN"),
            "settings for some paths: = exact, ^~ prefix that ends the search, ~ and ~* patterns, else prefix"
        ),
        DirectiveDefinition(
            .clientHeaderTimeout, in: [.http, .server], timeout, default: "60s",
            "time for a client to send a whole request head"),
        DirectiveDefinition(
            .clientBodyTimeout, in: [.http, .server, .location], timeout, default: "60s",
            "time between two reads of a request body"),
        DirectiveDefinition(
            .clientMaxBodySize, in: [.http, .server, .location], .size(0...(1 << 50)), default: "1m",
            "largest request body; larger ones are answered 413; 0: no limit"),
        DirectiveDefinition(
            .sendTimeout, in: [.http, .server, .location], timeout, default: "60s",
            "time between two writes to the client"),
        DirectiveDefinition(
            .keepaliveTimeout, in: [.http, .server, .location], .time(0...longestMilliseconds),
            default: "75s",
            "time that an idle client connection is kept; 0: closed after each answer"),
    ]
}
