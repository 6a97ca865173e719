"""Requests sent before the answers to those before them (RFC 9112 section 9.3.2)."""

import unittest

from support.case import GatewayCase
from support.http import Client, get, post


class Pipelining(GatewayCase):
    """Requests sent before the answers to those before them (RFC 9112 section 9.3.2)."""

    http = "upstream u { server %BACKEND%; keepalive 4; } server { listen %LISTEN%; location / { proxy_pass http://u; } }"

    def test_answers_come_in_order(self):
        with Client(self.port) as client:
            client.send(b"".join(get(f"/{n}") for n in range(50)))
            for n in range(50):
                self.assertTrue(client.response().body.startswith(f"GET /{n} ".encode()))

    def test_bodies_between(self):
        with Client(self.port) as client:
            client.send(b"".join(post(b"x" * n, f"/{n}") + get("/between") for n in range(20)))
            for n in range(20):
                self.assertTrue(client.response().body.endswith(b"\r\n\r\n" + b"x" * n))
                self.assertEqual(client.response().status, 200)

    def test_byte_by_byte(self):
        with Client(self.port) as client:
            client.send_by_pieces(post(b"abc") + get("/next"))
            self.assertTrue(client.response().body.endswith(b"\r\n\r\nabc"))
            self.assertTrue(client.response().body.startswith(b"GET /next "))

    def test_more_than_is_kept_ahead(self):
        request = get("/", fields="X-Long: " + "x" * 4000 + "\r\n")
        with Client(self.port) as client:
            client.send(request * 100)
            for _ in range(100):
                self.assertEqual(client.response().status, 200)

    def test_invalid_request_behind_a_valid_one(self):
        with Client(self.port) as client:
            client.send(get("/first") + b"GET  /bad HTTP/1.1\r\nHost: a\r\n\r\n" + get("/never"))
            self.assertEqual(client.response().status, 200)
            self.assertEqual(client.response().status, 400)
            self.assertTrue(client.is_closed())
        self.assertEqual([head.line.split()[1] for head in self.backend.heads], ["/first"])

    def test_close_ends_the_pipeline(self):
        with Client(self.port) as client:
            client.send(get("/first", fields="Connection: close\r\n") + get("/never"))
            self.assertEqual(client.response().status, 200)
            self.assertTrue(client.is_closed())
        self.assertEqual(len(self.backend.heads), 1)


if __name__ == "__main__":
    unittest.main()
