"""Plain requests and answers: what passes, what is changed on the way (RFC 9110, RFC 9112)."""

import unittest

from support import backend
from support.case import GatewayCase
from support.http import Client, chunked, get, once


class ForwardedHead(GatewayCase):
    """What the backend sees of a request."""

    http = """
    upstream pool { server %BACKEND%; keepalive 8; }
    server {
        listen %LISTEN%; server_name a.test;
        location / { proxy_pass http://%BACKEND%; }
        location /kept { proxy_pass http://pool; }
        location /replaced/ { proxy_pass http://%BACKEND%/new/; }
        location /variables { proxy_pass http://$arg_to$request_uri; }
        location /named { proxy_pass http://$arg_pool; }
        location /headers {
            proxy_pass http://%BACKEND%;
            proxy_set_header Host $host;
            proxy_set_header X-Real-IP $remote_addr;
            proxy_set_header X-Gone "";
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-All "$request_method $scheme $server_port $http_x_in $cookie_c $args";
        }
        location /none { }
        location = /exact { proxy_pass http://%BACKEND%/only; }
        location /slash/ { proxy_pass http://%BACKEND%; }
    }
    """

    def seen(self, request):
        response = once(self.port, request)
        self.assertEqual(response.status, 200, response.body)
        return backend.reflected(response)

    def test_host_is_proxy_host(self):
        self.assertEqual(self.seen(get()).all("host"), [self.backend.address])
        self.assertEqual(self.seen(get("/kept")).all("host"), ["pool"])

    def test_hop_by_hop_fields_are_dropped(self):
        fields = (
            "Connection: keep-alive, X-Mine\r\nKeep-Alive: 3\r\nX-Mine: 1\r\nTE: trailers\r\nTrailer: a\r\n"
            "Proxy-Connection: x\r\nProxy-Authorization: y\r\nUpgrade: h2c\r\nHTTP2-Settings: z\r\nX-Stays: 2\r\n")
        seen = self.seen(get("/kept", fields=fields))
        for name in ("keep-alive", "x-mine", "te", "trailer", "proxy-connection", "proxy-authorization",
                     "upgrade", "http2-settings", "connection"):
            self.assertEqual(seen.all(name), [], name)
        self.assertEqual(seen.all("x-stays"), ["2"])

    def test_connection_can_not_take_fields_that_matter(self):
        seen = self.seen(get(fields="Connection: host, cookie, x-forwarded-for\r\nCookie: a=b\r\n"))
        self.assertEqual(seen.all("cookie"), ["a=b"])
        self.assertEqual(seen.all("x-forwarded-for"), ["127.0.0.1"])

    def test_upstream_connection(self):
        self.assertEqual(self.seen(get()).all("connection"), [])
        self.assertEqual(self.seen(get("/kept")).all("connection"), [])

    def test_forwarded_for(self):
        self.assertEqual(self.seen(get()).all("x-forwarded-for"), ["127.0.0.1"])
        fields = "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\n"
        self.assertEqual(self.seen(get(fields=fields)).all("x-forwarded-for"), ["192.0.2.1, 192.0.2.2, 127.0.0.1"])

    def test_set_header(self):
        fields = "X-Gone: 1\r\nX-Real-IP: forged\r\nX-In: in\r\nCookie: b=1; c=2\r\nX-Forwarded-For: 192.0.2.1\r\n"
        seen = self.seen(get("/headers?q=1", host="A.test:8080", fields=fields))
        self.assertEqual(seen.all("host"), ["a.test"])
        self.assertEqual(seen.all("x-real-ip"), ["127.0.0.1"])
        self.assertEqual(seen.all("x-gone"), [])
        self.assertEqual(seen.all("x-forwarded-for"), ["192.0.2.1, 127.0.0.1"])
        self.assertEqual(seen.all("x-all"), [f"GET http {self.port} in 2 q=1"])

    def test_targets(self):
        rows = [
            ("/a/../b?x=%20y", "/a/../b?x=%20y"),
            ("/replaced/x%20y?q=1", "/new/x%20y?q=1"),
            ("/replaced/", "/new/"),
            ("/exact?q=%41", "/only?q=%41"),
            (f"/variables?to={self.backend.address}", f"/variables?to={self.backend.address}"),
            (f"/named?pool=pool", "/"),
            ("http://a.test/absolute?x", "/absolute?x"),
            ("http://a.test", "/"),
            ("/%C3%A4/%2e%2e/z", "/%C3%A4/%2e%2e/z"),
        ]
        for target, want in rows:
            with self.subTest(target):
                seen = self.seen(get(target))
                got = seen.line.split()[1]
                if target.startswith("/named"):
                    self.assertIn(got, ("/", "/named?pool=pool"))
                else:
                    self.assertEqual(got, want)

    def test_answers_without_backend(self):
        rows = [
            ("/none", 404), ("/variables?to=nobody.invalid", 502), ("/slash", 301),
            ("/../outside", 400), ("/%zz", 400), ("/a%00b", 400),
        ]
        for target, status in rows:
            with self.subTest(target):
                self.backend.forget()
                response = once(self.port, get(target))
                self.assertEqual(response.status, status)
                self.assertEqual(self.backend.received, b"")
        self.assertEqual(once(self.port, get("/slash?x=1")).head.get("location"), "/slash/?x=1")

    def test_connect_is_a_plain_request(self):
        with Client(self.port) as client:
            response = client.ask(b"CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n")
            self.assertEqual(response.status, 200)
            self.assertTrue(backend.reflected(response).line.startswith("CONNECT a.test:443 "))
            # What follows is a request again, not a tunnel's bytes.
            self.assertEqual(client.ask(get("/")).status, 200)
            self.assertEqual(client.ask(b"nonsense\r\n\r\n").status, 400)


