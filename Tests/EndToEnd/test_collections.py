"""Persistent collections: counted by all workers together, kept over deaths, reloads and restarts."""

import concurrent.futures
import os
import signal
import threading
import time
import unittest

from support import backend
from support.backend import Backend
from support.gateway import Gateway
from support.http import Client, get, once
from support.waiting import until

# /count answers where the counter stands, without counting.
RULES = """SecRuleEngine On
SecAction "id:1,phase:1,pass,nolog,initcol:global=all,initcol:ip=%{REQUEST_HEADERS.X-Client}"
SecRule REQUEST_FILENAME "@streq /count" "id:2,phase:1,redirect:'/%{global.n}',status:302"
SecRule REQUEST_FILENAME "@streq /hit" "id:3,phase:1,pass,nolog,setvar:global.n=+1"
SecRule REQUEST_FILENAME "@streq /login" "id:4,phase:1,pass,nolog,setvar:ip.tries=+1,expirevar:ip.tries=2"
SecRule IP:tries "@gt 10" "id:5,phase:1,deny,status:429,msg:'too many tries'"
SecRule REQUEST_FILENAME "@streq /text" "id:6,phase:1,pass,nolog,setvar:'global.text=%{ARGS.v}'"
"""

HTTP = """server {
    listen %LISTEN%;
    waf_rules_file r.conf;
    location / { proxy_pass http://%BACKEND%; }
}"""


class CollectionCase(unittest.TestCase):
    workers = 4
    main = ""

    def setUp(self):
        self.backend = Backend(backend.always(backend.answer(b"fine")))
        self.addCleanup(self.backend.stop)
        self.gateway = Gateway(
            HTTP.replace("%BACKEND%", self.backend.address), files={"r.conf": RULES}, workers=self.workers,
            main=self.main)
        self.addCleanup(self.gateway.stop)
        self.gateway.start()

    def hit(self, times, path="/hit"):
        """Requests on one connection, and so at one worker."""
        with Client(self.gateway.port) as client:
            for _ in range(times):
                self.assertEqual(client.ask(get(path)).status, 200)

    def count(self):
        return once(self.gateway.port, get("/count")).head.get("location").lstrip("/")

    def login(self, client):
        return once(self.gateway.port, get("/login", fields=f"X-Client: {client}\r\n")).status

    def end(self):
        self.gateway.process.terminate()
        self.gateway.process.wait(20)
        self.gateway.output.close()


class Counting(CollectionCase):
    def test_exact_over_all_workers(self):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for done in [pool.submit(self.hit, 10) for _ in range(200)]:
                done.result()
        self.assertEqual(self.count(), "2000")
        requests = [worker["counters"]["requests"] for worker in self.gateway.ask("stats")["workers"]]
        self.assertTrue(all(number > 0 for number in requests), requests)

    def test_the_eleventh_is_denied_until_the_member_expires(self):
        answers = [self.login("10.0.0.1") for _ in range(12)]
        self.assertEqual(answers, [200] * 10 + [429] * 2)
        self.assertEqual(self.login("10.0.0.2"), 200)
        time.sleep(3.1)
        self.assertEqual(self.login("10.0.0.1"), 200)
        self.assertIn('[msg "too many tries"]', self.gateway.log())

    def test_stats_tell_of_it(self):
        self.hit(3)
        stats = self.gateway.ask("stats")
        [collections] = stats["dictionaries"]
        self.assertEqual((collections["name"], collections["bytes"]), ("collections", 16 << 20))
        self.assertEqual(collections["entries"], 2)
        self.assertGreater(collections["slots"], 30_000)
        until(lambda: self.gateway.counters()["dictionary_insertions"] == 2, "insertions are counted")
        told = self.gateway.control("stats").stdout
        self.assertRegex(told, r"collections +2 ")
        self.assertRegex(told, r"dictionary_evictions +0 ")


