"""The master and its workers: start, death of a worker, signals, the control socket."""

import os
import signal
import subprocess
import threading
import time
import unittest

from support import backend
from support.backend import Backend
from support.gateway import WAFD, Gateway
from support.http import Client, get, once
from support.waiting import until


class ProcessCase(unittest.TestCase):
    """Each test starts a gateway of its own."""

    def setUp(self):
        self.backend = Backend(backend.always(backend.answer(b"fine")))
        self.addCleanup(self.backend.stop)
        self.plain = f"server {{ listen %LISTEN%; location / {{ proxy_pass http://{self.backend.address}; }} }}"

    def made(self, http=None, **options):
        gateway = Gateway(http or self.plain, **options)
        self.addCleanup(gateway.stop)
        return gateway

    def started(self, http=None, **options):
        return self.made(http, **options).start()


class Configuration(ProcessCase):
    BROKEN = """server {
    listen 127.0.0.1:1;
    lokation / { }
    location /a { proxy_pass nonsense; }
    location /b { waf_rules_file r.conf; waf maybe; }
}"""

    def run_wafd(self, gateway, *more):
        return subprocess.run([*gateway.arguments, *more], capture_output=True, text=True, timeout=20)

    def test_all_errors_with_their_places(self):
        gateway = self.made(self.BROKEN, files={"r.conf": "SecRule ARGS \"@rx (\" \"id:1,phase:2,deny\"\nNoSuchThing\n"})
        first = (gateway.folder / "wafd.conf").read_text().split("\n").index("server {") + 1
        for more in ((), ("-t",)):
            with self.subTest(more):
                ended = self.run_wafd(gateway, *more)
                self.assertEqual(ended.returncode, 1)
                told = ended.stderr
                for line in (first + 2, first + 3, first + 4):
                    self.assertRegex(told, rf"wafd\.conf:{line}:\d+: error: ")
                self.assertIn("location", told)

    def test_errors_in_rules(self):
        gateway = self.made(
            self.plain.replace("location", "waf_rules_file r.conf; location"),
            files={"r.conf": "# one\nSecRule ARGS \"@rx (\" \"id:1,phase:2,deny\"\nNoSuchThing On\nSecRule ARGS \"@streq a\" \"phase:2,deny\"\n"})
        ended = self.run_wafd(gateway, "-t")
        self.assertEqual(ended.returncode, 1)
        for line in (2, 3, 4):
            self.assertRegex(ended.stderr, rf"r\.conf:{line}:\d+: error: ")

    def test_valid(self):
        gateway = self.made()
        ended = self.run_wafd(gateway, "-t")
        self.assertEqual((ended.returncode, "successful" in ended.stderr), (0, True))
        self.assertEqual(self.run_wafd(gateway, "-t", "-q").stderr, "")
        self.assertFalse((gateway.folder / "wafd.pid").exists())

    def test_missing_file(self):
        ended = subprocess.run([WAFD, "-c", "/nowhere/wafd.conf"], capture_output=True, text=True, timeout=20)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("/nowhere/wafd.conf", ended.stderr)

    def test_unknown_option(self):
        self.assertEqual(subprocess.run([WAFD, "-x"], capture_output=True, timeout=20).returncode, 1)


class SecondInstance(ProcessCase):
    def outcome(self, gateway):
        ended = subprocess.run(gateway.arguments, capture_output=True, text=True, timeout=20)
        return ended.returncode, ended.stderr + gateway.log()

    def test_same_pid_file(self):
        first = self.started()
        status, told = self.outcome(first)
        self.assertEqual(status, 1)
        self.assertEqual(once(first.port, get()).body, b"fine")
        self.assertTrue(all(worker["state"] == "serving" for worker in first.status()["workers"]))

    def test_same_address(self):
        first = self.started()
        second = self.made(port=first.port)
        status, told = self.outcome(second)
        self.assertEqual(status, 1)
        self.assertIn(str(first.port), told)
        for _ in range(10):
            self.assertEqual(once(first.port, get()).body, b"fine")