class Answers(GatewayCase):
    """What the client sees of an answer."""

    http = "upstream u { server %BACKEND%; keepalive 4; } server { listen %LISTEN%; location / { proxy_pass http://u; } }"

    @staticmethod
    def script(connection):
        while connection.request():
            name = connection.heads[-1].line.split()[1][1:]
            connection.send(Answers.wire[name])
            if name.startswith("close"):
                return

    wire = {
        "length": backend.answer(b"hello", "X-A: 1\r\n"),
        "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(b"hel", b"lo"),
        "both": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n" + chunked(b"hel", b"lo"),
        "close": b"HTTP/1.1 200 OK\r\n\r\nhello",
        "close10": b"HTTP/1.0 200 OK\r\n\r\nhello",
        "204": b"HTTP/1.1 204 No Content\r\n\r\n",
        "204length": b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
        "304": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\nETag: x\r\n\r\n",
        "empty": backend.answer(b""),
        "interim": b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + backend.answer(b"hello"),
        "hops": backend.answer(b"hello", "Connection: X-H\r\nX-H: 1\r\nKeep-Alive: timeout=5\r\nProxy-Authenticate: x\r\n"),
        "noreason": b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
        "head": b"HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n",
        "headchunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    }

    def test_bodies(self):
        rows = [
            ("length", "1.1", 200, b"hello"), ("length", "1.0", 200, b"hello"),
            ("chunked", "1.1", 200, b"hello"), ("chunked", "1.0", 200, b"hello"),
            ("both", "1.1", 200, b"hello"), ("close", "1.1", 200, b"hello"), ("close", "1.0", 200, b"hello"),
            ("close10", "1.1", 200, b"hello"), ("204", "1.1", 204, b""), ("204length", "1.1", 204, b""),
            ("304", "1.1", 304, b""), ("empty", "1.1", 200, b""), ("interim", "1.1", 200, b"hello"),
            ("hops", "1.1", 200, b"hello"), ("noreason", "1.1", 200, b"hello"),
        ]
        for name, version, status, body in rows:
            with self.subTest(name=name, version=version), Client(self.port) as client:
                response = client.ask(f"GET /{name} HTTP/{version}\r\nHost: a\r\n\r\n".encode())
                self.assertEqual((response.status, response.body), (status, body))
                head = response.head
                self.assertTrue(head.line.startswith("HTTP/1.1 "))
                for gone in ("x-h", "keep-alive", "proxy-authenticate"):
                    self.assertEqual(head.all(gone), [])
                framings = len(head.all("content-length")) + len(head.all("transfer-encoding"))
                self.assertLessEqual(framings, 1)
                if version == "1.0":
                    self.assertEqual(head.all("transfer-encoding"), [])
                    self.assertTrue(client.is_closed())
                else:
                    self.assertEqual(client.ask(get("/length")).body, b"hello")

    def test_204_has_no_length(self):
        self.assertEqual(once(self.port, get("/204length")).head.all("content-length"), [])

    def test_length_of_what_get_would_give(self):
        self.assertEqual(once(self.port, get("/304")).head.all("content-length"), ["500"])

    def test_head(self):
        for name, length in (("head", ["77"]), ("headchunked", [])):
            with self.subTest(name), Client(self.port) as client:
                response = client.ask(f"HEAD /{name} HTTP/1.1\r\nHost: a\r\n\r\n".encode(), "HEAD")
                self.assertEqual(response.head.all("content-length"), length)
                self.assertEqual(client.ask(get("/length")).body, b"hello")

    def test_head_answered_by_the_gateway_has_no_body(self):
        with Client(self.port) as client:
            client.send(b"HEAD /%zz HTTP/1.1\r\nHost: a\r\n\r\n")
            head = client.take_head()
            self.assertEqual(head.status, 400)
            self.assertTrue(int(head.get("content-length")) > 0)
            self.assertEqual(client.ask(get("/length")).body, b"hello")

    def test_http10_keep_alive(self):
        with Client(self.port) as client:
            request = b"GET /length HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
            for _ in range(3):
                response = client.ask(request)
                self.assertEqual(response.head.get("connection"), "keep-alive")

    def test_connection_close(self):
        with Client(self.port) as client:
            response = client.ask(get("/length", fields="Connection: close\r\n"))
            self.assertEqual(response.head.get("connection"), "close")
            self.assertTrue(client.is_closed())

    def test_upstream_connection_is_kept(self):
        with Client(self.port) as client:
            for _ in range(20):
                self.assertEqual(client.ask(get("/length")).body, b"hello")
        used = [len(connection.heads) for connection in self.backend.connections if connection.heads]
        self.assertEqual(used, [20])


if __name__ == "__main__":
    unittest.main()
