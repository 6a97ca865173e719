"""What is done with denied messages, how messages are read, and the positive rules."""

import re
import unittest

from support import websocket
from support.case import GatewayCase
from support.http import Client, Closed
from support.waiting import until
from support.websocket import (
    BINARY, CLOSE, DEFLATE, PING, PONG, TEXT, Deflater, WebSocketClient, close, fragments, frame)

RULES = """
SecRuleEngine On
SecRequestBodyAccess On
SecRule ARGS|ARGS_NAMES "@contains attack" "id:1,phase:2,deny,log,msg:'found in %{MATCHED_VAR_NAME}'"
SecRule RESPONSE_BODY "@contains secret" "id:2,phase:4,deny,log,msg:'leak'"
"""

SCHEMA = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["room", "text"],
  "properties": {
    "room": {"type": "string", "pattern": "^[a-z]+$"},
    "text": {"type": "string", "maxLength": 20}
  },
  "additionalProperties": false
}"""

LOCATIONS = {
    "/drop": "waf_websocket_action drop;",
    "/log": "waf_websocket_action log;",
    "/json": "waf_websocket_protocol json;",
    "/lenient": "waf_websocket_protocol json; waf_websocket_malformed inspect;",
    "/jsonrpc": "waf_websocket_protocol jsonrpc;",
    "/graphql": "waf_websocket_protocol graphql;",
    "/socket.io": "waf_websocket_protocol socketio;",
    "/stomp": "waf_websocket_protocol stomp;",
    "/signalr": "waf_websocket_protocol signalr;",
    "/text": "waf_websocket_protocol text;",
    "/schema": "waf_websocket_schema chat.json;",
    "/detect": "waf_websocket detect; waf_websocket_schema chat.json; waf_websocket_rate 1/s;",
    "/origin": "waf_websocket_origins https://good.test *.also.test;",
    "/anyorigin": "waf_websocket_origins good.test none;",
    "/sub": "waf_websocket_subprotocols one two;",
    "/rate": "waf_websocket_rate 5/s;",
    "/bytes": "waf_websocket_byte_rate 1k/s;",
    "/pieces": "waf_websocket_max_fragments 3;",
    "/idle": "waf_websocket_idle_timeout 300ms;",
}

HTTP = "waf_rules_file r.conf; server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; }\n" + "\n".join(
    f"location {path} {{ {directives} proxy_pass http://%BACKEND%; }}" for path, directives in LOCATIONS.items()) + "}"


def accept_offer(connection):
    """Echoes; takes the first subprotocol and, where the target asks for it, the first extension offered."""
    head = connection.take_head()
    connection.heads.append(head)
    fields = ""
    names = head.get("sec-websocket-protocol")
    if names:
        fields += f"Sec-WebSocket-Protocol: {names.split(',')[0].strip()}\r\n"
    offer = head.get("sec-websocket-extensions")
    if offer:
        # No window is limited: what is not named stays as large as it can be.
        parts = [part.strip() for part in offer.split(",")[0].split(";")]
        fields += "Sec-WebSocket-Extensions: " + "; ".join(p for p in parts if "window" not in p) + "\r\n"
    connection.send(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         f"Sec-WebSocket-Accept: {websocket.accept_of(head.get('sec-websocket-key'))}\r\n{fields}\r\n").encode())
    connection.received = b""
    while True:
        try:
            received = websocket.take_frame(connection)
        except Closed:
            return
        opcode = PONG if received.opcode == PING else received.opcode
        connection.send(frame(opcode, received.payload, final=received.final, masked=False,
                              rsv=0x40 if received.compressed else 0))
        if received.opcode == CLOSE:
            return


class RuleCase(GatewayCase):
    http = HTTP
    files = {"r.conf": RULES, "chat.json": SCHEMA}
    script = staticmethod(accept_offer)
    workers = 1

    def lines(self, text):
        return [line for line in self.gateway.log().splitlines() if text in line]

    def assertViolation(self, path, sent, code, number, fields=""):
        """The frames end the connection with the code, and the log has the violation's number."""
        before = len(self.lines(f'[id "{number}"]'))
        with WebSocketClient(self.port, path, fields) as client:
            client.send(sent)
            while True:
                last = client.frame()
                if last.opcode == CLOSE:
                    break
            self.assertEqual(last.code, code)
        lines = self.lines(f'[id "{number}"]')
        self.assertEqual(len(lines), before + 1)
        self.assertRegex(lines[-1], r'ModSecurity: Access denied with code \d+ \(phase [24]\)\. .*\[msg "WebSocket: ')
        self.assertRegex(lines[-1], r'\[unique_id "[^"]+"\]')

    def assertPasses(self, path, payload, opcode=TEXT, fields=""):
        with WebSocketClient(self.port, path, fields) as client:
            client.send(frame(opcode, payload))
            answer = client.frame()
            self.assertEqual((answer.opcode, answer.payload), (opcode, payload))

    def named(self, path, payload, opcode=TEXT, fields=""):
        """The variables in which the rules find the attack in a message that is denied."""
        before = len(self.lines('[id "1"]'))
        with WebSocketClient(self.port, path, fields) as client:
            client.send(frame(opcode, payload))
            self.assertEqual(client.close_code(), 1008)
        return [re.search(r'\[msg "found in ([^"]*)"\]', line).group(1) for line in self.lines('[id "1"]')[before:]]


