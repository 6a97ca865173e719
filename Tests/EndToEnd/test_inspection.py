"""Rules on requests and answers: refused, limited, held, streamed, detected, switched off."""

import time
import unittest

from support import backend
from support.case import GatewayCase
from support.http import Client, chunked, get, once, post

RULES = """
SecRuleEngine On
SecRequestBodyAccess On
SecRequestBodyLimit 20000
SecRequestBodyNoFilesLimit 20000
SecRule ARGS "@contains attack" "id:1,phase:2,deny,status:403,log,msg:'args'"
SecRule REQUEST_HEADERS:X-Test "@streq evil" "id:2,phase:1,deny,status:406,log"
SecRule REQUEST_COOKIES "@contains biscuit" "id:3,phase:1,deny,log"
SecRule REQUEST_BODY "@rx raw-?attack" "id:4,phase:2,deny,log"
SecRule REQUEST_URI "@beginsWith /one" "id:5,phase:1,pass,log,setvar:tx.score=+3"
SecRule ARGS:b "@streq two" "id:6,phase:2,pass,log,setvar:tx.score=+3"
SecRule TX:score "@ge 6" "id:7,phase:2,deny,log,msg:'sum'"
SecRule REQUEST_METHOD "@streq PUT" "id:8,phase:1,deny,chain"
SecRule REQUEST_HEADERS:X-Chain "@streq yes" "t:none"
"""


class Requests(GatewayCase):
    """Denied before a byte reaches the backend."""

    http = """
    waf_rules_file r.conf; client_max_body_size 100k;
    server {
        listen %LISTEN%;
        location / { proxy_pass http://%BACKEND%; }
        location /detect { waf detect; proxy_pass http://%BACKEND%; }
        location /off { waf off; proxy_pass http://%BACKEND%; }
        location /none { waf_rules_file off; proxy_pass http://%BACKEND%; }
        location /own { waf_rules_file own.conf; proxy_pass http://%BACKEND%; }
    }
    """
    files = {"r.conf": RULES, "own.conf": "SecRule ARGS:own \"@streq 1\" \"id:100,phase:2,deny,status:418\"\n"}
    FORM = "Content-Type: application/x-www-form-urlencoded\r\n"

    rows = [
        ("argument", get("/?a=an+attack"), 403),
        ("encoded argument", get("/?a=%61%74tack"), 403),
        ("header", get(fields="X-Test: evil\r\n"), 406),
        ("cookie", get(fields="Cookie: a=b; c=biscuit\r\n"), 403),
        ("form", post(b"x=1&y=attack"), 403),
        ("chunked form", b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + FORM.encode() + b"\r\n"
         + chunked(b"x=at", b"ta", b"ck"), 403),
        ("sum of two rules", get("/one?b=two"), 403),
        ("chain", b"PUT / HTTP/1.1\r\nHost: a\r\nX-Chain: yes\r\nContent-Length: 0\r\n\r\n", 403),
        ("own rules of a location", get("/own?own=1"), 418),
        ("parent's rules in that location", get("/own?a=attack"), 403),
        ("beyond SecRequestBodyLimit", post(b"x=" + b"y" * 20_001), 413),
        ("beyond client_max_body_size", post(b"x=" + b"y" * 110_000), 413),
        ("beyond client_max_body_size, chunked", b"POST /off HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
         + chunked(b"y" * 110_000), 413),
    ]

    passing = [
        ("clean", get("/?a=b")), ("one of two rules", get("/one?b=three")), ("chain in half", get("/", fields="X-Chain: yes\r\n")),
        ("clean form", post(b"x=1&y=2")), ("limit of the body", post(b"x=" + b"y" * 19_998)),
        ("detect", get("/detect?a=attack")), ("off", get("/off?a=attack")), ("without the parent's", get("/none?a=attack")),
        ("off, long body", post(b"y" * 50_000, "/off")),
    ]

    def test_denied(self):
        for name, request, status in self.rows:
            with self.subTest(name), Client(self.port) as client:
                self.backend.forget()
                try:
                    client.send(request)
                except OSError:
                    pass
                response = client.response()
                self.assertEqual(response.status, status)
                if "/off" not in request[:10].decode("latin-1"):
                    self.assertEqual(self.backend.received, b"")

    def test_passed(self):
        for name, request in self.passing:
            with self.subTest(name):
                self.assertEqual(once(self.port, request).status, 200)

    def test_connection_goes_on_after_a_denial(self):
        with Client(self.port) as client:
            for _ in range(3):
                self.assertEqual(client.ask(get("/?a=attack")).status, 403)
                self.assertEqual(client.ask(post(b"x=attack")).status, 403)
                self.assertEqual(client.ask(get("/?a=b")).status, 200)

    def test_denial_without_reading_the_body(self):
        with Client(self.port) as client:
            client.send(b"POST / HTTP/1.1\r\nHost: a\r\nX-Test: evil\r\nContent-Length: 1000\r\n\r\n")
            self.assertEqual(client.response().status, 406)
            self.assertTrue(client.is_closed())

    def test_detect_logs(self):
        marker = f"attack{time.monotonic_ns()}"
        self.assertEqual(once(self.port, get(f"/detect?a={marker}")).status, 200)
        lines = [line for line in self.gateway.log().splitlines() if marker in line]
        self.assertEqual(len(lines), 1, lines)
        self.assertIn('[id "1"]', lines[0])

    def test_denial_logs_before_the_answer(self):
        marker = f"attack{time.monotonic_ns()}"
        self.assertEqual(once(self.port, get(f"/?a={marker}")).status, 403)
        lines = [line for line in self.gateway.log().splitlines() if marker in line]
        self.assertEqual(len(lines), 1, lines)
        for part in ('Access denied with code 403', '[id "1"]', '[msg "args"]', '[unique_id "'):
            self.assertIn(part, lines[0])

    def test_counters(self):
        before = self.gateway.counters()
        once(self.port, get("/?a=attack"))
        once(self.port, get("/?a=b"))
        once(self.port, get("/%zz"))
        after = self.gateway.counters()
        grown = {name: after[name] - before[name] for name in after}
        self.assertEqual(
            (grown["requests"], grown["requests_blocked"], grown["requests_rejected"]), (3, 1, 1), grown)


