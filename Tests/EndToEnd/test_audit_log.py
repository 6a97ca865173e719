"""The audit log: which requests, what is shown, rotation, and a reader that is behind."""

import json
import os
import signal
import threading
import time
import unittest

from support import backend
from support.backend import Backend
from support.gateway import Gateway
from support.http import Client, get, once, post
from support.waiting import until
from support.websocket import TEXT, WebSocketClient, echo, frame

RULES = """
SecRule ARGS:a "@contains attack" "id:1,phase:2,deny,status:403,log,msg:'found',logdata:'%{MATCHED_VAR}',tag:'t'"
SecRule ARGS:quiet "@streq 1" "id:2,phase:2,pass,nolog"
SecAction "id:3,phase:1,pass,nolog,sanitiseArg:password,sanitiseRequestHeader:Authorization"
SecAuditLogRelevantStatus "^(?:5|4(?!04))"
SecAuditLogParts ABCFHZ
"""


def entries(path, is_written_to=False):
    """Every line of a log, which has to be JSON by itself; the last one may be half there while somebody writes."""
    if not path.exists():
        return []
    data = path.read_bytes()
    assert is_written_to or not data or data.endswith(b"\n"), data[-200:]
    return [json.loads(line)["transaction"] for line in data.split(b"\n")[:-1]]


class AuditCase(unittest.TestCase):
    script = staticmethod(backend.always(backend.answer(b"fine")))

    def start(self, http, workers=2, files=None):
        self.backend = Backend(self.script)
        self.addCleanup(self.backend.stop)
        self.gateway = Gateway(http.replace("%BACKEND%", self.backend.address), files or {"r.conf": RULES}, workers=workers)
        self.addCleanup(self.gateway.stop)
        self.gateway.start()
        self.port = self.gateway.port
        self.audit = self.gateway.folder / "audit.log"

    def wait_for(self, count, path=None):
        path = path or self.audit
        until(lambda: path.exists() and path.read_bytes().count(b"\n") >= count, f"{count} lines of {path.name}")
        return entries(path)


