"""waf_target and WebSocket messages: one POST each, in order, in both directions; and the node's side."""

import time

from support import waiting, websocket
from support.backend import Backend, answer
from support.case import GatewayCase
from support.websocket import BINARY, CLOSE, DEFLATE, TEXT, Deflater, WebSocketClient, fragments, frame


def judge(connection):
    """A target: handshakes are normal; of messages the text says what happens."""
    while True:
        head = connection.request()
        if head is None:
            return
        body = connection.bodies[-1]
        if head.get("x-waf-event") != "message":
            connection.send(answer())
        elif b"bad" in body:
            connection.send(answer(fields="X-WAF-Level: 2\r\n"))
        elif b"dunno" in body:
            connection.send(answer(fields="X-WAF-Level: 0\r\n"))
        elif b"slow" in body:
            time.sleep(0.4)
            connection.send(answer())
        elif b"late" in body:
            time.sleep(2)
            connection.send(answer())
        elif b"gone" in body:
            return
        else:
            connection.send(answer())


class Messages(GatewayCase):
    http = """
    upstream judges { server %JUDGE%; keepalive 16; }
    waf_target_timeout 1s;
    server {
        listen %LISTEN%;
        waf_target /ask;
        location / { proxy_pass http://%BACKEND%; waf_websocket on; }
        location /block { proxy_pass http://%BACKEND%; waf_websocket on; waf_target_failure block;
                          waf_target_breaker off; }
        location /drop { proxy_pass http://%BACKEND%; waf_websocket on; waf_websocket_action drop; }
        location /log { proxy_pass http://%BACKEND%; waf_websocket on; waf_websocket_action log; }
        location /detect { proxy_pass http://%BACKEND%; waf_websocket detect; }
        location /async { proxy_pass http://%BACKEND%; waf_websocket on; waf_target_mode async; }
        location /off { proxy_pass http://%BACKEND%; waf_websocket on; waf_target_messages off; }
        location /one { proxy_pass http://%BACKEND%; waf_websocket on; waf_target_in_flight 1;
                        waf_target_failure block; waf_target_max_body 4; }
        location = /ask { proxy_pass http://judges$request_uri; }
    }
    """
    workers = 1
    script = staticmethod(websocket.echo_choosing)

    @classmethod
    def setUpClass(cls):
        cls.judge = Backend(judge)
        cls.addClassCleanup(cls.judge.stop)
        cls.http = cls.http.replace("%JUDGE%", cls.judge.address)
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.judge.forget()

    def open(self, path="/", fields=""):
        client = WebSocketClient(self.port, path, fields)
        self.addCleanup(client.close)
        return client

    def asked(self):
        """Heads and bodies of the messages that were asked about."""
        found = []
        for connection in self.judge.connections:
            found += [(head, body) for head, body in zip(connection.heads, connection.bodies)
                      if head.get("x-waf-event") == "message"]
        return found

    def test_a_message_and_its_echo_are_asked_about(self):
        client = self.open("/chat?room=1", "Cookie: a=b\r\nX-WAF-Opcode: forged\r\n")
        client.send(frame(TEXT, b"hello"))
        self.assertEqual(client.frame().payload, b"hello")
        (first, body), (second, echo) = self.asked()
        self.assertEqual((body, echo), (b"hello", b"hello"))
        self.assertEqual(first.line, "POST /chat?room=1 HTTP/1.1")
        for name, value in (("x-waf-direction", "client"), ("x-waf-opcode", "text"), ("x-waf-message", "0"),
                            ("x-original-uri", "/chat?room=1"), ("x-original-method", "GET"), ("cookie", "a=b"),
                            ("x-real-ip", "127.0.0.1"), ("content-length", "5")):
            self.assertEqual(first.all(name), [value], name)
        self.assertEqual(second.get("x-waf-direction"), "server")
        self.assertEqual(len(first.get("x-waf-transaction")), len(second.get("x-waf-transaction")))

    def test_order_holds_behind_a_slow_verdict(self):
        client = self.open()
        words = [b"slow 0"] + [b"word %d" % number for number in range(1, 20)]
        client.send(b"".join(frame(TEXT, word) for word in words))
        self.assertEqual([client.frame().payload for _ in words], words)
        self.assertEqual([int(head.get("x-waf-message")) for head, _ in self.asked()
                          if head.get("x-waf-direction") == "client"], list(range(20)))

    def test_the_whole_message_is_asked_about_however_it_comes(self):
        client = self.open("/?x=deflate", DEFLATE)
        client.send(frame(TEXT, Deflater().compress(b"compressed " * 50), rsv=0x40))
        client.frame()
        client.send(b"".join(fragments(BINARY, b"in pieces", [2, 5])))
        client.frame()
        bodies = [body for head, body in self.asked() if head.get("x-waf-direction") == "client"]
        self.assertEqual(bodies, [b"compressed " * 50, b"in pieces"])

    def test_level_2_closes(self):
        client = self.open()
        client.send(frame(TEXT, b"ok"))
        self.assertEqual(client.frame().payload, b"ok")
        client.send(frame(TEXT, b"bad") + frame(TEXT, b"behind"))
        self.assertEqual(client.close_code(), 1008)
        self.assertNotIn(b"bad", [body for head, body in self.asked() if head.get("x-waf-direction") == "server"])

    def test_level_2_from_the_server(self):
        # The echo is judged by what the client has not said: the judge knows only the second one.
        client = self.open("/drop")
        client.send(frame(TEXT, b"bad") + frame(TEXT, b"next"))
        self.assertEqual(client.frame().payload, b"next")

    def test_level_2_is_logged_only(self):
        for path in ("/log", "/detect"):
            client = self.open(path)
            client.send(frame(TEXT, b"bad"))
            self.assertEqual(client.frame().payload, b"bad")

    def test_level_0_follows_the_directive(self):
        for text in (b"dunno", b"gone", b"late"):
            client = self.open("/")
            client.send(frame(TEXT, text))
            self.assertEqual(client.frame().payload, text)
            client = self.open("/block")
            client.send(frame(TEXT, text))
            self.assertEqual(client.close_code(), 1008, text)

    def test_other_connections_go_on(self):
        waiting_one = self.open("/block")
        waiting_one.send(frame(TEXT, b"late"))
        client = self.open("/block")
        start = time.monotonic()
        for _ in range(20):
            client.send(frame(TEXT, b"quick"))
            self.assertEqual(client.frame().payload, b"quick")
        self.assertLess(time.monotonic() - start, 0.9)
        self.assertEqual(waiting_one.close_code(), 1008)

    def test_async_closes_afterwards(self):
        client = self.open("/async")
        client.send(frame(TEXT, b"bad"))
        codes = []
        while not codes:
            got = client.frame()
            if got.opcode == CLOSE:
                codes.append(got.code)
        self.assertEqual(codes, [1008])

    def test_messages_off(self):
        client = self.open("/off")
        client.send(frame(TEXT, b"bad"))
        self.assertEqual(client.frame().payload, b"bad")
        self.assertEqual(self.asked(), [])

    def test_in_flight_is_bounded_and_the_copy_cut(self):
        first, second = self.open("/one"), self.open("/one")
        first.send(frame(TEXT, b"slow and long"))
        waiting.until(lambda: self.asked(), "the first is asked about")
        second.send(frame(TEXT, b"x"))
        self.assertEqual(second.close_code(), 1008)
        self.assertEqual(first.frame().payload, b"slow and long")
        head, body = self.asked()[0]
        self.assertEqual((head.get("x-waf-truncated"), body), ("1", b"slow"))

    def test_a_client_that_leaves_while_its_message_waits(self):
        for leave in ("close", "reset"):
            client = self.open()
            client.send(frame(TEXT, b"slow"))
            waiting.until(lambda: self.asked(), "asked")
            getattr(client, leave)()
            self.judge.forget()
        again = self.open()
        again.send(frame(TEXT, b"fine"))
        self.assertEqual(again.frame().payload, b"fine")

    def test_a_reload_while_a_message_waits(self):
        client = self.open()
        client.send(frame(TEXT, b"slow 1"))
        waiting.until(lambda: self.asked(), "asked")
        self.gateway.reload()
        self.assertEqual(client.frame().payload, b"slow 1")
        client.send(frame(TEXT, b"bad"))
        self.assertEqual(client.close_code(), 1008)


