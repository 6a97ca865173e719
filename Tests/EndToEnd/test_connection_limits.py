"""What a worker does with more connections than it may hold, and with bodies that wait to be wanted."""

import unittest

from support.case import GatewayCase
from support.http import Client, get, once


class Full(GatewayCase):
    """All connections of a worker taken: others wait, and the worker does not spin."""

    workers = 1
    connections = 8

    @staticmethod
    def script(connection):
        while connection.request():
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    def test_the_next_waits(self):
        held = [Client(self.port) for _ in range(8)]
        for client in held:
            self.assertEqual(client.ask(get()).status, 200)
        with Client(self.port) as waiting:
            waiting.send(get())
            before = self.gateway.cpu_seconds()
            waiting.socket.settimeout(0.7)
            with self.assertRaises(TimeoutError):
                waiting.fill()
            self.assertLess(self.gateway.cpu_seconds() - before, 0.2)
            waiting.socket.settimeout(10)
            held.pop().close()
            self.assertEqual(waiting.response().status, 200)
        for client in held:
            client.close()


class Expectations(GatewayCase):
    """Expect: 100-continue (RFC 9110 section 10.1.1)."""

    http = """
    client_max_body_size 100;
    server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; }
             location /held { waf_rules_file r.conf; proxy_pass http://%BACKEND%; } }
    """
    files = {"r.conf": "SecRequestBodyAccess On\nSecRule REQUEST_BODY \"@contains attack\" \"id:1,phase:2,deny\"\n"
             "SecRule ARGS:a \"@streq attack\" \"id:2,phase:1,deny\"\n"}

    def ask(self, path, body, version="1.1", length=None):
        with Client(self.port) as client:
            client.send(f"POST {path} HTTP/{version}\r\nHost: a\r\nExpect: 100-continue\r\n"
                        "Content-Type: application/x-www-form-urlencoded\r\n"
                        f"Content-Length: {len(body) if length is None else length}\r\n\r\n".encode())
            if version == "1.0":
                client.send(body)
                return client.take_head().status
            head = client.take_head()
            if head.status == 100:
                client.send(body)
                head = client.take_head()
                self.assertEqual(self.backend.heads[-1].all("expect") if self.backend.heads else [], [])
                return 100, head.status
            return head.status

    def test_rows(self):
        rows = [
            ("/", b"abc", {}, (100, 200)), ("/held", b"abc", {}, (100, 200)), ("/held", b"an attack", {}, (100, 403)),
            ("/held?a=attack", b"abc", {}, 403), ("/", b"", {"length": 101}, 413), ("/", b"abc", {"version": "1.0"}, 200),
        ]
        for path, body, more, want in rows:
            with self.subTest(path=path, body=body, **more):
                self.assertEqual(self.ask(path, body, **more), want)

    def test_client_that_is_gone_at_100(self):
        """A reset between the head and the interim answer costs the worker nothing."""
        for _ in range(300):
            client = Client(self.port)
            client.send(b"POST /held HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            client.reset()
        self.assertEqual(once(self.port, get()).status, 200)
        self.assertEqual([worker["restarts"] for worker in self.gateway.status()["workers"]], [0, 0])


if __name__ == "__main__":
    unittest.main()