class Partial(GatewayCase):
    """SecRequestBodyLimitAction ProcessPartial: what is over the limit passes unseen."""

    http = "server { listen %LISTEN%; waf_rules_file r.conf; location / { proxy_pass http://%BACKEND%; } }"
    files = {"r.conf": "SecRequestBodyAccess On\nSecRequestBodyLimit 1000\nSecRequestBodyLimitAction ProcessPartial\n"
             "SecRule REQUEST_BODY \"@contains attack\" \"id:1,phase:2,deny\"\n"}

    def test_head_of_a_long_body_is_judged(self):
        self.assertEqual(once(self.port, post(b"attack" + b"y" * 100_000)).status, 403)

    def test_all_of_a_long_body_is_forwarded(self):
        body = bytes(range(97, 107)) * 50_000
        for wire in (post(body), b"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                     b"Transfer-Encoding: chunked\r\n\r\n" + chunked(body[:500], body[500:90_000], body[90_000:])):
            with Client(self.port) as client:
                response = client.ask(wire)
                self.assertEqual(response.status, 200)
                self.assertTrue(response.body.endswith(b"\r\n\r\n" + body))


class Responses(GatewayCase):
    """Answers: held while their type is inspected, up to the limit or the time."""

    http = """
    waf_rules_file r.conf; waf_response_hold 300ms;
    server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; }
             location /reject { waf_rules_file reject.conf; proxy_pass http://%BACKEND%; } }
    """
    files = {
        "r.conf": "SecResponseBodyAccess On\nSecResponseBodyMimeType text/plain text/html\nSecResponseBodyLimit 1000\n"
        "SecResponseBodyLimitAction ProcessPartial\n"
        "SecRule RESPONSE_BODY \"@contains secret\" \"id:1,phase:4,deny,status:403,log\"\n"
        "SecRule RESPONSE_HEADERS:X-Leak \"@streq yes\" \"id:2,phase:3,deny,status:404,log\"\n"
        "SecRule RESPONSE_STATUS \"@streq 299\" \"id:3,phase:3,deny,status:500,log\"\n",
        "reject.conf": "SecResponseBodyLimitAction Reject\n",
    }

    wire = {
        "clean": backend.answer(b"open", "Content-Type: text/plain\r\n"),
        "secret": backend.answer(b"a secret", "Content-Type: text/plain; charset=utf-8\r\n"),
        "chunked": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(b"a sec", b"ret"),
        "close": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\na secret",
        "image": backend.answer(b"a secret", "Content-Type: image/png\r\n"),
        "untyped": backend.answer(b"a secret"),
        "leak": backend.answer(b"open", "X-Leak: yes\r\n"),
        "299": backend.answer(b"open", status="299 Odd"),
        "limit": backend.answer(b"x" * 1000, "Content-Type: text/plain\r\n"),
        "long": backend.answer(b"x" * 1001 + b"y" * 500_000 + b"secret", "Content-Type: text/plain\r\n"),
        "longsecret": backend.answer(b"secret" + b"y" * 500_000, "Content-Type: text/plain\r\n"),
        "reject": backend.answer(b"x" * 1001, "Content-Type: text/plain\r\n"),
    }

    @staticmethod
    def script(connection):
        while connection.request():
            name = connection.heads[-1].line.split()[1][1:]
            if name in ("slow", "events"):
                kind = "text/event-stream" if name == "events" else "text/plain"
                connection.send(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "5\r\nfirst\r\n".encode())
                time.sleep(0.8)
                connection.send(b"6\r\nsecret\r\n0\r\n\r\n")
                continue
            connection.send(Responses.wire[name])
            if name == "close":
                return

    def test_verdicts(self):
        rows = [
            ("clean", 200), ("secret", 403), ("chunked", 403), ("close", 403), ("image", 200), ("untyped", 200),
            ("leak", 404), ("299", 500), ("limit", 200), ("long", 200), ("longsecret", 403), ("reject", 500),
        ]
        for name, status in rows:
            with self.subTest(name):
                response = once(self.port, get(f"/{name}"))
                self.assertEqual(response.status, status)
                if status != 200:
                    self.assertNotIn(b"secret", response.body)
                    self.assertNotIn(b"open", response.body)

    def test_long_answers_arrive_whole(self):
        body = self.wire["long"].partition(b"\r\n\r\n")[2]
        self.assertEqual(once(self.port, get("/long")).body, body)

    def first_byte(self, path):
        with Client(self.port) as client:
            began = time.monotonic()
            client.send(get(path))
            client.take_head()
            self.assertEqual(client.take_until(b"first\r\n"), b"5\r\nfirst\r\n")
            return time.monotonic() - began, client.take_chunked()

    def test_a_slow_answer_is_streamed_after_the_hold(self):
        seconds, rest = self.first_byte("/slow")
        self.assertTrue(0.25 < seconds < 0.75, seconds)
        self.assertEqual(rest, b"secret")

    def test_an_event_stream_is_never_held(self):
        seconds, rest = self.first_byte("/events")
        self.assertLess(seconds, 0.25)
        self.assertEqual(rest, b"secret")


if __name__ == "__main__":
    unittest.main()