class Node(GatewayCase):
    """Gateway and node are the same program: messages are judged by the node's rules."""

    http = """
    server { listen %LISTEN%; waf_target /ask; waf_target_failure block;
             location / { proxy_pass http://%BACKEND%; waf_websocket on; }
             location = /ask { proxy_pass http://%LISTEN%/node; proxy_set_header Host node; } }
    server { listen %LISTEN%; server_name node; waf_rules_file node.conf; location / { waf_inspect on; } }
    """
    files = {"node.conf": """
SecRuleEngine On
SecRequestBodyAccess On
SecRule ARGS:message|ARGS:json.text "@contains attack" "id:1,phase:2,deny,log,msg:'attack in a message'"
SecRule WS_MESSAGE_INDEX "@eq 3" "id:2,phase:2,deny,log,msg:'the fourth'"
SecRule RESPONSE_BODY "@contains secret" "id:3,phase:4,deny,log,msg:'leak'"
SecRule REQUEST_METHOD "!@streq GET" "id:4,phase:1,deny,log,msg:'no handshake'"
"""}
    script = staticmethod(websocket.echo)

    def ends(self, *texts):
        with WebSocketClient(self.port, "/chat") as client:
            for text in texts[:-1]:
                client.send(frame(TEXT, text))
                self.assertEqual(client.frame().payload, text)
            client.send(frame(TEXT, texts[-1]))
            return client.frame()

    def test_messages_pass_or_close(self):
        self.assertEqual(self.ends(b"hello", b"you").payload, b"you")
        self.assertEqual(self.ends(b"hello", b"an attack").code, 1008)
        self.assertEqual(self.ends(b'{"text":"an attack"}').code, 1008)
        self.assertEqual(self.ends(b"0", b"1", b"2", b"3").code, 1008)

    def test_from_the_server(self):
        self.assertEqual(self.ends(b"a secret").opcode, CLOSE)