class Denials(RuleCase):
    """waf_websocket_action"""

    def test_drop(self):
        with WebSocketClient(self.port, "/drop") as client:
            first, second = frame(TEXT, b"first"), frame(TEXT, b"second")
            client.send(first + frame(TEXT, b"an attack") + second)
            self.assertEqual([client.frame().payload for _ in range(2)], [b"first", b"second"])
            self.assertEqual(self.backend.last().received, first + second)

    def test_drop_of_fragments_lets_control_frames_pass(self):
        with WebSocketClient(self.port, "/drop") as client:
            parts, ping, clean = fragments(TEXT, b"an attack", [4, 6]), frame(PING, b"p"), frame(BINARY, b"\xffclean")
            for piece in (parts[0], ping, parts[1]):
                client.send(piece)
            self.assertEqual(client.frame().opcode, PONG)
            client.send(parts[2] + clean)
            self.assertEqual(client.frame().payload, b"\xffclean")
            self.assertEqual(self.backend.last().received, ping + clean)

    def test_drop_of_a_message_beyond_the_read_buffer(self):
        with WebSocketClient(self.port, "/drop") as client:
            clean = frame(TEXT, b"clean")
            client.send(frame(TEXT, b"x" * 700_000 + b"attack") + clean)
            self.assertEqual(client.frame().payload, b"clean")
            self.assertEqual(self.backend.last().received, clean)

    def test_drop_from_the_server(self):
        with WebSocketClient(self.port, "/drop") as client:
            client.send(frame(TEXT, b"a secret") + frame(TEXT, b"clean"))
            self.assertEqual(client.frame().payload, b"clean")

    def test_drop_keeps_both_windows_whole(self):
        """Both ends are made to compress each message by itself, so that none is missed afterwards."""
        with WebSocketClient(self.port, "/drop", DEFLATE) as client:
            self.assertIn("client_no_context_takeover", client.head.get("sec-websocket-extensions"))
            self.assertIn("server_no_context_takeover", client.head.get("sec-websocket-extensions"))
            self.assertIn("server_no_context_takeover", self.backend.last().heads[0].get("sec-websocket-extensions"))
            deflater = Deflater(takeover=False)
            texts = [b"hello hello one", b"an attack attack", b"a secret secret", b"hello hello two"]
            client.send(b"".join(frame(TEXT, deflater.compress(text), rsv=0x40) for text in texts))
            import zlib
            got = []
            for _ in range(2):
                answer = client.frame()
                got.append(zlib.decompressobj(-15).decompress(answer.payload + b"\0\0\xff\xff"))
            self.assertEqual(got, [texts[0], texts[3]])

    def test_log(self):
        self.assertPasses("/log", b"an attack")
        self.assertTrue(self.lines("ModSecurity: Warning. Matched"))


