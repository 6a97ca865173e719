"""Reloads: in force for what comes next, harmless to what is open."""

import json
import signal
import threading
import time
import unittest

from support import backend, websocket
from support.backend import Backend
from support.gateway import Gateway
from support.http import Client, get, once
from support.waiting import free_port, until
from support.websocket import TEXT, WebSocketClient, frame


class ReloadCase(unittest.TestCase):
    def rule(self, word):
        return f"SecRule ARGS \"@contains {word}\" \"id:1,phase:2,deny\"\n"

    def setUp(self):
        def script(connection):
            # Either kind of client, by its first request.
            connection.need(1)
            while b"\r\n\r\n" not in connection.buffer:
                connection.fill()
            (websocket.echo if b"pgrade: websocket" in connection.buffer else backend.always(backend.answer(b"fine")))(connection)

        self.backend = Backend(script)
        self.addCleanup(self.backend.stop)
        self.http = f"""server {{ listen %LISTEN%; waf_websocket on; waf_rules_file r.conf;
            location / {{ proxy_pass http://{self.backend.address}; }}
            location /going {{ proxy_pass http://{self.backend.address}; }}
        }}"""
        self.gateway = Gateway(self.http, files={"r.conf": self.rule("first")})
        self.addCleanup(self.gateway.stop)
        self.gateway.start()

    def status_of(self, word):
        return once(self.gateway.port, get(f"/?a={word}")).status


class Rules(ReloadCase):
    def test_new_rules_hold_for_new_requests(self):
        self.assertEqual([self.status_of(word) for word in ("first", "second")], [403, 200])
        self.gateway.write("r.conf", self.rule("second"))
        self.gateway.reload()
        for _ in range(8):
            self.assertEqual([self.status_of(word) for word in ("first", "second")], [200, 403])

    def test_waf_ctl_waits_for_all_workers(self):
        for scope in ("rules", "config"):
            with self.subTest(scope):
                self.gateway.write("r.conf", self.rule(scope))
                told = self.gateway.control("reload", scope)
                self.assertEqual(told.returncode, 0, told.stderr)
                for _ in range(8):
                    self.assertEqual(self.status_of(scope), 403)

    def test_bad_ones_change_nothing(self):
        bad = [("r.conf", "SecRule ARGS\n"), ("wafd.conf", "http { server { lisen 1; } }\n")]
        for name, text in bad:
            kept = (self.gateway.folder / name).read_text()
            with self.subTest(name):
                generation = self.gateway.status()["generation"]
                self.gateway.write(name, text)
                told = self.gateway.control("reload")
                self.assertEqual(told.returncode, 1)
                self.assertRegex(told.stderr, rf"{name}:1:\d+: error: ")
                self.assertEqual(json.loads(self.gateway.control("reload", "--json").stdout)["ok"], False)
                # The reloads before have logged it too: the signal's own line is waited for, so
                # that the file is still a bad one when it is read.
                place = f"{name}:1:"
                logged = self.gateway.log().count(place)
                self.gateway.signal(signal.SIGHUP)
                until(lambda: self.gateway.log().count(place) > logged, "the error is logged again")
                self.assertEqual(self.gateway.status()["generation"], generation)
                self.assertEqual([self.status_of(word) for word in ("first", "second")], [403, 200])
            self.gateway.write(name, kept)

    def test_old_generations_are_let_go(self):
        """A worker maps the one in force, and no other once its last reader is gone."""
        for _ in range(4):
            self.gateway.reload()
            self.assertEqual(self.status_of("first"), 403)

        def maps(pid):
            return {line.split()[4] for line in open(f"/proc/{pid}/maps") if "memfd:wafd-rules" in line}

        for pid in self.gateway.worker_pids():
            self.assertEqual(len(maps(pid)), 1, maps(pid))

    def test_nothing_fails_meanwhile(self):
        failures, count, stop = [], [0], threading.Event()

        def ask():
            with Client(self.gateway.port) as client:
                while not stop.is_set():
                    try:
                        if client.ask(get()).status != 200:
                            failures.append("status")
                        count[0] += 1
                    except Exception as error:
                        failures.append(repr(error))
                        return

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(10):
            self.assertEqual(self.gateway.control("reload").returncode, 0)
        stop.set()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        self.assertGreater(count[0], 50)


