"""Opening handshakes, checked on both sides (RFC 6455 section 4, RFC 7692 section 5)."""

import time
import unittest

from support import websocket
from support.case import GatewayCase
from support.http import Client, get
from support.waiting import until
from support.websocket import KEY, TEXT, WebSocketClient, accept_of, frame, request, take_frame

GOOD = request()


class Requests(GatewayCase):
    """A handshake that breaks the protocol is answered here; the backend hears nothing."""

    script = staticmethod(websocket.echo)

    rows = [
        ("POST", request(method="POST"), 400),
        ("HEAD", request(method="HEAD"), 400),
        ("version 8", request(version="8"), 426),
        ("no version", GOOD.replace(b"Sec-WebSocket-Version: 13\r\n", b""), 426),
        ("two versions", request(fields="Sec-WebSocket-Version: 13\r\n"), 400),
        ("no key", GOOD.replace(f"Sec-WebSocket-Key: {KEY}\r\n".encode(), b""), 400),
        ("short key", request(key="dGhlIHNhbXBsZQ=="), 400),
        ("key that is no base64", request(key="!!!!!!!!!!!!!!!!!!!!!!=="), 400),
        ("two keys", request(fields=f"Sec-WebSocket-Key: {KEY}\r\n"), 400),
        ("no Connection", GOOD.replace(b"Connection: Upgrade\r\n", b""), 400),
        ("body", request(fields="Content-Length: 3\r\n") + b"abc", 400),
        ("chunked body", request(fields="Transfer-Encoding: chunked\r\n") + b"0\r\n\r\n", 400),
        ("subprotocol twice", request(fields="Sec-WebSocket-Protocol: a, a\r\n"), 400),
        ("empty extension list", request(fields="Sec-WebSocket-Extensions: ;\r\n"), 400),
    ]

    def test_refused(self):
        for name, wire, status in self.rows:
            with self.subTest(name), Client(self.port) as client:
                client.send(wire)
                head = client.take_head()
                self.assertEqual(head.status, status)
                if status == 426:
                    self.assertEqual(head.get("sec-websocket-version"), "13")
                self.assertEqual(self.backend.received, b"")

    def test_accepted(self):
        fields = "Sec-WebSocket-Protocol: chat, super\r\nOrigin: http://a.test\r\nCookie: a=b\r\n"
        with WebSocketClient(self.port, "/a?b", fields) as client:
            self.assertEqual(client.head.get("sec-websocket-accept"), accept_of(KEY))
            self.assertEqual(client.head.get("upgrade").lower(), "websocket")
            self.assertEqual(client.head.get("connection").lower(), "upgrade")
            seen = self.backend.heads[-1]
            self.assertEqual(seen.line, "GET /a?b HTTP/1.1")
            for name, want in (("upgrade", ["websocket"]), ("connection", ["Upgrade"]), ("sec-websocket-key", [KEY]),
                               ("sec-websocket-version", ["13"]), ("sec-websocket-protocol", ["chat, super"]),
                               ("origin", ["http://a.test"]), ("cookie", ["a=b"])):
                self.assertEqual(seen.all(name), want)

    def test_connection_lists(self):
        wire = GOOD.replace(b"Connection: Upgrade", b"Connection: keep-alive, upgrade").replace(b"websocket", b"WebSocket")
        with Client(self.port) as client:
            client.send(wire)
            self.assertEqual(client.take_head().status, 101)

    def test_handshake_byte_by_byte(self):
        with Client(self.port) as client:
            client.send_by_pieces(GOOD)
            self.assertEqual(client.take_head().status, 101)
            client.send_by_pieces(frame(TEXT, b"hello"))
            self.assertEqual(take_frame(client).payload, b"hello")

    def test_offers_are_filtered(self):
        rows = [
            ("permessage-deflate", ["permessage-deflate"]),
            ("x-unknown", []),
            ("x-unknown, permessage-deflate; client_max_window_bits",
             ["permessage-deflate; client_max_window_bits"]),
            ("permessage-deflate; server_max_window_bits=10, permessage-deflate",
             ["permessage-deflate; server_max_window_bits=10, permessage-deflate"]),
            ("permessage-deflate; x=1", []),
            ("permessage-deflate; server_max_window_bits=99", []),
        ]
        for offer, want in rows:
            with self.subTest(offer), WebSocketClient(self.port, fields=f"Sec-WebSocket-Extensions: {offer}\r\n"):
                self.assertEqual(self.backend.heads[-1].all("sec-websocket-extensions"), want)

    def test_http2_is_not_upgraded_to(self):
        with Client(self.port) as client:
            client.send(get(fields="Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"))
            seen = until(lambda: self.backend.heads, "the request")[-1]
            self.assertEqual(seen.all("upgrade"), [])
            self.assertEqual(seen.all("http2-settings"), [])
            self.assertEqual(seen.all("connection"), [])