class Formats(RuleCase):
    """waf_websocket_protocol: what the arguments are called, and what is malformed."""

    def test_names(self):
        rows = [
            ("/", b"an attack", ["ARGS:message"]),
            ("/", b'{"a":{"b":["x","an attack"]}}', ["ARGS:json.a.b.array_1"]),
            ("/", b'{"attack":1}', ["ARGS_NAMES:json.attack"]),
            ("/", b'{"a":"\\u0061ttack"}', ["ARGS:json.a"]),
            # No JSON after all: what was read of it, and the whole as it came.
            ("/", b'{"a":"\\u0061ttack",}', ["ARGS:json.a"]),
            ("/", b'{"a":"b"} attack', ["ARGS:message"]),
            ("/text", b'{"a":"an attack"}', ["ARGS:message"]),
            ("/json", b'{"params":{"query":"attack"}}', ["ARGS:json.params.query"]),
            ("/lenient", b"attack {", ["ARGS:message"]),
            ("/jsonrpc", b'{"jsonrpc":"2.0","method":"m","params":{"query":"attack"}}', ["ARGS:json.params.query"]),
            ("/graphql", b'{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":{"v":"attack"}}}',
             ["ARGS:json.payload.variables.v"]),
            ("/socket.io", b'42/chat,7["message",{"text":"attack"}]', ["ARGS:json.array_1.text"]),
            ("/socket.io", b'42/attack,["message"]', ["ARGS:socketio.namespace"]),
            ("/?EIO=4&transport=websocket", b'42["message","attack"]', ["ARGS:json.array_1"]),
            ("/stomp", b"SEND\ndestination:/q\n\nattack\0", ["ARGS:stomp.body"]),
            ("/stomp", b'SEND\ndestination:/q\n\n{"a":"attack"}\0', ["ARGS:json.a"]),
            ("/stomp", b"SEND\ndestination:/attack\n\n\0", ["ARGS:stomp.destination"]),
            ("/signalr", b'{"type":6}\x1e{"type":1,"target":"s","arguments":["attack"]}\x1e',
             ["ARGS:json.arguments.array_0"]),
        ]
        for path, payload, names in rows:
            with self.subTest(path=path, payload=payload):
                self.assertEqual(self.named(path, payload), names)

    def test_by_subprotocol(self):
        rows = [
            ("graphql-transport-ws", b'{"type":"subscribe","id":"1","payload":{"query":"attack"}}',
             ["ARGS:json.payload.query"]),
            ("v12.stomp", b"SEND\n\nattack\0", ["ARGS:stomp.body"]),
            ("chat", b'{"a":"attack"}', ["ARGS:json.a"]),
        ]
        for name, payload, names in rows:
            with self.subTest(name):
                self.assertEqual(self.named("/", payload, fields=f"Sec-WebSocket-Protocol: {name}\r\n"), names)

    def test_clean_messages_pass(self):
        rows = [
            ("/json", b'{"a":1}'), ("/lenient", b"{"), ("/socket.io", b"2"), ("/socket.io", b'42["a"]'),
            ("/stomp", b"\n"), ("/signalr", b'{"type":6}\x1e'), ("/", b"{"), ("/", b""),
            ("/jsonrpc", b'{"jsonrpc":"2.0","method":"m"}'),
        ]
        for path, payload in rows:
            with self.subTest(path=path, payload=payload):
                self.assertPasses(path, payload)
        self.assertPasses("/socket.io", b"\x00\xff\x80", BINARY)

    def test_malformed(self):
        rows = [
            ("/json", b"{"), ("/json", b""), ("/json", b"{} x"), ("/jsonrpc", b'{"method":"m"}'),
            ("/graphql", b'{"type":"drop_table"}'), ("/socket.io", b"x"), ("/stomp", b"HACK\n\n\0"),
            ("/signalr", b'{"type":6}'),
        ]
        for path, payload in rows:
            with self.subTest(path=path, payload=payload):
                self.assertViolation(path, frame(TEXT, payload), 1007, 450023)
        self.assertViolation("/json", frame(BINARY, b"\xff\xfe"), 1007, 450023)
        self.assertViolation("/", frame(TEXT, b"{"), 1007, 450023, "Sec-WebSocket-Protocol: graphql-ws\r\n")

    def test_more_than_is_read_is_denied(self):
        """Deeper than SecRequestBodyJsonDepthLimit: what lies there was not judged."""
        with WebSocketClient(self.port, "/") as client:
            client.send(frame(TEXT, b"[" * 2_000 + b"]" * 2_000))
            self.assertEqual(client.close_code(), 1008)


