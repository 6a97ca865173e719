"""Clients and backends that break off anywhere, under reloads: no worker ends, nothing is left over."""

import os
import random
import socket
import threading
import time
import unittest

from support import websocket
from support.backend import Backend, answer
from support.gateway import Gateway
from support.http import Client, chunked, get, post
from support.waiting import until
from support.websocket import DEFLATE, TEXT, frame, switch

SECONDS = 6
SEED = int(os.environ.get("WAFD_DISORDER_SEED", "1"))

HTTP = """
waf_rules_file r.conf; client_max_body_size 300k; waf_response_hold 50ms; waf_websocket_max_message 200k;
proxy_read_timeout 200ms; proxy_send_timeout 200ms;
client_body_timeout 200ms; keepalive_timeout 100ms; send_timeout 300ms;
upstream u { server %BACKEND% max_fails=0; server 127.0.0.1:1 max_fails=0; keepalive 4; }
server {
    listen %LISTEN%;
    location / { proxy_pass http://u; }
    location /off { waf off; proxy_pass http://u; }
    location /blind { waf_websocket off; proxy_pass http://u; }
    location /none { }
    location /variable { proxy_pass http://$arg_to; }
}
"""
RULES = """
SecRequestBodyAccess On
SecRequestBodyLimit 5000
SecRequestBodyLimitAction ProcessPartial
SecResponseBodyAccess On
SecResponseBodyLimit 3000
SecResponseBodyLimitAction ProcessPartial
SecRule ARGS "@contains attack" "id:1,phase:2,deny"
SecRule RESPONSE_BODY "@contains secret" "id:2,phase:4,deny"
"""
PATHS = ["/", "/off", "/blind", "/none", "/?a=attack", "/variable?to=127.0.0.1:1", "/%zz"]


def serve(connection):
    """A backend of changing moods."""
    mood = random.Random()
    connection.need(1)
    while b"\r\n\r\n" not in connection.buffer:
        if not connection.fill():
            return
    if b"pgrade: websocket" in connection.buffer:
        serve_websocket(connection, mood)
        return
    while True:
        kind = mood.randrange(9)
        if kind == 0:
            connection.reset()
            return
        if kind == 1:
            connection.take_head()
            connection.send(answer(b"early", status="413 Content Too Large"))
            return
        if not connection.request():
            return
        if kind == 2:
            connection.send(answer(b"x" * mood.randrange(400_000), "Content-Type: text/plain\r\n"))
        elif kind == 3:
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
            connection.send_by_pieces(head + chunked(b"a" * 300, b"b"), 7)
        elif kind == 4:
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + b"x" * mood.randrange(300_000))
            return
        elif kind == 5:
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n" + b"x" * mood.randrange(50_000))
            connection.reset()
            return
        elif kind == 6:
            connection.send(os.urandom(100))
        elif kind == 7:
            connection.send(answer(b"ok") + b"more")
        else:
            time.sleep(0.25)
            connection.send(answer(b"late"))


def serve_websocket(connection, mood):
    kind = mood.randrange(4)
    if kind == 0:
        connection.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n")
        connection.reset()
    elif kind == 1:
        switch(connection, "permessage-deflate" if b"deflate" in connection.buffer else None)
        connection.send(os.urandom(mood.randrange(1, 200_000)))
        connection.reset()
    elif kind == 2:
        switch(connection)
        connection.send(frame(TEXT, b"x" * mood.randrange(300_000), masked=False) * mood.randrange(1, 5))
    else:
        websocket.echo(connection)


def wire(mood):
    """Something to send: requests whole, cut, damaged, or what is none."""
    path = mood.choice(PATHS)
    kind = mood.randrange(9)
    if kind == 0:
        data = get(path) * mood.randrange(1, 5)
    elif kind == 1:
        data = post(b"x=" + b"y" * mood.randrange(200_000), path)
    elif kind == 2:
        data = post(b"y" * 5000, path)[:-mood.randrange(1, 5000)]
    elif kind == 3:
        parts = [b"z" * mood.randrange(1, 60_000) for _ in range(mood.randrange(1, 6))]
        head = f"POST {path} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
        data = head.encode() + chunked(*parts)
    elif kind == 4:
        frames = [frame(mood.choice([0, 1, 2, 8, 9, 10]), b"q" * mood.randrange(120), final=mood.random() < 0.8)
                  for _ in range(mood.randrange(8))]
        data = websocket.request(path, fields=mood.choice(["", DEFLATE])) + b"".join(frames)
    elif kind == 5:
        data = websocket.request(path) + frame(TEXT, b"m" * mood.randrange(250_000)) * mood.randrange(1, 4)
    elif kind == 6:
        data = os.urandom(mood.randrange(1, 500))
    elif kind == 7:
        data = get(path) + b"BAD\r\n\r\n" + get(path)
    else:
        damaged = bytearray(get(path) + post(b"a=b", path))
        for _ in range(3):
            damaged[mood.randrange(len(damaged))] = mood.randrange(256)
        data = bytes(damaged)
    return data[:mood.randrange(len(data) + 1)] if mood.random() < 0.3 else data


def behave_badly(port, mood):
    client = Client(port, receive_buffer=mood.choice([None, 4096]))
    client.socket.settimeout(0.3)
    try:
        for _ in range(mood.randrange(1, 4)):
            client.send(wire(mood))
            if mood.random() < 0.2:
                client.socket.shutdown(socket.SHUT_WR)
            if mood.random() < 0.6:
                for _ in range(mood.randrange(1, 6)):
                    if not client.fill():
                        break
        if mood.random() < 0.4:
            client.reset()
    except OSError:
        pass
    finally:
        client.close()


class Disorder(unittest.TestCase):
    def test_workers_survive_and_nothing_is_left(self):
        server = Backend(serve)
        self.addCleanup(server.stop)
        gateway = Gateway(HTTP.replace("%BACKEND%", server.address), {"r.conf": RULES})
        self.addCleanup(gateway.stop)
        gateway.start()
        # From here on each worker has its listeners, and one generation, as after every reload.
        self.assertTrue(gateway.ask("reload")["ok"])
        pids = gateway.worker_pids()
        descriptors = [len(os.listdir(f"/proc/{pid}/fd")) for pid in pids]
        end = time.monotonic() + SECONDS

        def run(number):
            mood = random.Random(f"{SEED}/{number}")
            while time.monotonic() < end:
                behave_badly(gateway.port, mood)

        threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        while time.monotonic() < end:
            time.sleep(0.5)
            self.assertTrue(gateway.ask("reload")["ok"])
        for thread in threads:
            thread.join()

        self.assertEqual(gateway.worker_pids(), pids, gateway.told())
        counters = until(lambda: self.settled(gateway), "all connections are closed", 12)
        self.assertGreater(counters["requests"], 300)
        self.assertTrue(gateway.ask("reload")["ok"])
        self.assertEqual([len(os.listdir(f"/proc/{pid}/fd")) for pid in pids], descriptors)
        before = gateway.cpu_seconds()
        time.sleep(0.5)
        self.assertLess(gateway.cpu_seconds() - before, 0.1)

    @staticmethod
    def settled(gateway):
        counters = gateway.counters()
        open_ones = counters["connections_open"] + counters["websocket_connections_open"]
        return counters if open_ones == 0 else None


if __name__ == "__main__":
    unittest.main()