class Answers(GatewayCase):
    """An answer that does not fit its request is answered for with 502."""

    change = staticmethod(lambda text: text)
    behind = b""

    @staticmethod
    def script(connection):
        head = connection.take_head()
        text = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Accept: {accept_of(head.get('sec-websocket-key'))}\r\n\r\n")
        connection.send(Answers.change(text).encode() + Answers.behind)
        connection.take(1)

    def outcome(self, old, new, fields=""):
        Answers.change = staticmethod(lambda text: text.replace(old, new))
        with Client(self.port) as client:
            client.send(request(fields=fields))
            return client.take_head().status

    def test_answers(self):
        end = "\r\n\r\n"
        rows = [
            ("as it should be", "", "", 101),
            ("wrong accept", "Accept: ", "Accept: x", 502),
            ("no accept", "Sec-WebSocket-Accept", "X-Accept", 502),
            ("other upgrade", "Upgrade: websocket", "Upgrade: h2c", 502),
            ("no upgrade", "Upgrade: websocket\r\n", "", 502),
            ("no connection", "Connection: Upgrade\r\n", "", 502),
            ("subprotocol nobody offered", end, "\r\nSec-WebSocket-Protocol: x" + end, 502),
            ("extension nobody offered", end, "\r\nSec-WebSocket-Extensions: permessage-deflate" + end, 502),
            ("two accepts", end, "\r\nSec-WebSocket-Accept: x" + end, 502),
        ]
        for name, old, new, status in rows:
            with self.subTest(name):
                self.assertEqual(self.outcome(old or "\0", new), status)

    def test_parameters_nobody_offered(self):
        answer = "\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9\r\n\r\n"
        self.assertEqual(self.outcome("\r\n\r\n", answer, websocket.DEFLATE), 502)
        answer = "\r\nSec-WebSocket-Extensions: x-unknown\r\n\r\n"
        self.assertEqual(self.outcome("\r\n\r\n", answer, "Sec-WebSocket-Extensions: x-unknown\r\n"), 502)

    def test_ordinary_answer(self):
        status = "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"
        Answers.change = staticmethod(lambda text: status)
        with Client(self.port) as client:
            client.send(request())
            response = client.response()
            self.assertEqual((response.status, response.body), (403, b"no"))
            self.assertEqual(client.ask(request()).status, 403)

    def test_frames_right_behind_the_head(self):
        Answers.change = staticmethod(lambda text: text)
        Answers.behind = frame(TEXT, b"early", masked=False) * 3
        self.addCleanup(setattr, Answers, "behind", b"")
        with WebSocketClient(self.port) as client:
            for _ in range(3):
                self.assertEqual(client.frame().payload, b"early")


class EarlyFrames(GatewayCase):
    """Frames that a client sends before it has its answer."""

    @staticmethod
    def script(connection):
        time.sleep(0.2)
        websocket.echo(connection)

    def test_in_the_same_segment(self):
        with WebSocketClient(self.port, behind=frame(TEXT, b"one") + frame(TEXT, b"two")) as client:
            self.assertEqual([client.frame().payload for _ in range(2)], [b"one", b"two"])

    def test_more_than_is_kept_ahead(self):
        count = 40
        with WebSocketClient(self.port, behind=b"".join(frame(TEXT, b"%05d" % n * 2000) for n in range(count))) as client:
            for n in range(count):
                self.assertEqual(client.frame().payload, b"%05d" % n * 2000)
            client.send(frame(TEXT, b"after"))
            self.assertEqual(client.frame().payload, b"after")


class Strip(GatewayCase):
    """waf_websocket_deflate strip: compression is not negotiated."""

    http = "server { listen %LISTEN%; waf_websocket_deflate strip; location / { proxy_pass http://%BACKEND%; } }"
    script = staticmethod(websocket.echo)

    def test_offer_is_taken_out(self):
        with WebSocketClient(self.port, fields=websocket.DEFLATE) as client:
            self.assertEqual(self.backend.heads[-1].all("sec-websocket-extensions"), [])
            self.assertIsNone(client.head.get("sec-websocket-extensions"))


if __name__ == "__main__":
    unittest.main()