class PositiveRules(RuleCase):
    def test_schema(self):
        self.assertPasses("/schema", b'{"room":"lobby","text":"hello"}')
        for payload in (b'{"room":"lobby"}', b'{"room":"Lobby","text":""}', b'{"room":"a","text":"' + b"x" * 21 + b'"}',
                        b'{"room":"a","text":"","admin":true}', b"[]"):
            with self.subTest(payload):
                self.assertViolation("/schema", frame(TEXT, payload), 1008, 450024)
        self.assertViolation("/schema", frame(TEXT, b"no JSON"), 1007, 450023)

    def test_detect_only_logs(self):
        with WebSocketClient(self.port, "/detect") as client:
            client.send(frame(TEXT, b"[1]") + frame(TEXT, b"[2]"))
            self.assertEqual([client.frame().payload for _ in range(2)], [b"[1]", b"[2]"])
        self.assertTrue(any("ModSecurity: Warning. " in line for line in self.lines('[id "450024"]')))

    def status(self, path, fields):
        with Client(self.port) as client:
            client.send(websocket.request(path, fields=fields))
            return client.take_head().status

    def test_origins(self):
        rows = [
            ("/origin", "Origin: https://good.test\r\n", 101), ("/origin", "Origin: https://x.also.test\r\n", 101),
            ("/origin", "Origin: http://good.test\r\n", 403), ("/origin", "Origin: https://good.test.evil\r\n", 403),
            ("/origin", "Origin: null\r\n", 403), ("/origin", "", 403),
            ("/origin", "Origin: https://good.test\r\nOrigin: https://evil.test\r\n", 403),
            ("/anyorigin", "", 101), ("/anyorigin", "Origin: http://good.test:81\r\n", 101),
            ("/anyorigin", "Origin: http://evil.test\r\n", 403),
        ]
        for path, fields, status in rows:
            with self.subTest(path=path, fields=fields):
                self.assertEqual(self.status(path, fields), status)
        self.assertTrue(self.lines('[id "450030"]'))

    def test_subprotocols(self):
        self.assertEqual(self.status("/sub", ""), 403)
        self.assertEqual(self.status("/sub", "Sec-WebSocket-Protocol: three\r\n"), 403)
        with WebSocketClient(self.port, "/sub", "Sec-WebSocket-Protocol: three, two, one\r\n") as client:
            self.assertEqual(client.head.get("sec-websocket-protocol"), "two")
            self.assertEqual(self.backend.last().heads[0].get("sec-websocket-protocol"), "two, one")
        self.assertEqual(len(self.lines('[id "450031"]')), 2)

    def test_messages_per_second(self):
        with WebSocketClient(self.port, "/rate") as client:
            client.send(b"".join(frame(TEXT, b"%d" % n) for n in range(5)))
            self.assertEqual([client.frame().payload for _ in range(5)], [b"%d" % n for n in range(5)])
        self.assertViolation("/rate", b"".join(frame(TEXT, b"%d" % n) for n in range(6)), 1008, 450021)
        self.assertViolation("/rate", frame(PING, b"") * 6, 1008, 450021)

    def test_bytes_per_second(self):
        self.assertPasses("/bytes", b"x" * 1_024)
        self.assertViolation("/bytes", frame(TEXT, b"x" * 1_025), 1008, 450022)
        self.assertViolation("/bytes", frame(TEXT, b"x" * 600) * 2, 1008, 450022)

    def test_fragments(self):
        with WebSocketClient(self.port, "/pieces") as client:
            client.send(b"".join(fragments(TEXT, b"abc", [1, 2])))
            self.assertEqual(b"".join(client.frame().payload for _ in range(3)), b"abc")
        self.assertViolation("/pieces", b"".join(fragments(TEXT, b"abcd", [1, 2, 3])), 1009, 450012)

    def test_idle(self):
        with WebSocketClient(self.port, "/idle") as client:
            self.assertEqual(client.close_code(), 1001)
        self.assertTrue(self.lines('[id "450025"]'))

    def test_protocol_and_sizes_have_numbers(self):
        rows = [
            (frame(TEXT, b"x", masked=False), 1002, 450001), (frame(3, b"x"), 1002, 450001),
            (frame(TEXT, b"\xff"), 1007, 450002), (frame(TEXT, b"", length=2 << 20), 1009, 450011),
            (b"".join(fragments(TEXT, b"x" * (3 << 19), [1 << 20])), 1009, 450010),
        ]
        for sent, code, number in rows:
            with self.subTest(number=number):
                self.assertViolation("/", sent, code, number)


class Memory(GatewayCase):
    """waf_websocket_memory"""

    http = """waf_websocket on; waf_websocket_memory 1m; waf_websocket_max_message 4m;
    server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; } }"""
    script = staticmethod(websocket.echo)
    workers = 1

    def test_the_largest_holder_goes(self):
        with WebSocketClient(self.port) as small, WebSocketClient(self.port) as large:
            small.send(frame(BINARY, b"x" * 100_000, length=200_000))
            large.send(frame(BINARY, b"x" * 1_200_000, length=3_000_000))
            self.assertEqual(large.close_code(), 1009)
            until(lambda: '[id "450013"]' in self.gateway.log(), "the log tells")
            # The other one goes on. Its frame has 4 bytes of key before its payload is whole.
            small.send(b"x" * 100_000)
            self.assertEqual(len(small.frame().payload), 200_000)


if __name__ == "__main__":
    unittest.main()