class Entries(AuditCase):
    HTTP = """
    waf_rules_file r.conf;
    waf_audit_log audit.log;
    server {
        listen %LISTEN%;
        location / { proxy_pass http://%BACKEND%; }
        location /off { waf_audit_log off; proxy_pass http://%BACKEND%; }
        location /other { waf_audit_log other.log; proxy_pass http://%BACKEND%; }
        location /nowhere { proxy_pass http://127.0.0.1:1; }
        location = /404 { }
    }
    """

    def test_which_requests(self):
        self.start(self.HTTP)
        for request, status in (
            (get("/?a=attack"), 403), (get("/?a=fine"), 200), (get("/?quiet=1"), 200), (get("/off?a=attack"), 403),
            (get("/nowhere"), 502), (get("/404"), 404),
            (post(b"a=attack&password=hunter2", fields="Content-Type: application/x-www-form-urlencoded\r\nAuthorization: Basic abc\r\n"), 403),
            (get("/other?a=attack"), 403),
        ):
            self.assertEqual(once(self.port, request).status, status)
        other = self.wait_for(1, self.gateway.folder / "other.log")
        self.assertEqual([entry["request"]["uri"] for entry in other], ["/other?a=attack"])
        logged = self.wait_for(3)
        self.assertEqual({(entry["request"]["uri"], entry["response"]["http_code"]) for entry in logged},
                         {("/?a=attack", 403), ("/nowhere", 502), ("/", 403)})
        form = next(entry for entry in logged if entry["request"]["method"] == "POST")
        self.assertEqual(form["request"]["body"], "a=attack&password=*******")
        self.assertEqual(form["request"]["headers"]["Authorization"], "*********")
        self.assertTrue(form["is_interrupted"])
        self.assertEqual(form["messages"][0]["details"]["ruleId"], "1")
        self.assertIn(f'[unique_id "{form["unique_id"]}"]', self.gateway.log())

    def test_settings_of_the_rules(self):
        rules = RULES + "SecAuditEngine On\nSecAuditLog own.log\nSecAuditLogType Serial\nSecAuditLogFormat JSON\n"
        self.start(self.HTTP.replace("waf_audit_log audit.log;", ""), files={"r.conf": rules})
        self.assertEqual(once(self.port, get("/clean")).status, 200)
        own = self.wait_for(1, self.gateway.folder / "own.log")
        self.assertEqual(own[0]["request"]["uri"], "/clean")
        self.assertFalse(own[0]["is_interrupted"])

    def test_hostile_bytes(self):
        self.start(self.HTTP)
        hostile = [bytes([byte]) * 3 for byte in range(1, 256) if byte not in (9, 10, 13, 32)]
        for number, data in enumerate(hostile):
            with Client(self.port) as client:
                client.send(b"GET /" + data + b"?a=attack HTTP/1.1\r\nHost: a.test\r\nX-Evil: \"\\" + data
                            + b"\r\nConnection: close\r\n\r\n")
                client.take_rest()
        until(lambda: len(entries(self.audit, True)) > 0, "some entries")
        self.gateway.signal(signal.SIGUSR1)
        time.sleep(0.5)
        logged = entries(self.audit)
        self.assertGreater(len(logged), 100)
        # What is no UTF-8 stands as the character of the same number.
        self.assertTrue(any(entry["request"]["headers"].get("X-Evil") == "\"\\\xe9\xe9\xe9" for entry in logged))

    def test_websocket_messages(self):
        self.script = echo
        rules = RULES + "SecRule ARGS:message \"@contains attack\" \"id:9,phase:2,deny,log,msg:'message'\"\n"
        self.start(self.HTTP, files={"r.conf": rules})
        with WebSocketClient(self.port) as client:
            client.send(frame(TEXT, b"hello"))
            client.frame()
            client.send(frame(TEXT, b"an attack \xc3\xa9"))
            self.assertEqual(client.close_code(), 1008)
        entry = self.wait_for(1)[0]
        facts = entry["websocket"]
        self.assertEqual((facts["direction"], facts["opcode"], facts["message_index"], facts["length"], facts["close_code"]),
                         ("client", "text", 1, 12, 1008))
        self.assertEqual(entry["request"]["body"], "an attack \u00e9")
        self.assertEqual(entry["messages"][0]["details"]["ruleId"], "9")
        self.assertEqual(len(entries(self.audit)), 1)


