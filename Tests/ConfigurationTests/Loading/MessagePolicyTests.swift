// waf_websocket_*: values that are refused, and schemas.

import RuleStore
import Testing

@testable import Configuration

@Suite("What messages have to be") struct MessagePolicyTests {
    @Test(arguments: [
        "waf_websocket_rate 0/s;", "waf_websocket_rate 5;", "waf_websocket_rate x/s;", "waf_websocket_rate -1/s;",
        "waf_websocket_byte_rate 1x/s;", "waf_websocket_byte_rate 0/s;",
        "waf_websocket_origins https://a/path;", "waf_websocket_origins none;", "waf_websocket_origins any b;",
        "waf_websocket_origins *.;", "waf_websocket_subprotocols a,b;", "waf_websocket_subprotocols none;",
        "waf_websocket_action reject;", "waf_websocket_protocol xml;", "waf_websocket_malformed drop;",
        "waf_websocket_max_fragments 0;", "waf_websocket_max_fragments 1048577;", "waf_websocket_idle_timeout 0;",
        "waf_websocket_schema nowhere.json;", "waf_websocket_memory 1k;",
    ])
    func refused(_ text: String) {
        switch load(http(text + " server { }"), files: [:]) {
        case .success: Issue.record("\(text) was accepted")
        case .failure(let errors): #expect(errors.errors.count == 1, "\(errors)")
        }
    }

    @Test func offTakesInheritedOnesAway() throws {
        let found = try loaded(
            http(
                """
                waf_websocket_rate 5/s; waf_websocket_origins a.example; waf_websocket_schema s.json;
                server { waf_websocket_rate off; waf_websocket_origins any; waf_websocket_schema off; }
                """), files: ["/etc/wafd/s.json": "{}"])
        let messages = try #require(found.policy.servers.first).settings.messages
        #expect(messages.messagesPerSecond == nil)
        #expect(messages.origins == [])
        #expect(messages.schema == nil)
    }

    @Test func schemasAreSharedAndCompiledOnce() throws {
        let found = try loaded(
            http(
                """
                waf_websocket_memory 2m;
                server { location /a { waf_websocket_schema s.json; } location /b { waf_websocket_schema s.json; }
                location /c { waf_websocket_schema t.json; } }
                """), files: ["/etc/wafd/s.json": #"{"type":"object"}"#, "/etc/wafd/t.json": "true"])
        let server = try #require(found.policy.servers.first)
        #expect(server.locations.map(\.settings.messages.schema) == [0, 0, 1])
        #expect(found.policy.messageSchemas.count == 2)
        #expect(found.policy.webSocketMemoryBytes == 2 << 20)
    }

    @Test func anErrorOfASchemaNamesItsPlace() {
        guard
            case .failure(let errors) = load(
                http("server { waf_websocket_schema s.json; location / { waf_websocket_schema s.json; } }"),
                files: ["/etc/wafd/s.json": "{\n \"typo\": 1 }"])
        else {
            Issue.record("accepted")
            return
        }
        #expect(
            errors.errors.map(\.description)
                == ["/etc/wafd/s.json:2:2: error: JSON Schema: keyword \"typo\" is not supported"])
    }
}