class WorkerDeath(ProcessCase):
    def test_killed_worker_is_back(self):
        gateway = self.started()
        refused, stop, taken = [], threading.Event(), []

        def ask():
            while not stop.is_set():
                try:
                    once(gateway.port, get())
                except ConnectionRefusedError:
                    refused.append(time.monotonic())
                except Exception:
                    pass  # What the dead worker had accepted is lost with it.

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(3):
            time.sleep(0.3)
            victim = gateway.worker_pids()[0]
            gateway.restarted.append(victim)
            began = time.monotonic()
            os.kill(victim, signal.SIGKILL)
            until(lambda: gateway.status()["workers"][0]["pid"] not in (victim, None), "the slot is filled")
            until(lambda: gateway.status()["workers"][0]["state"] == "serving", "it serves")
            taken.append(time.monotonic() - began)
        time.sleep(0.2)
        stop.set()
        for thread in threads:
            thread.join()
        self.assertEqual(refused, [])
        # The machine may be busy with other things, but hardly three times.
        self.assertLess(min(taken), 0.1)
        self.assertEqual(gateway.status()["workers"][0]["restarts"], 3)
        self.assertEqual(once(gateway.port, get()).status, 200)

    def test_connections_that_wait_are_served_by_the_next_worker(self):
        gateway = self.started(workers=1)
        victim = gateway.worker_pids()[0]
        gateway.restarted.append(victim)
        os.kill(victim, signal.SIGSTOP)
        clients = [Client(gateway.port) for _ in range(20)]
        for client in clients:
            client.send(get())
        os.kill(victim, signal.SIGKILL)
        for client in clients:
            self.assertEqual(client.response().body, b"fine")
            client.close()

    def test_master_that_is_killed_takes_its_workers_along(self):
        gateway = self.started()
        pids = gateway.worker_pids()
        gateway.process.kill()
        gateway.process.wait()

        def is_gone(pid):
            try:
                return open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] == "Z"
            except FileNotFoundError:
                return True

        until(lambda: all(is_gone(pid) for pid in pids), "the workers have ended")


class Signals(ProcessCase):
    def slow_backend(self):
        def script(connection):
            while connection.request():
                time.sleep(0.6)
                connection.send(backend.answer(b"slow"))

        slow = Backend(script)
        self.addCleanup(slow.stop)
        return f"server {{ listen %LISTEN%; location / {{ proxy_pass http://{slow.address}; }} }}", slow

    def test_quit_drains(self):
        http, slow = self.slow_backend()
        gateway = self.started(http)
        with Client(gateway.port) as busy, Client(gateway.port) as idle:
            idle.send(get())
            idle.response()
            busy.send(get())
            until(lambda: len(slow.heads) == 2, "the request is with the backend")
            gateway.signal(signal.SIGQUIT)
            self.assertTrue(idle.is_closed())
            with self.assertRaises(ConnectionRefusedError):
                until(lambda: Client(gateway.port).close(), "new connections are refused")
            response = busy.response()
            self.assertEqual((response.body, response.head.get("connection")), (b"slow", "close"))
            self.assertTrue(busy.is_closed())
        self.assertEqual(gateway.process.wait(10), 0)
        for name in ("wafd.pid", "control.sock"):
            self.assertFalse((gateway.folder / name).exists(), name)

    def test_term_is_fast(self):
        http, slow = self.slow_backend()
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                gateway = self.started(http)
                with Client(gateway.port) as busy:
                    busy.send(get())
                    until(lambda: slow.heads, "the request is with the backend")
                    began = time.monotonic()
                    gateway.signal(number)
                    self.assertEqual(gateway.process.wait(10), 0)
                    self.assertLess(time.monotonic() - began, 0.5)
                    self.assertTrue(busy.is_closed())
                slow.connections.clear()

    def test_shutdown_timeout(self):
        http, slow = self.slow_backend()
        gateway = self.started(http, main="worker_shutdown_timeout 200ms;\n")
        with Client(gateway.port) as busy:
            busy.send(get())
            until(lambda: slow.heads, "the request is with the backend")
            began = time.monotonic()
            gateway.signal(signal.SIGQUIT)
            self.assertEqual(gateway.process.wait(10), 0)
            self.assertLess(time.monotonic() - began, 0.55)

    def test_usr1_reopens_the_log(self):
        gateway = self.started()
        log = gateway.folder / "error.log"
        log.rename(gateway.folder / "old.log")
        gateway.signal(signal.SIGUSR1)
        until(log.exists, "a new log")
        def written():
            once(gateway.port, b"G@T / HTTP/1.1\r\n\r\n")
            return "invalid request" in gateway.log()
        until(written, "a worker writes to it")

    def test_signal_option(self):
        gateway = self.started()
        generation = gateway.status()["generation"]
        self.assertEqual(subprocess.run([*gateway.arguments, "-s", "reload"], timeout=20).returncode, 0)
        until(lambda: gateway.status()["generation"] > generation, "the next generation")
        self.assertEqual(subprocess.run([*gateway.arguments, "-s", "quit"], timeout=20).returncode, 0)
        self.assertEqual(gateway.process.wait(10), 0)


if __name__ == "__main__":
    unittest.main()
