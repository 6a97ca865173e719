"""The stage cc: limits that hold exactly over all workers, delays, bans, messages."""

import concurrent.futures
import time
import unittest

from support.case import GatewayCase
from support.http import Client
from support.websocket import TEXT, WebSocketClient, frame
from support import websocket
from support.backend import answer

HTTP = """
pipeline burst { cc key=$remote_addr rate=1r/m burst=19; }
pipeline slow { cc key=$uri rate=20r/s burst=10 delay=0; }
pipeline banned { acl deny=@banned; cc key=$http_x_key rate=1r/m ban=1m status=503; }
pipeline chat { cc key=$remote_addr$uri rate=1r/m burst=4 of=messages; }
server {
    listen %LISTEN%;
    location /burst { pipeline burst; proxy_pass http://%BACKEND%; }
    location /slow { pipeline slow; proxy_pass http://%BACKEND%; }
    location /banned { pipeline banned; proxy_pass http://%BACKEND%; }
    location /chat { pipeline chat; proxy_pass http://%BACKEND%; }
}
"""


class Flood(GatewayCase):
    http = HTTP
    workers = 4
    script = staticmethod(websocket.echo_or(lambda head, body: answer()))

    def status(self, target, fields="", source=None):
        with Client(self.port, source=source) as client:
            client.send(f"GET {target} HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode())
            return client.response().status

    def test_a_limit_is_one_over_all_workers(self):
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            statuses = list(pool.map(lambda _: self.status("/burst"), range(100)))
        # One in time and 19 ahead of it; nobody gets a second one within a minute.
        self.assertEqual(statuses.count(200), 20)
        self.assertEqual(statuses.count(429), 80)
        # Another address has a count of its own.
        self.assertEqual(self.status("/burst", source="127.0.0.3"), 200)

    def test_what_comes_too_early_waits(self):
        start = time.monotonic()
        statuses = [self.status("/slow") for _ in range(5)]
        self.assertEqual(statuses, [200] * 5)
        # Four of them were each held for the 50 ms that the one before it took.
        self.assertGreater(time.monotonic() - start, 0.19)

    def test_bans(self):
        key = "X-Key: a\r\n"
        self.assertEqual(self.status("/banned", key, "127.0.0.5"), 200)
        self.assertEqual(self.status("/banned", key, "127.0.0.5"), 503)
        # Kept out now, whatever it says.
        for _ in range(8):
            self.assertEqual(self.status("/banned", "X-Key: b\r\n", "127.0.0.5"), 403)
        self.assertEqual(self.status("/banned", "X-Key: c\r\n", "127.0.0.6"), 200)

    def test_messages(self):
        with WebSocketClient(self.port, "/chat") as client:
            # Echoes are messages, too: three there, two back, and the third echo is one too many.
            for number in range(2):
                client.send(frame(TEXT, b"%d" % number))
                self.assertEqual(client.frame().payload, b"%d" % number)
            client.send(frame(TEXT, b"2"))
            self.assertEqual(client.close_code(), 1011)

    def test_reloads_keep_the_counts(self):
        self.assertEqual(self.status("/burst", source="127.0.0.7"), 200)
        self.gateway.reload()
        statuses = [self.status("/burst", source="127.0.0.7") for _ in range(21)]
        self.assertEqual(statuses.count(200), 19)


if __name__ == "__main__":
    unittest.main()
