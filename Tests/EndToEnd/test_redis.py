"""shared_dict with redis=: gateways that share bans through a real redis-server."""

import json
import os
import signal
import unittest

from support import redis
from support.gateway import Gateway
from support.waiting import until

WORKERS = 2


@unittest.skipUnless(redis.SERVER, "redis-server is not installed")
class Sharing(unittest.TestCase):
    def redis(self, password=None):
        server = redis.Redis(password)
        self.addCleanup(server.stop)
        return server

    def gateway(self, port, more="", files=None):
        gateway = Gateway(
            "server { listen %LISTEN%; }", files, workers=WORKERS,
            main=f"shared_dict bans 64k redis=127.0.0.1:{port} {more};\n")
        self.addCleanup(gateway.stop)
        return gateway.start()

    def bans(self, gateway):
        return {ban["key"]: ban["seconds_left"] for ban in json.loads(gateway.control("bans", "--json").stdout)["bans"]}

    def is_connected(self, gateway, count=WORKERS):
        return gateway.counters()["redis_connections"] == count

    def ban(self, gateway, address, *more):
        told = gateway.control("ban", address, *more)
        self.assertEqual(told.returncode, 0, told.stderr)

    def test_bans_travel(self):
        server = self.redis()
        first, second = self.gateway(server.port), self.gateway(server.port)
        self.ban(first, "192.0.2.1", "--for", "1h")
        until(lambda: "192.0.2.1" in self.bans(second), "the ban arrives")
        self.assertTrue(3500 < self.bans(second)["192.0.2.1"] <= 3600)
        self.assertEqual(second.control("unban", "192.0.2.1").returncode, 0)
        until(lambda: not self.bans(first), "its end arrives")

    def test_who_comes_later_is_told(self):
        server = self.redis()
        first = self.gateway(server.port)
        for number in range(20):
            self.ban(first, f"192.0.2.{number}")
        until(lambda: server.ask("ZCARD", "wafd:{bans}:changes") == ":20", "redis knows")
        second = self.gateway(server.port)
        until(lambda: len(self.bans(second)) == 20, "all bans arrive")

    def test_cut_off_and_back(self):
        server = self.redis()
        relay = redis.Relay(server.port)
        self.addCleanup(relay.cut)
        first, second = self.gateway(server.port), self.gateway(relay.port)
        until(lambda: self.is_connected(first) and self.is_connected(second), "all are connected")
        relay.cut()
        until(lambda: self.is_connected(second, 0), "the loss is met")
        self.ban(first, "192.0.2.1")
        self.ban(second, "192.0.2.2")
        # What is said locally holds at once.
        self.assertEqual((set(self.bans(first)), set(self.bans(second))), ({"192.0.2.1"}, {"192.0.2.2"}))
        relay.mend()
        both = {"192.0.2.1", "192.0.2.2"}
        until(lambda: set(self.bans(first)) == both and set(self.bans(second)) == both, "what was said apart is merged", 20)
        log = second.log()
        self.assertIn("shared_dict bans: redis is away, counting goes on here", log)
        self.assertGreaterEqual(log.count("shared_dict bans: connected to redis"), 2 * WORKERS)
        self.assertGreater(second.counters()["redis_failures"], 0)
        self.assertEqual(second.counters()["redis_dropped"], 0)

    def test_a_worker_that_dies_comes_back_to_it(self):
        server = self.redis()
        gateway = self.gateway(server.port)
        until(lambda: self.is_connected(gateway), "all are connected")
        pid = gateway.worker_pids()[0]
        gateway.restarted.append(pid)
        os.kill(pid, signal.SIGKILL)
        until(lambda: pid not in gateway.worker_pids() and self.is_connected(gateway), "the new worker is connected")

    def test_prefixes_and_a_password(self):
        server = self.redis("a secret")
        files = {"redis-password": "a secret\n"}
        first = self.gateway(server.port, "redis_password_file=redis-password redis_prefix=one", files)
        same = self.gateway(server.port, "redis_password_file=redis-password redis_prefix=one redis_interval=10ms", files)
        other = self.gateway(server.port, "redis_password_file=redis-password redis_prefix=two", files)
        until(lambda: self.is_connected(other), "connected")
        self.ban(first, "192.0.2.1")
        until(lambda: "192.0.2.1" in self.bans(same), "the ban arrives")
        self.assertEqual(self.bans(other), {})

    def test_without_redis(self):
        gateway = self.gateway(redis.waiting.free_port())
        self.ban(gateway, "192.0.2.1")
        self.assertEqual(set(self.bans(gateway)), {"192.0.2.1"})
        self.assertTrue(self.is_connected(gateway, 0))
        until(lambda: gateway.counters()["redis_failures"] > 2, "it is tried again")


if __name__ == "__main__":
    unittest.main()
