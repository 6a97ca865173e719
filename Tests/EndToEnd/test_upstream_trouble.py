"""Backends that refuse, fall silent, break off or talk nonsense: 502 and 504 (RFC 9110 section 15.6)."""

import time
import unittest

from support import backend
from support.backend import Backend
from support.case import GatewayCase
from support.gateway import Gateway
from support.http import Client, Closed, get, once, post
from support.waiting import free_port, until

NONSENSE = {
    "no status line": b"hello\r\n\r\n",
    "bare LF": b"HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok",
    "differing lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk",
    "signed length": b"HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
    "coding above chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
    "blank in a name": b"HTTP/1.1 200 OK\r\nContent Length: 2\r\n\r\nok",
    "unasked switch": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "unasked switch to h2c": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    "interim without end": b"HTTP/1.1 100 Continue\r\n\r\n" * 100,
    "version 2": b"HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "status of two digits": b"HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok",
    "status below 100": b"HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nok",
    "closed in the head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "closed at once": b"",
}


class Nonsense(GatewayCase):
    """What is no response is not passed on."""

    reply = b""

    @staticmethod
    def script(connection):
        connection.request()
        connection.send(Nonsense.reply)

    def test_invalid_responses(self):
        for name, wire in NONSENSE.items():
            with self.subTest(name), Client(self.port) as client:
                Nonsense.reply = wire
                response = client.ask(get())
                self.assertEqual(response.status, 502)
                self.assertNotIn(b"ok", response.body)
                # The client's own connection is none the worse.
                Nonsense.reply = backend.answer(b"fine")
                self.assertEqual(client.ask(get()).body, b"fine")

    def test_broken_bodies_break_the_connection(self):
        rows = {
            "short": b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nonly this",
            "no last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            "bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
        }
        for name, wire in rows.items():
            with self.subTest(name), Client(self.port) as client:
                Nonsense.reply = wire
                client.send(get())
                with self.assertRaises(Closed):
                    client.response()
                # A last chunk would make the part a whole.
                self.assertFalse(client.received.endswith(b"0\r\n\r\n"))

    def test_bytes_behind_a_response_are_nobodys_answer(self):
        Nonsense.reply = backend.answer(b"first") + backend.answer(b"evil")
        with Client(self.port) as client:
            self.assertEqual(client.ask(get()).body, b"first")
            Nonsense.reply = backend.answer(b"second")
            self.assertEqual(client.ask(get()).body, b"second")


class Silence(GatewayCase):
    """Time-outs of both sides."""

    http = """
    proxy_read_timeout 300ms; proxy_send_timeout 300ms; proxy_connect_timeout 300ms; client_max_body_size 0;
    client_body_timeout 400ms; client_header_timeout 400ms; keepalive_timeout 300ms;
    server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; } }
    """

    @staticmethod
    def script(connection):
        head = connection.take_head()
        connection.heads.append(head)
        if "/part" in head.line:
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\npart")
        if "/fine" in head.line:
            connection.send(backend.answer(b"fine"))
            return
        if "/early" in head.line:
            connection.send(backend.answer(b"no", status="413 Content Too Large"))
            return
        time.sleep(1.5)

    def test_silent_backend(self):
        began = time.monotonic()
        response = once(self.port, get())
        self.assertEqual(response.status, 504)
        self.assertTrue(0.25 < time.monotonic() - began < 1.4)

    def test_backend_that_stops_in_the_middle(self):
        with Client(self.port) as client:
            client.send(get("/part"))
            self.assertEqual(client.take_head().status, 200)
            with self.assertRaises(Closed):
                client.take(20)

    def test_backend_that_does_not_read(self):
        with Client(self.port) as client:
            body = b"x" * (32 << 20)
            client.socket.settimeout(2)
            try:
                client.send(post(body))
            except (OSError, TimeoutError):
                pass
            client.socket.settimeout(5)
            self.assertEqual(client.take_head().status, 504)

    def test_early_answer_to_a_body(self):
        with Client(self.port) as client:
            try:
                client.send(post(b"x" * (8 << 20), "/early"))
            except OSError:
                pass
            self.assertEqual(client.response().status, 413)

    def test_client_that_does_not_send_its_body(self):
        with Client(self.port) as client:
            client.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
            response = client.response()
            self.assertEqual(response.status, 408)
            self.assertTrue(client.is_closed())

    def test_client_that_does_not_end_its_head(self):
        with Client(self.port) as client:
            client.send(b"GET / HTTP/1.1\r\nHost: a\r\nX: ")
            self.assertEqual(client.response().status, 408)
            self.assertTrue(client.is_closed())

    def test_dripping_does_not_move_the_heads_time(self):
        for warm in (False, True):
            with self.subTest(warm=warm), Client(self.port) as client:
                if warm:
                    self.assertEqual(client.ask(get("/fine")).status, 200)
                began = time.monotonic()
                client.send(b"GET / HTTP/1.1\r\nHost: a\r\nX: ")
                try:
                    while time.monotonic() - began < 3:
                        client.send(b"x")
                        time.sleep(0.1)
                        client.socket.settimeout(0.001)
                        try:
                            if not client.fill():
                                break
                        except TimeoutError:
                            pass
                except OSError:
                    pass
                self.assertLess(time.monotonic() - began, 1.5)

    def test_idle_connection_is_closed(self):
        with Client(self.port) as client:
            self.assertEqual(client.ask(get("/fine")).status, 200)
            began = time.monotonic()
            self.assertTrue(client.is_closed())
            self.assertTrue(0.2 < time.monotonic() - began < 1.5)