class Keeping(CollectionCase):
    def test_over_a_reload(self):
        self.hit(7)
        self.gateway.reload()
        self.hit(1)
        self.assertEqual(self.count(), "8")

    def test_over_a_restart(self):
        self.hit(5)
        self.end()
        self.assertTrue((self.gateway.folder / "store" / "dictionary-collections.mdb").exists())
        self.gateway.start()
        self.assertEqual(self.count(), "5")
        self.hit(1)
        self.assertEqual(self.count(), "6")

    def test_a_damaged_file_is_told_of_and_begins_empty(self):
        self.hit(5)
        self.end()
        path = self.gateway.folder / "store" / "dictionary-collections.mdb"
        whole = path.read_bytes()
        for name, damaged in [
            ("changed", whole[:5_000] + bytes([whole[5_000] ^ 1]) + whole[5_001:]), ("cut", whole[:-1]),
            ("short", b"x"), ("empty", b""), ("rules", None),
        ]:
            with self.subTest(name):
                if damaged is None:
                    damaged = next(self.gateway.folder.glob("store/rules-*.mdb")).read_bytes()
                path.unlink()
                path.write_bytes(damaged)
                self.gateway.start()
                self.assertEqual(self.count(), "")
                self.assertIn("dictionary-collections.mdb: ", self.gateway.log())
                self.end()
                (self.gateway.folder / "error.log").unlink()
        path.unlink()
        path.write_bytes(whole)
        self.gateway.start()
        self.assertEqual(self.count(), "5")

    def test_over_the_death_of_workers(self):
        """Killed over and over while texts and numbers are written."""
        stop = threading.Event()

        def write():
            while not stop.is_set():
                try:
                    with Client(self.gateway.port) as client:
                        for path in ("/text?v=" + "x" * 300, "/hit", "/text?v=" + "y" * 300):
                            client.ask(get(path))
                except Exception:
                    pass  # What the dead worker had accepted is lost with it.

        self.hit(10)
        threads = [threading.Thread(target=write) for _ in range(4)]
        for thread in threads:
            thread.start()
        for round in range(8):
            slot = round % self.workers
            victim = self.gateway.worker_pids()[slot]
            self.gateway.restarted.append(victim)
            os.kill(victim, signal.SIGKILL)
            until(
                lambda: self.gateway.status()["workers"][slot]["pid"] not in (victim, None)
                and self.gateway.status()["workers"][slot]["state"] == "serving", "the slot serves again")
        stop.set()
        for thread in threads:
            thread.join()
        before = int(self.count())
        self.assertGreaterEqual(before, 10)
        self.hit(5)
        self.assertEqual(int(self.count()), before + 5)
        self.hit(1, "/text?v=z")
        self.assertEqual(self.gateway.ask("stats")["dictionaries"][0]["entries"], 3)


class Sizes(CollectionCase):
    workers = 1
    main = "shared_dict collections 1m;\nshared_dict rates 64k;\n"

    def test_of_the_configuration(self):
        told = {found["name"]: found for found in self.gateway.ask("stats")["dictionaries"]}
        self.assertEqual(told["collections"]["bytes"], 1 << 20)
        self.assertEqual(told["rates"]["bytes"], 64 << 10)
        self.hit(2)
        self.gateway.main = self.gateway.main.replace("1m", "2m")
        self.gateway.configure(HTTP.replace("%BACKEND%", self.backend.address))
        self.gateway.reload()
        self.assertIn("shared_dict has changed, which takes a restart", self.gateway.log())
        self.assertEqual(self.gateway.ask("stats")["dictionaries"][0]["bytes"], 1 << 20)
        # A restart takes the entries over into the new size.
        self.end()
        self.gateway.start()
        self.assertEqual(self.gateway.ask("stats")["dictionaries"][0]["bytes"], 2 << 20)
        self.assertEqual(self.count(), "2")


if __name__ == "__main__":
    unittest.main()