class Listeners(ReloadCase):
    def test_added_and_removed(self):
        port = free_port()
        extra = f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://{self.backend.address}; }} }}"
        self.gateway.configure(self.http + extra)
        self.gateway.reload()
        for _ in range(8):
            self.assertEqual(once(port, get()).body, b"fine")
        with Client(port) as kept:
            self.assertEqual(kept.ask(get()).body, b"fine")
            self.gateway.configure(self.http)
            self.gateway.reload()

            def is_refused():
                try:
                    Client(port).close()
                    return False
                except ConnectionRefusedError:
                    return True

            until(is_refused, "the address is closed")
            # The connection that is open is answered that it is in the wrong place.
            self.assertEqual(kept.ask(get()).status, 421)

    def test_address_in_use_changes_nothing(self):
        generation = self.gateway.status()["generation"]
        self.gateway.configure(self.http.replace("%LISTEN%", f"127.0.0.1:{self.backend.port}"))
        told = self.gateway.control("reload")
        self.assertEqual(told.returncode, 1)
        self.assertIn(str(self.backend.port), told.stderr)
        self.assertEqual(self.gateway.status()["generation"], generation)
        self.assertEqual(once(self.gateway.port, get()).body, b"fine")


class WebSockets(ReloadCase):
    def test_stay_open_under_new_rules(self):
        clients = [WebSocketClient(self.gateway.port) for _ in range(20)]
        for client in clients:
            client.send(frame(TEXT, b"second"))
            self.assertEqual(client.frame().payload, b"second")
        for word in ("third", "second"):
            self.gateway.write("r.conf", self.rule(word))
            self.gateway.reload()
            for client in clients:
                client.send(frame(TEXT, b"first"))
                self.assertEqual(client.frame().payload, b"first")
        for client in clients:
            client.send(frame(TEXT, b"second"))
            self.assertEqual(client.close_code(), 1008)
            client.close()

    def test_a_message_in_progress_arrives(self):
        with WebSocketClient(self.gateway.port) as client:
            wire = frame(TEXT, b"x" * 50_000)
            client.send(wire[:20_000])
            time.sleep(0.1)
            self.gateway.write("r.conf", self.rule("other"))
            self.gateway.reload()
            client.send(wire[20_000:])
            self.assertEqual(client.frame().payload, b"x" * 50_000)

    def test_rules_where_there_were_none(self):
        self.gateway.configure(self.http.replace("waf_rules_file r.conf;", ""))
        self.gateway.reload()
        with WebSocketClient(self.gateway.port) as client:
            client.send(frame(TEXT, b"first"))
            self.assertEqual(client.frame().payload, b"first")
            # Half of a message that began without rules ends without them.
            wire = frame(TEXT, b"first" + b"x" * 20_000)
            client.send(wire[:10_000])
            time.sleep(0.1)
            self.gateway.configure(self.http)
            self.gateway.reload()
            client.send(wire[10_000:])
            self.assertEqual(client.frame().payload, b"first" + b"x" * 20_000)
            client.send(frame(TEXT, b"first"))
            self.assertEqual(client.close_code(), 1008)

    def test_without_a_location_1012(self):
        with WebSocketClient(self.gateway.port, "/going") as going, WebSocketClient(self.gateway.port, "/") as staying:
            self.gateway.configure(self.http.replace(
                f"location /going {{ proxy_pass http://{self.backend.address}; }}", "location /going { }"))
            self.gateway.reload()
            self.assertEqual(going.close_code(), 1012)
            self.assertTrue(going.is_closed())
            staying.send(frame(TEXT, b"here"))
            self.assertEqual(staying.frame().payload, b"here")

    def test_under_load_none_is_closed(self):
        clients = [WebSocketClient(self.gateway.port) for _ in range(10)]
        failures, stop = [], threading.Event()

        def talk(client):
            number = 0
            while not stop.is_set():
                try:
                    client.send(frame(TEXT, b"%d" % number))
                    if client.frame().payload != b"%d" % number:
                        failures.append("payload")
                    number += 1
                except Exception as error:
                    failures.append(repr(error))
                    return

        threads = [threading.Thread(target=talk, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        for _ in range(5):
            self.gateway.reload()
        stop.set()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        for client in clients:
            client.close()


if __name__ == "__main__":
    unittest.main()
