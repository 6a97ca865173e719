"""waf-ctl ban, unban and bans."""

import json
import time
import unittest

from support import backend
from support.backend import Backend
from support.gateway import Gateway
from support.http import Client


class Bans(unittest.TestCase):
    def started(self, main=""):
        self.gateway = Gateway("server { listen %LISTEN%; }", main=main)
        self.addCleanup(self.gateway.stop)
        return self.gateway.start()

    def ctl(self, *arguments, status=0):
        told = self.gateway.control(*arguments)
        self.assertEqual(told.returncode, status, told.stderr)
        return told.stdout if status == 0 else told.stderr

    def listed(self, *arguments):
        answer = json.loads(self.ctl("bans", "--json", *arguments))
        return {ban["key"]: ban["seconds_left"] for ban in answer["bans"]}

    def test_ban_list_unban(self):
        self.started()
        self.assertIn("nobody is banned in collections", self.ctl("bans"))
        self.assertIn("192.0.2.1 is banned", self.ctl("ban", "192.0.2.1", "--for", "1h30m"))
        self.ctl("ban", "2001:DB8:0:0::1")
        bans = self.listed()
        self.assertEqual(set(bans), {"192.0.2.1", "2001:db8::1"})
        self.assertTrue(5390 <= bans["192.0.2.1"] <= 5400 and 590 <= bans["2001:db8::1"] <= 600, bans)
        self.assertIn("192.0.2.1", self.ctl("bans"))
        self.assertIn("no longer banned", self.ctl("unban", "192.0.2.1"))
        self.assertIn("is not banned", self.ctl("unban", "192.0.2.1", status=1))
        self.assertEqual(set(self.listed()), {"2001:db8::1"})
        self.assertIn("192.0.2.1 is banned for 5400 s in collections", self.gateway.log())

    def test_a_ban_ends_by_itself(self):
        self.started()
        self.ctl("ban", "192.0.2.1", "--for", "1s")
        time.sleep(1.1)
        self.assertEqual(self.listed(), {})

    def test_dictionaries(self):
        self.started("shared_dict bans 64k;\nshared_dict others 64k;\n")
        self.ctl("ban", "192.0.2.1")
        self.ctl("ban", "192.0.2.2", "--dict", "others")
        self.assertEqual(set(self.listed("--dict", "bans")), {"192.0.2.1"})
        self.assertEqual(set(self.listed()), {"192.0.2.1"})
        self.assertEqual(set(self.listed("--dict", "others")), {"192.0.2.2"})
        self.assertIn("there are: collections, bans, others", self.ctl("ban", "192.0.2.1", "--dict", "none", status=1))

    def test_pages(self):
        self.started()
        for number in range(5):
            self.ctl("ban", f"192.0.2.{number}")
        found, place = set(), "0"
        while place is not None:
            answer = json.loads(self.ctl("bans", "--json", "--limit", "2", "--from", place))
            found |= {ban["key"] for ban in answer["bans"]}
            self.assertLessEqual(len(answer["bans"]), 2)
            place = answer["next"]
        self.assertEqual(found, {f"192.0.2.{number}" for number in range(5)})

    def test_bans_outlast_a_reload_and_a_restart(self):
        gateway = self.started()
        self.ctl("ban", "192.0.2.1", "--for", "1h")
        gateway.reload()
        self.assertEqual(set(self.listed()), {"192.0.2.1"})
        gateway.process.terminate()
        gateway.process.wait(10)
        gateway.output.close()
        gateway.start()
        self.assertEqual(set(self.listed()), {"192.0.2.1"})

    def test_all_workers_know_at_once(self):
        server = Backend(backend.always(backend.answer(b"fine")))
        self.addCleanup(server.stop)
        self.gateway = Gateway(
            f"pipeline edge {{ acl deny=@banned; }} server {{ listen %LISTEN%; location / {{ pipeline edge;"
            f" proxy_pass http://{server.address}; }} }}", workers=4)
        self.addCleanup(self.gateway.stop)
        self.gateway.start()

        def statuses():
            found = set()
            for _ in range(16):
                with Client(self.gateway.port, source="127.0.0.9") as client:
                    client.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    found.add(client.response().status)
            return found

        self.assertEqual(statuses(), {200})
        self.ctl("ban", "127.0.0.9")
        self.assertEqual(statuses(), {403})
        self.ctl("unban", "127.0.0.9")
        self.assertEqual(statuses(), {200})

    def test_usage(self):
        self.started()
        for arguments in [
            ("ban",), ("ban", "host"), ("ban", "10.0.0.0/8"), ("ban", "unix:/x"), ("ban", "192.0.2.1", "--for", "soon"),
            ("ban", "192.0.2.1", "--for", "0"), ("ban", "192.0.2.1", "--for", "11y"), ("unban",), ("bans", "--limit", "0"),
        ]:
            self.ctl(*arguments, status=2)


if __name__ == "__main__":
    unittest.main()