class Retries(unittest.TestCase):
    """Stale connections and the next server of an upstream."""

    def gateway(self, http):
        gateway = Gateway(http, workers=1)
        self.addCleanup(gateway.stop)
        return gateway.start()

    def backend(self, script):
        made = Backend(script)
        self.addCleanup(made.stop)
        return made

    def test_refused(self):
        gateway = self.gateway(
            f"server {{ listen %LISTEN%; location / {{ proxy_pass http://127.0.0.1:{free_port()}; }} }}")
        with Client(gateway.port) as client:
            for _ in range(3):
                self.assertEqual(client.ask(get()).status, 502)
            response = client.ask(post(b"abc"))
            self.assertEqual((response.status, response.head.get("connection")), (502, "close"))

    def test_stale_kept_connection_is_tried_again(self):
        def one_request(connection):
            connection.request()
            connection.send(backend.answer(b"one"))
            # Closes when the next request comes, as a server does whose patience ends just then.
            connection.need(1)

        server = self.backend(one_request)
        gateway = self.gateway(
            f"upstream u {{ server {server.address}; keepalive 4; }}"
            "server { listen %LISTEN%; location / { proxy_pass http://u; } }")
        with Client(gateway.port) as client:
            for _ in range(5):
                self.assertEqual(client.ask(get()).body, b"one")
            # What is not idempotent is not sent twice.
            self.assertEqual(client.ask(post(b"abc")).status, 502)

    def test_connection_closed_while_idle(self):
        def one_request(connection):
            connection.request()
            connection.send(backend.answer(b"one"))

        server = self.backend(one_request)
        gateway = self.gateway(
            f"upstream u {{ server {server.address}; keepalive 4; }}"
            "server { listen %LISTEN%; location / { proxy_pass http://u; } }")
        with Client(gateway.port) as client:
            for _ in range(5):
                self.assertEqual(client.ask(post(b"abc")).body, b"one")
                until(lambda: all(connection.has_ended for connection in server.connections), "closed")
                time.sleep(0.02)

    def test_next_server(self):
        good = self.backend(backend.always(backend.answer(b"good")))
        closing = self.backend(lambda connection: connection.request())
        gateway = self.gateway(f"""
            upstream refused {{ server 127.0.0.1:{free_port()} max_fails=0; server {good.address}; }}
            upstream closing {{ server {closing.address} max_fails=0; server {good.address}; }}
            upstream backup {{ server 127.0.0.1:{free_port()}; server {good.address} backup; }}
            server {{ listen %LISTEN%;
                location /refused {{ proxy_pass http://refused; }}
                location /closing {{ proxy_pass http://closing; }}
                location /backup {{ proxy_pass http://backup; }} }}""")
        for path in ("/refused", "/closing", "/backup"):
            for _ in range(4):
                with self.subTest(path):
                    self.assertEqual(once(gateway.port, get(path)).body, b"good")
        for _ in range(4):
            # The server has seen nothing of it, so any method may go to the next.
            self.assertEqual(once(gateway.port, post(b"abc", "/refused")).body, b"good")
        statuses = sorted(once(gateway.port, post(b"abc", "/closing")).status for _ in range(2))
        self.assertEqual(statuses, [200, 502])


if __name__ == "__main__":
    unittest.main()
