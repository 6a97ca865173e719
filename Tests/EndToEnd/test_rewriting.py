"""What rules change on the way: text around answers, rewritten bodies, pauses, other servers, places, grammars."""

import gzip
import time
import unittest

from support import backend, maxmind
from support.case import GatewayCase
from support.http import Client, chunked, get, once, post


class Injection(GatewayCase):
    """append and prepend under every framing."""

    http = """
    waf_rules_file r.conf;
    server { listen %LISTEN%;
             location / { proxy_pass http://%BACKEND%; }
             location /detect/ { waf detect; proxy_pass http://%BACKEND%; } }
    """
    files = {
        "r.conf": "SecContentInjection On\nSecResponseBodyAccess On\nSecResponseBodyMimeType text/html\n"
        "SecAction \"id:1,phase:3,pass,nolog,prepend:'<%{ARGS.a}>',append:' end'\"\n"
        "SecRule RESPONSE_BODY \"@contains secret\" \"id:2,phase:4,deny\"\n",
    }
    long = b"0123456789" * 30_000
    coded = gzip.compress(b"text")
    answers = {
        "length": backend.answer(b"text", "Content-Type: text/html\r\nETag: \"1\"\r\n"),
        "chunked": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(b"te", b"xt"),
        "close": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\ntext",
        "plain": backend.answer(b"text", "Content-Type: text/plain\r\n"),
        "plainchunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(b"te", b"xt"),
        "plainclose": b"HTTP/1.1 200 OK\r\n\r\ntext",
        "long": backend.answer(long), "empty": backend.answer(b""),
        "part": backend.answer(b"text", "Content-Range: bytes 0-3/9\r\n", "206 Partial Content"),
        "coded": backend.answer(coded, "Content-Encoding: gzip\r\nContent-Type: text/html\r\n"),
        "none": b"HTTP/1.1 204 No Content\r\n\r\n",
    }

    @staticmethod
    def script(connection):
        while connection.request():
            name = connection.heads[-1].line.split()[1].partition("?")[0].rpartition("/")[2]
            connection.send(Injection.answers[name])
            if name.endswith("close"):
                return

    def test_bodies(self):
        rows = [(name, b"<x>text end") for name in ("length", "chunked", "close", "plain", "plainchunked", "plainclose")]
        rows += [
            ("long", b"<x>" + self.long + b" end"), ("empty", b""), ("part", b"text"), ("coded", self.coded),
            ("none", b""), ("detect/length", b"text"), ("detect/chunked", b"text"),
        ]
        for name, body in rows:
            with self.subTest(name), Client(self.port) as client:
                response = client.ask(get(f"/{name}?a=x"))
                self.assertEqual((response.body[:40], len(response.body)), (body[:40], len(body)))
                self.assertEqual(response.body, body)
                # The connection's framing is intact.
                self.assertEqual(client.ask(get("/plain?a=y")).body, b"<y>text end")

    def test_fields_that_are_no_longer_true(self):
        self.assertEqual(once(self.port, get("/length")).head.all("etag"), [])
        self.assertEqual(once(self.port, get("/detect/length")).head.all("etag"), ['"1"'])

    def test_head(self):
        with Client(self.port) as client:
            client.send(b"HEAD /length?a=x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            self.assertTrue(client.take_rest().endswith(b"\r\n\r\n"))


class Substitution(GatewayCase):
    """@rsub rewrites what is forwarded."""

    http = "server { listen %LISTEN%; waf_rules_file r.conf; location / { proxy_pass http://%BACKEND%; } }"
    files = {
        "r.conf": "SecRequestBodyAccess On\nSecResponseBodyAccess On\nSecResponseBodyMimeType text/html\n"
        "SecStreamInBodyInspection On\nSecStreamOutBodyInspection On\n"
        "SecRule STREAM_INPUT_BODY \"@rsub s/bad/better/\" \"id:1,phase:2,pass,nolog\"\n"
        "SecRule STREAM_OUTPUT_BODY \"@rsub s/\\d{4}-(\\d{4})/xxxx-\\1/\" \"id:2,phase:4,pass,nolog\"\n",
    }
    answers = {
        "/length": backend.answer(b"card 1234-5678", "Content-Type: text/html\r\n"),
        "/chunked": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(b"card 12", b"34-5678"),
        "/coded": backend.answer(gzip.compress(b"card 1234-5678"), "Content-Encoding: gzip\r\nContent-Type: text/html\r\n"),
    }

    @staticmethod
    def script(connection):
        while connection.request():
            answer = Substitution.answers.get(connection.heads[-1].line.split()[1])
            connection.send(answer or backend.answer(connection.heads[-1].raw + connection.bodies[-1]))

    def test_responses(self):
        for path in self.answers:
            with self.subTest(path):
                response = once(self.port, get(path))
                self.assertEqual(response.body, b"card xxxx-5678")
                self.assertEqual(response.head.all("content-encoding"), [])

    def test_requests(self):
        self.assertTrue(once(self.port, post(b"a=bad&b=bad")).body.endswith(b"\r\n\r\na=better&b=better"))
        self.assertTrue(once(self.port, post(b"a=good")).body.endswith(b"\r\n\r\na=good"))
        body = gzip.compress(b"a=bad")
        wire = (f"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body
        reflected = once(self.port, wire).body
        self.assertTrue(reflected.endswith(b"\r\n\r\na=better"), reflected)
        self.assertNotIn(b"content-encoding", reflected.lower())


class PausesAndOtherServers(GatewayCase):
    """pause holds up one request and nobody else; proxy forwards elsewhere."""

    workers = 1
    http = """
    upstream other { server %OTHER%; }
    server { listen %LISTEN%; waf_rules_file r.conf; location / { proxy_pass http://%BACKEND%; }
             location /detect { waf detect; proxy_pass http://%BACKEND%; } }
    """
    files = {
        "r.conf": "SecRequestBodyAccess On\n"
        "SecRule ARGS:slow \"@streq 1\" \"id:1,phase:1,pass,nolog,pause:400\"\n"
        "SecRule ARGS:slow \"@streq 2\" \"id:2,phase:2,deny,status:403,pause:400\"\n"
        "SecRule ARGS:slow \"@streq 3\" \"id:3,phase:1,drop,pause:400\"\n"
        "SecRule ARGS:to \"@streq upstream\" \"id:4,phase:1,proxy:'other'\"\n"
        "SecRule ARGS:to \"@streq url\" \"id:5,phase:2,proxy:'http://other/trap?from=%{ARGS.to}'\"\n"
        "SecRule ARGS:to \"@streq address\" \"id:6,phase:1,proxy:'http://%OTHER%'\"\n"
        "SecRule ARGS:to \"@streq nowhere\" \"id:7,phase:1,proxy:'http://no.such.upstream/'\"\n",
    }

    @classmethod
    def setUpClass(cls):
        cls.other = backend.Backend()
        cls.addClassCleanup(cls.other.stop)
        cls.http = cls.http.replace("%OTHER%", cls.other.address)
        cls.files = {name: text.replace("%OTHER%", cls.other.address) for name, text in cls.files.items()}
        super().setUpClass()

    def timed(self, request):
        began = time.monotonic()
        response = once(self.port, request)
        return response, time.monotonic() - began

    def test_pauses(self):
        for request, status in ((get("/?slow=1"), 200), (post(b"slow=2"), 403), (get("/?slow=2"), 403)):
            response, seconds = self.timed(request)
            self.assertEqual(response.status, status)
            self.assertTrue(0.35 < seconds < 2, seconds)
        response, seconds = self.timed(get("/detect?slow=1"))
        self.assertLess(seconds, 0.35)

    def test_a_dropped_connection_waits_too(self):
        with Client(self.port) as client:
            began = time.monotonic()
            client.send(get("/?slow=3"))
            self.assertEqual(client.take_rest(), b"")
            self.assertGreater(time.monotonic() - began, 0.35)

    def test_others_go_on(self):
        with Client(self.port) as slow:
            slow.send(get("/?slow=1") + get("/?a=2"))
            _, seconds = self.timed(get("/"))
            self.assertLess(seconds, 0.3)
            self.assertEqual(slow.response().status, 200)
            self.assertEqual(slow.response().status, 200)

    def test_a_client_that_leaves(self):
        for _ in range(20):
            with Client(self.port) as client:
                client.send(get("/?slow=1"))
        time.sleep(0.6)
        self.assertEqual(once(self.port, get("/")).status, 200)

    def test_other_servers(self):
        rows = [
            (get("/a?to=upstream"), b"GET /a?to=upstream HTTP/1.1\r\n", b"Host: other\r\n"),
            (post(b"to=url"), b"POST /trap?from=url HTTP/1.1\r\n", b"Host: other\r\n"),
            (get("/b?to=address"), b"GET /b?to=address HTTP/1.1\r\n", f"Host: {self.other.address}\r\n".encode()),
        ]
        for request, line, host in rows:
            with self.subTest(line):
                self.other.forget()
                self.backend.forget()
                response = once(self.port, request)
                self.assertEqual(response.status, 200)
                self.assertTrue(response.body.startswith(line), response.body)
                self.assertIn(host, response.body)
                self.assertEqual(self.backend.received, b"")
        self.assertEqual(once(self.port, get("/?to=nowhere")).status, 502)
        self.assertEqual(once(self.port, get("/detect?to=upstream")).status, 200)
        self.assertIn("Access denied using proxy to other (phase 1)", self.gateway.log())


class Places(GatewayCase):
    """The database is the master's to read; a worker opens nothing."""

    http = "server { listen %LISTEN%; waf_rules_file r.conf; location / { proxy_pass http://%BACKEND%; } }"
    files = {
        "r.conf": "SecGeoLookupDb places.mmdb\n"
        "SecRule REMOTE_ADDR \"@geoLookup\" \"id:1,phase:1,pass,log,msg:'from %{GEO.COUNTRY_NAME}'\"\n"
        "SecRule REQUEST_HEADERS:X-From \"@geoLookup\" \"id:3,phase:1,pass,nolog\"\n"
        "SecRule GEO:COUNTRY_CODE \"@streq DE\" \"id:2,phase:1,deny\"\n",
        "places.mmdb": maxmind.database(maxmind.PLACES, 28),
    }

    def test_countries(self):
        self.assertEqual(once(self.port, get("/")).status, 200)
        self.assertIn('[msg "from Loop"]', self.gateway.log())
        for address, status in (("198.51.100.7", 200), ("192.0.2.9", 403), ("2001:db8::1", 200), ("nowhere", 200)):
            self.assertEqual(once(self.port, get("/", fields=f"X-From: {address}\r\n")).status, status)


if __name__ == "__main__":
    unittest.main()
