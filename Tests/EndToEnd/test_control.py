"""waf-ctl: verbs, --json, exit statuses 0 1 2 3."""

import json
import subprocess
import unittest

from support import backend
from support.backend import Backend
from support.gateway import WAF_CTL, Gateway
from support.http import get, once


class Control(unittest.TestCase):
    def started(self):
        server = Backend(backend.always(backend.answer(b"fine")))
        self.addCleanup(server.stop)
        gateway = Gateway(f"server {{ listen %LISTEN%; location / {{ proxy_pass http://{server.address}; }} }}")
        self.addCleanup(gateway.stop)
        return gateway.start()

    def test_status(self):
        gateway = self.started()
        told = gateway.control("status")
        self.assertEqual(told.returncode, 0)
        self.assertIn("serving", told.stdout)
        parsed = json.loads(gateway.control("status", "--json").stdout)
        self.assertEqual((parsed["pid"], len(parsed["workers"])), (gateway.process.pid, 2))
        self.assertTrue(all(worker["pss_kb"] > 0 for worker in parsed["workers"]))

    def test_socket_before_the_verb(self):
        gateway = self.started()
        told = subprocess.run(
            [WAF_CTL, "--socket", str(gateway.folder / "control.sock"), "status"], capture_output=True, text=True, timeout=20)
        self.assertEqual((told.returncode, "serving" in told.stdout), (0, True), told.stderr)

    def test_stats(self):
        gateway = self.started()
        for _ in range(3):
            once(gateway.port, get())
        self.assertIn("requests", gateway.control("stats").stdout)
        parsed = json.loads(gateway.control("stats", "--json").stdout)
        self.assertEqual(parsed["total"]["requests"], 3)
        self.assertEqual(sum(worker["counters"]["requests"] for worker in parsed["workers"]), 3)

    def test_test(self):
        gateway = self.started()
        self.assertEqual(gateway.control("test").returncode, 0)
        gateway.configure("server { lisen 1; }")
        told = gateway.control("test")
        self.assertEqual(told.returncode, 1)
        self.assertRegex(told.stderr, r"wafd\.conf:\d+:\d+: error: ")
        told = gateway.control("test", "--json")
        self.assertEqual((told.returncode, json.loads(told.stdout)["ok"]), (1, False))

    def test_exit_statuses(self):
        gateway = self.started()
        self.assertEqual(gateway.control("no-such-verb").returncode, 2)
        self.assertEqual(gateway.control("reload", "everything").returncode, 2)
        self.assertEqual(gateway.control("status", "--timeout", "0").returncode, 2)
        self.assertEqual(subprocess.run([WAF_CTL], capture_output=True, timeout=20).returncode, 2)
        nobody = subprocess.run(
            [WAF_CTL, "status", "--socket", str(gateway.folder / "nobody.sock")], capture_output=True, text=True, timeout=20)
        self.assertEqual(nobody.returncode, 3)
        self.assertEqual(gateway.control("version").returncode, 0)


if __name__ == "__main__":
    unittest.main()
