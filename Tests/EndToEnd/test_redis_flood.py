"""Two gateways that share one limit through a real redis-server: the stage cc counts for both."""

import threading
import time
import unittest

from support import redis
from support.backend import Backend, always, answer
from support.gateway import Gateway
from support.http import Client
from support.waiting import until

WORKERS = 2
RATE = 200
BURST = 50


@unittest.skipUnless(redis.SERVER, "redis-server is not installed")
class SharedLimit(unittest.TestCase):
    def setUp(self):
        server = redis.Redis()
        self.addCleanup(server.stop)
        self.relay = redis.Relay(server.port)
        self.addCleanup(self.relay.cut)
        backend = Backend(always(answer()))
        self.addCleanup(backend.stop)
        self.gateways = []
        for port in (server.port, self.relay.port):
            gateway = Gateway(
                f"pipeline limit {{ cc key=$remote_addr rate={RATE}r/s burst={BURST}; }}\n"
                f"server {{ listen %LISTEN%; location / {{ pipeline limit; proxy_pass http://{backend.address}; }} }}",
                workers=WORKERS, main=f"shared_dict bans 64k redis=127.0.0.1:{port} redis_interval=20ms;\n")
            self.addCleanup(gateway.stop)
            self.gateways.append(gateway.start())
        until(
            lambda: all(gateway.counters()["redis_connections"] == WORKERS for gateway in self.gateways),
            "both share")

    def admitted(self, seconds, gateways):
        """Requests that pass, of as many as two clients of each gateway can send, and for how long they did."""
        counts = []
        start = time.monotonic()
        end = start + seconds

        def send(port):
            passed = 0
            with Client(port) as client:
                while time.monotonic() < end:
                    client.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    status = client.response().status
                    self.assertIn(status, (200, 429))
                    passed += status == 200
            counts.append(passed)

        threads = [threading.Thread(target=send, args=(gateway.port,)) for gateway in gateways for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(counts), len(threads))
        return sum(counts), time.monotonic() - start

    def assertShared(self, total, seconds):
        """One limit: at most 5 % above it; below it only as far as a busy machine's clients are late."""
        self.assertLess(total, 1.05 * RATE * seconds, (total, seconds))
        self.assertGreater(total, 0.85 * RATE * seconds, (total, seconds))

    def test_one_limit_and_one_that_is_cut_off(self):
        # The burst is used up first, so that what follows is the rate alone.
        self.admitted(1, self.gateways)
        total, seconds = self.admitted(4, self.gateways)
        self.assertShared(total, seconds)
        self.relay.cut()
        until(lambda: self.gateways[1].counters()["redis_connections"] == 0, "the second is alone")
        # Each has the limit for itself now, with what is left of its burst.
        total, seconds = self.admitted(3, self.gateways)
        self.assertGreater(total, 1.5 * RATE * seconds)
        self.assertLess(total, 2 * RATE * seconds + 2 * BURST + 10)
        self.relay.mend()
        until(lambda: self.gateways[1].counters()["redis_connections"] == WORKERS, "it is back")
        # What both let through while they were apart was too much, and is paid back first.
        self.admitted(5, self.gateways)
        total, seconds = self.admitted(4, self.gateways)
        self.assertShared(total, seconds)


if __name__ == "__main__":
    unittest.main()