class Rotation(AuditCase):
    def load(self, seconds, stop):
        """Requests that are logged, one after the other; how many were answered."""
        done = 0
        with Client(self.port) as client:
            while not stop.is_set():
                client.ask(get(f"/?a=attack&n={done}"))
                done += 1
        return done

    def under_load(self, clients, action):
        """Runs `action` while clients send requests; how many there were."""
        stop, counts = threading.Event(), []
        threads = [threading.Thread(target=lambda: counts.append(self.load(None, stop))) for _ in range(clients)]
        for thread in threads:
            thread.start()
        try:
            action()
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.assertEqual(len(counts), clients)
        return sum(counts)

    HTTP = "waf_rules_file r.conf; waf_audit_log audit.log; server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; } }"

    def test_rotation_loses_nothing(self):
        self.start(self.HTTP)
        old = []

        def rotate():
            for number in range(5):
                time.sleep(0.3)
                moved = self.gateway.folder / f"audit.log.{number}"
                os.rename(self.audit, moved)
                old.append(moved)
                self.gateway.signal(signal.SIGUSR1)
                until(self.audit.exists, "a new file")

        once(self.port, get("/?a=attack&n=first"))
        self.wait_for(1)
        sent = self.under_load(3, rotate) + 1
        until(lambda: sum(len(entries(path, True)) for path in [*old, self.audit]) >= sent, "all lines")
        logged = [entry["unique_id"] for path in [*old, self.audit] for entry in entries(path)]
        self.assertEqual(len(logged), sent)
        self.assertEqual(len(set(logged)), sent)
        self.assertEqual(self.gateway.counters()["log_lines_dropped"], 0)
        self.assertGreater(len([path for path in old if path.stat().st_size]), 2)

    def test_a_master_that_stands_still(self):
        """Workers go on; what has no room is counted, and every line is in the file or in the count."""
        self.start(self.HTTP)
        once(self.port, get("/?a=attack"))
        self.wait_for(1)

        def stop_master():
            self.gateway.signal(signal.SIGSTOP)
            try:
                # Two seconds, and as many lines as no ring holds.
                end = time.monotonic() + 2
                until(lambda: time.monotonic() > end and len(answered) > 400, "requests without the master", seconds=60)
            finally:
                self.gateway.signal(signal.SIGCONT)

        big = "x" * 16_000
        answered = []
        load = self.load

        def heavy(seconds, stop):
            done = 0
            with Client(self.port) as client:
                while not stop.is_set():
                    self.assertEqual(client.ask(get(f"/?a=attack&n={big}")).status, 403)
                    done += 1
                    answered.append(done)
            return done

        self.load = heavy
        sent = self.under_load(2, stop_master) + 1
        self.load = load
        until(lambda: len(entries(self.audit, True)) + self.gateway.counters()["log_lines_dropped"] >= sent, "all accounted for")
        dropped = self.gateway.counters()["log_lines_dropped"]
        self.assertGreater(dropped, 0)
        self.assertEqual(len(entries(self.audit)) + dropped, sent)
        once(self.port, get("/?a=attack&n=afterwards"))
        until(lambda: entries(self.audit, True)[-1]["request"]["uri"].endswith("afterwards"), "lines go on")

    def test_a_killed_worker_leaves_its_lines(self):
        self.start(self.HTTP, workers=1)
        pid = self.gateway.worker_pids()[0]
        with Client(self.port) as client:
            for _ in range(50):
                client.ask(get("/?a=attack"))
            self.gateway.signal(signal.SIGSTOP)
            # The last answer may leave before its line: one more tells that the others are there.
            for _ in range(51):
                client.ask(get("/?a=attack"))
            self.gateway.restarted.append(pid)
            os.kill(pid, signal.SIGKILL)
            self.gateway.signal(signal.SIGCONT)
        before = len(self.wait_for(100))
        self.assertIn(before, (100, 101))
        until(self.gateway.is_serving, "a new worker")
        once(self.port, get("/?a=attack&n=next"))
        until(lambda: entries(self.audit, True)[-1]["request"]["uri"].endswith("next"), "the new worker's line")

    def test_the_rest_is_written_at_the_end(self):
        for number in (signal.SIGQUIT, signal.SIGTERM):
            with self.subTest(number):
                self.start(self.HTTP)
                with Client(self.port) as client:
                    for _ in range(200):
                        client.ask(get("/?a=attack"))
                self.gateway.signal(number)
                self.assertEqual(self.gateway.process.wait(10), 0)
                self.assertEqual(len(entries(self.audit)), 200)

    def test_a_reload_adds_files(self):
        self.start(self.HTTP)
        self.gateway.configure(self.HTTP.replace("audit.log", "second.log").replace("%BACKEND%", self.backend.address))
        self.gateway.reload()
        once(self.port, get("/?a=attack"))
        self.assertEqual(len(self.wait_for(1, self.gateway.folder / "second.log")), 1)

    def test_a_file_that_can_not_be_opened_refuses_the_reload(self):
        self.start(self.HTTP)
        generation = self.gateway.status()["generation"]
        self.gateway.configure(self.HTTP.replace("audit.log", "no/such/folder/a.log").replace("%BACKEND%", self.backend.address))
        answer = self.gateway.ask("reload")
        self.assertIn("no/such/folder", json.dumps(answer))
        self.assertEqual(self.gateway.status()["generation"], generation)


if __name__ == "__main__":
    unittest.main()
