"""Large bodies and messages through slow readers and writers: complete, and in bounded memory."""

import hashlib
import threading
import time
import unittest

from support import websocket
from support.case import GatewayCase
from support.http import Client, get, once, post
from support.websocket import BINARY, WebSocketClient, frame, switch, take_frame

LARGE = 32 << 20
BLOCK = bytes(range(256)) * 4096
# What a worker may need beside what the kernel keeps: far below the bodies.
GROWTH_KILOBYTES = 6 << 10


class BackPressure(GatewayCase):
    http = """
    client_max_body_size 0;
    server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; waf_websocket_max_message 1m; waf_websocket on; } }
    """
    # A backend that may read waits for this.
    gate = threading.Event()

    @staticmethod
    def script(connection):
        connection.need(1)
        while b"\r\n\r\n" not in connection.buffer:
            connection.fill()
        if b"pgrade: websocket" in connection.buffer:
            BackPressure.tunnel(connection)
            return
        head = connection.take_head()
        kind = head.line.split()[1]
        if kind == "/upload":
            BackPressure.gate.wait(10)
            text = connection.digest(int(head.get("content-length"))).encode()
            connection.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 32\r\n\r\n" + text)
        elif kind == "/length":
            connection.send(f"HTTP/1.1 200 OK\r\nContent-Length: {LARGE}\r\n\r\n".encode())
            BackPressure.pour(connection)
        elif kind == "/close":
            connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
            BackPressure.pour(connection)
        else:
            connection.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in range(LARGE // len(BLOCK)):
                connection.send(b"%x\r\n%s\r\n" % (len(BLOCK), BLOCK))
            connection.send(b"0\r\n\r\n")

    @staticmethod
    def pour(connection):
        for _ in range(LARGE // len(BLOCK)):
            connection.send(BLOCK)

    @staticmethod
    def tunnel(connection):
        head = switch(connection)
        if head.line.startswith("GET /pour"):
            for _ in range(200):
                connection.send(frame(BINARY, BLOCK[:200_000], masked=False))
            return
        BackPressure.gate.wait(10)
        for _ in range(200):
            take_frame(connection)
            connection.received = b""
        connection.send(frame(BINARY, b"all", masked=False))

    def setUp(self):
        super().setUp()
        BackPressure.gate.clear()
        once(self.port, get("/%zz"))
        self.before = self.gateway.private_kilobytes()

    def assertBounded(self):
        grown = self.gateway.private_kilobytes() - self.before
        self.assertLess(grown, GROWTH_KILOBYTES)

    @staticmethod
    def chunked_digest(client):
        digest = hashlib.md5()
        while True:
            size = int(client.take_until(b"\r\n"), 16)
            digest.update(client.take(size))
            client.take(2)
            client.received = b""
            if size == 0:
                return digest.hexdigest()

    def test_download_to_a_slow_reader(self):
        want = hashlib.md5(BLOCK * (LARGE // len(BLOCK))).hexdigest()
        for kind in ("/length", "/chunked", "/close"):
            with self.subTest(kind), Client(self.port, receive_buffer=65536) as client:
                client.send(get(kind))
                head = client.take_head()
                time.sleep(0.3)
                self.assertBounded()
                if head.get("content-length"):
                    self.assertEqual(client.digest(LARGE), want)
                else:
                    self.assertEqual(self.chunked_digest(client), want)

    def test_upload_to_a_slow_reader(self):
        body = BLOCK * (LARGE // len(BLOCK))
        with Client(self.port) as client:
            sender = threading.Thread(target=client.send, args=(post(body, "/upload"),))
            sender.start()
            time.sleep(0.4)
            self.assertTrue(sender.is_alive())
            self.assertBounded()
            BackPressure.gate.set()
            sender.join(20)
            self.assertEqual(client.response().body, hashlib.md5(body).hexdigest().encode())
            self.assertBounded()

    def test_messages_to_a_slow_client(self):
        with WebSocketClient(self.port, "/pour") as client:
            time.sleep(0.4)
            self.assertBounded()
            for _ in range(200):
                self.assertEqual(client.frame().payload, BLOCK[:200_000])
                client.received = b""

    def test_messages_to_a_slow_server(self):
        with WebSocketClient(self.port, "/take") as client:
            wire = frame(BINARY, BLOCK[:200_000]) * 200
            sender = threading.Thread(target=client.send, args=(wire,))
            sender.start()
            time.sleep(0.4)
            self.assertTrue(sender.is_alive())
            self.assertBounded()
            BackPressure.gate.set()
            sender.join(20)
            self.assertEqual(client.frame().payload, b"all")


class SlowEnds(GatewayCase):
    """What a client is still owed when the answer is over is not cut off."""

    SIZE = 4 << 20

    @staticmethod
    def script(connection):
        connection.need(1)
        while b"\r\n\r\n" not in connection.buffer:
            connection.fill()
        if b"pgrade: websocket" in connection.buffer:
            switch(connection)
            connection.send(frame(BINARY, b"x" * (900 << 10), masked=False) * 5 + websocket.close(1000, masked=False))
            return
        connection.take_head()
        connection.send(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * SlowEnds.SIZE)

    http = """
    keepalive_timeout 300ms;
    server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; waf_websocket on; } }
    """

    def late(self, request, seconds):
        client = Client(self.port, receive_buffer=65536)
        self.addCleanup(client.close)
        client.send(request)
        head = client.take_head()
        time.sleep(seconds)
        return client, head

    def test_last_answer(self):
        """Longer than a closing connection lingers once everything has been sent."""
        client, head = self.late(b"GET / HTTP/1.0\r\n\r\n", 5.5)
        self.assertEqual(len(client.take_rest()), self.SIZE)

    def test_answer_on_a_kept_connection(self):
        client, head = self.late(get(), 1.0)
        self.assertEqual(len(client.take_chunked()), self.SIZE)

    def test_last_messages(self):
        client = WebSocketClient(self.port)
        self.addCleanup(client.close)
        time.sleep(3.5)
        for _ in range(5):
            self.assertEqual(len(client.frame().payload), 900 << 10)
        self.assertEqual(client.frame().code, 1000)


if __name__ == "__main__":
    unittest.main()
