"""Requests that two readers could end in two places: refused, and nothing of them is passed on.

RFC 9112 sections 2.2, 3, 5, 6 and 7.1; RFC 9110 section 5.
"""

import unittest

from support.case import GatewayCase
from support.http import Client, get

HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

HEADS = [
    ("differing lengths", HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
    ("equal lengths", HEAD + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
    ("length list", HEAD + b"Content-Length: 3, 3\r\n\r\nabc", 400),
    ("signed length", HEAD + b"Content-Length: +3\r\n\r\nabc", 400),
    ("negative length", HEAD + b"Content-Length: -3\r\n\r\nabc", 400),
    ("hexadecimal length", HEAD + b"Content-Length: 0x3\r\n\r\nabc", 400),
    ("empty length", HEAD + b"Content-Length:\r\n\r\nabc", 400),
    ("length beyond every integer", HEAD + b"Content-Length: 99999999999999999999\r\n\r\nabc", 413),
    ("final coding not chunked", HEAD + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400),
    ("chunked twice", HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400),
    ("chunked in two lines", HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("coding below chunked", HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
    ("identity", HEAD + b"Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc", 400),
    ("xchunked", HEAD + b"Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabc", 400),
    ("quoted chunked", HEAD + b"Transfer-Encoding: \"chunked\"\r\nContent-Length: 3\r\n\r\nabc", 400),
    ("vertical tab", HEAD + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n", 400),
    ("coding in 1.0", b"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("blank before the colon", HEAD + b"Content-Length : 3\r\n\r\nabc", 400),
    ("blank in a name", HEAD + b"Content Length: 3\r\n\r\nabc", 400),
    ("tab in a name", HEAD + b"Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n", 400),
    ("folded value", HEAD + b"X: a\r\n Content-Length: 3\r\n\r\nabc", 400),
    ("bare LF at a line's end", HEAD + b"X: a\nContent-Length: 3\r\n\r\nabc", 400),
    ("bare LF in the request line", b"GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
    ("bare CR in a value", HEAD + b"X: a\rContent-Length: 3\r\n\r\nabc", 400),
    ("NUL in a value", HEAD + b"X: a\x00b\r\n\r\n", 400),
    ("no colon", HEAD + b"Content-Length\r\n\r\n", 400),
    ("empty name", HEAD + b": x\r\n\r\n", 400),
    ("no host", b"GET / HTTP/1.1\r\n\r\n", 400),
    ("two hosts", b"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
    ("host list", b"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400),
    ("host with user", b"GET / HTTP/1.1\r\nHost: x@a\r\n\r\n", 400),
    ("host against target", b"GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("two blanks", b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("blank in the target", b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("no version", b"POST /\r\nHost: a\r\n\r\n", 400),
    ("version 2", b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    ("version 2 with two hosts", b"GET / HTTP/2.0\r\nHost: a\r\nHost: b\r\n\r\n", 505),
    ("HTTP/2 without TLS", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("version 0.9", b"GET / HTTP/0.9\r\nHost: a\r\n\r\n", 400),
    ("lower case version", b"GET / http/1.1\r\nHost: a\r\n\r\n", 400),
    ("invalid method", b"G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("control in the target", b"GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    ("two empty lines first", b"\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
]

BODIES = [
    ("blank behind a size", b"3 \r\nabc\r\n0\r\n\r\n"),
    ("blank before a size", b" 3\r\nabc\r\n0\r\n\r\n"),
    ("signed size", b"+3\r\nabc\r\n0\r\n\r\n"),
    ("prefixed size", b"0x3\r\nabc\r\n0\r\n\r\n"),
    ("no size", b"\r\nabc\r\n0\r\n\r\n"),
    ("bare LF behind a size", b"3\nabc\r\n0\r\n\r\n"),
    ("bare CR behind a size", b"3\rabc\r\n0\r\n\r\n"),
    ("bare LF in an extension", b"3;a\nabc\r\n0\r\n\r\n"),
    ("bare LF behind content", b"3\r\nabc\n0\r\n\r\n"),
    ("content longer than its size", b"3\r\nabcd\r\n0\r\n\r\n"),
    ("size beyond every integer", b"fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
    ("bare LF behind the last chunk", b"3\r\nabc\r\n0\n\n"),
    ("bare LF in a trailer", b"3\r\nabc\r\n0\r\nA: b\n\r\n"),
    ("blank in a trailer's name", b"3\r\nabc\r\n0\r\nA : b\r\n\r\n"),
    ("invalid extension", b"3;=\r\nabc\r\n0\r\n\r\n"),
]


class Heads(GatewayCase):
    """Nothing of a refused head reaches the backend, and nothing behind it is read."""

    def test_refused(self):
        for name, wire, status in HEADS:
            with self.subTest(name), Client(self.port) as client:
                client.send(wire + SMUGGLED)
                response = client.response()
                self.assertEqual(response.status, status)
                self.assertEqual(response.head.get("connection"), "close")
                self.assertTrue(client.is_closed())
                self.assertEqual(self.backend.received, b"")

    def test_refused_byte_by_byte(self):
        for name, wire, status in HEADS[::3]:
            with self.subTest(name), Client(self.port) as client:
                try:
                    client.send_by_pieces(wire + SMUGGLED)
                except ConnectionError:
                    pass
                self.assertEqual(client.response().status, status)
                self.assertEqual(self.backend.received, b"")

    def test_refused_behind_a_kept_connection(self):
        for name, wire, status in HEADS:
            with self.subTest(name), Client(self.port) as client:
                self.assertEqual(client.ask(get("/before")).status, 200)
                self.backend.forget()
                client.send(wire)
                self.assertEqual(client.response().status, status)
                try:
                    client.send(SMUGGLED)
                except ConnectionError:
                    pass
                self.assertTrue(client.is_closed())
                self.assertEqual(self.backend.received, b"")

    def test_length_and_coding(self):
        """RFC 9112 section 6.3, rule 3: chunked holds, the length goes, the connection ends."""
        body = b"3\r\nabc\r\n0\r\n\r\n"
        for fields in (b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
                       b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"):
            with self.subTest(fields), Client(self.port) as client:
                client.send(HEAD + fields + body + SMUGGLED)
                response = client.response()
                self.assertEqual(response.status, 200)
                self.assertEqual(response.head.get("connection"), "close")
                self.assertTrue(client.is_closed())
                head = self.backend.heads[-1]
                self.assertEqual(head.all("content-length"), [])
                self.assertEqual(head.all("transfer-encoding"), ["chunked"])
                self.assertNotIn(b"smuggled", self.backend.received)


class StreamedBodies(GatewayCase):
    """A broken chunk ends the exchange; the backend gets no end of the body and no next request."""

    def test_broken_chunks(self):
        for name, body in BODIES:
            with self.subTest(name), Client(self.port) as client:
                self.backend.forget()
                client.send(CHUNKED + body + SMUGGLED)
                self.assertIn(client.response().status, (400, 413))
                self.assertTrue(client.is_closed())
                self.assertNotIn(b"smuggled", self.backend.received)
                self.assertNotIn(b"\r\n0\r\n", self.backend.received)


class HeldBodies(GatewayCase):
    """A body that is held for inspection is read before anything is sent on."""

    http = """
    server { listen %LISTEN%; waf_rules_file body.conf; location / { proxy_pass http://%BACKEND%; } }
    """
    files = {"body.conf": "SecRequestBodyAccess On\nSecRule REQUEST_BODY \"@contains zzz\" \"id:1,phase:2,deny\"\n"}

    def test_broken_chunks_send_nothing(self):
        for name, body in BODIES:
            with self.subTest(name), Client(self.port) as client:
                client.send(CHUNKED + body + SMUGGLED)
                self.assertIn(client.response().status, (400, 413))
                self.assertTrue(client.is_closed())
                self.assertEqual(self.backend.received, b"")

    def test_a_held_chunked_body_gets_a_length(self):
        with Client(self.port) as client:
            client.send(CHUNKED + b"3;x=y\r\nabc\r\n1\r\nd\r\n0\r\nTrailer: 1\r\n\r\n")
            self.assertEqual(client.response().status, 200)
            head = self.backend.heads[-1]
            self.assertEqual(head.all("content-length"), ["4"])
            self.assertEqual(head.all("transfer-encoding"), [])
            self.assertEqual(self.backend.connections[-1].bodies[-1], b"abcd")


if __name__ == "__main__":
    unittest.main()
