"""waf_target: another is asked about each request, and what it says is done."""

import os
import subprocess
import tempfile
import threading
import time
import unittest

from support import waiting
from support.backend import Backend, answer
from support.case import GatewayCase
from support.gateway import WAFD, Gateway
from support.http import Client, get, once, post

# The sample of the manual, as it stands.
SAMPLE = """
http {
    server {
        waf_target /waf_target_common;
        location = /login { }
        location ~* .(jpg|jpeg)$ { }
        location = /heartbeat { waf_target /waf_target_heartbeat; }
        location = /50x.html { waf_target off; }
        location = /waf_target_common    { proxy_pass http://127.0.0.1:9101$request_uri; }
        location = /waf_target_heartbeat { proxy_pass http://127.0.0.1:9102$request_uri; }
    }
}
"""


def judge(connection):
    """A target: the level that the query asks for, by the field, as JSON or by the status."""
    while True:
        head = connection.request()
        if head is None:
            return
        target = head.line.split()[1]
        if "field=" in target:
            connection.send(answer(fields=f"X-WAF-Level: {target.split('field=')[1][0]}\r\n"))
        elif "json=" in target:
            body = b'{"reasons":["x"], "level": %s}' % target.split("json=")[1][:1].encode()
            connection.send(answer(body, "Content-Type: application/json\r\n"))
        elif "status=" in target:
            connection.send(answer(status=target.split("status=")[1][:3] + " Said"))
        elif "slow" in target:
            time.sleep(1.5)
            connection.send(answer())
        elif "half" in target:
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            return
        elif "lie" in target:
            connection.send(b"SSH-2.0-OpenSSH\r\n")
        elif "silent" in target:
            return
        else:
            connection.send(answer())


class Sample(unittest.TestCase):
    """The sample with its three kinds of location: common, heartbeat, off."""

    @classmethod
    def setUpClass(cls):
        cls.common, cls.heartbeat = Backend(judge), Backend(judge)
        http = SAMPLE.strip()[len("http {"):-1].replace("server {", "server { listen %LISTEN%;", 1)
        http = http.replace("127.0.0.1:9101", cls.common.address).replace("127.0.0.1:9102", cls.heartbeat.address)
        cls.gateway = Gateway(http)
        for part in (cls.common, cls.heartbeat, cls.gateway):
            cls.addClassCleanup(part.stop)
        cls.gateway.start()

    def setUp(self):
        self.common.forget()
        self.heartbeat.forget()

    def asked(self):
        return [head.line.split()[1] for head in self.common.heads], [
            head.line.split()[1] for head in self.heartbeat.heads]

    def test_as_it_stands(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "wafd.conf")
            with open(path, "w") as file:
                file.write(SAMPLE)
            done = subprocess.run([WAFD, "-t", "-c", path, "-p", folder], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("warning", done.stderr)

    def test_who_is_asked(self):
        for path, common, heartbeat in (
                ("/login?a=1", ["/login?a=1"], []), ("/x/photo.JPG", ["/x/photo.JPG"], []),
                ("/heartbeat", [], ["/heartbeat"]), ("/50x.html", [], []), ("/else", ["/else"], [])):
            with self.subTest(path):
                self.setUp()
                self.assertEqual(once(self.gateway.port, get(path)).status, 404)
                self.assertEqual(self.asked(), (common, heartbeat))

    def test_urgent_is_blocked(self):
        self.assertEqual(once(self.gateway.port, get("/login?field=2")).status, 403)
        self.assertEqual(once(self.gateway.port, get("/heartbeat?field=2")).status, 403)
        self.assertEqual(once(self.gateway.port, get("/50x.html?field=2")).status, 404)

    def test_a_target_is_not_there_for_clients(self):
        for path in ("/waf_target_common", "/waf_target_heartbeat?a=b"):
            self.assertEqual(once(self.gateway.port, get(path)).status, 404)
        self.assertEqual(self.asked(), ([], []))


class TargetCase(GatewayCase):
    """A gateway with a target; `%TARGET%` names it, `%DEAD%` a place where nobody listens."""

    @classmethod
    def setUpClass(cls):
        cls.target = Backend(judge)
        cls.addClassCleanup(cls.target.stop)
        dead = f"127.0.0.1:{waiting.free_port()}"
        cls.http = cls.http.replace("%TARGET%", cls.target.address).replace("%DEAD%", dead)
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.target.forget()


class Levels(TargetCase):
    """Every way to say a level, under both failure policies."""

    http = """
    server {
        listen %LISTEN%;
        location = /ask { proxy_pass http://%TARGET%$request_uri; }
        location = /own/ask { proxy_pass http://%TARGET%; }
        location = /mapped/ask { proxy_pass http://%TARGET%/risk; proxy_set_header X-Key secret; }
        location /pass { waf_target /ask; waf_target_timeout 300ms; waf_target_breaker off; proxy_pass http://%BACKEND%; }
        location /block {
            waf_target /ask; waf_target_failure block; waf_target_timeout 300ms; waf_target_breaker off;
            proxy_pass http://%BACKEND%;
        }
        location /detect { waf detect; waf_target /ask; proxy_pass http://%BACKEND%; }
        location /own { waf_target /own/ask; proxy_pass http://%BACKEND%; }
        location /mapped { waf_target /mapped/ask; proxy_pass http://%BACKEND%; }
        location /small { waf_target /ask; waf_target_max_body 10; proxy_pass http://%BACKEND%; }
        location /none { waf_target /no/such; proxy_pass http://%BACKEND%; }
        location /dead-pass { waf_target /dead; waf_target_breaker off; proxy_pass http://%BACKEND%; }
        location /dead-block { waf_target /dead; waf_target_failure block; waf_target_breaker off; proxy_pass http://%BACKEND%; }
        location = /dead { proxy_pass http://%DEAD%; }
    }
    """

    def test_levels(self):
        # What the target says, and what comes of it under pass and under block.
        rows = (
            ("field=1", 200, 200), ("field=2", 403, 403), ("field=0", 200, 403), ("field=7", 200, 403),
            ("json=1", 200, 200), ("json=2", 403, 403), ("json=0", 200, 403),
            ("status=204", 200, 200), ("status=403", 403, 403), ("status=401", 200, 403),
            ("status=429", 200, 403), ("status=500", 200, 403), ("x", 200, 200),
            ("half", 200, 403), ("lie", 200, 403), ("silent", 200, 403), ("slow", 200, 403),
        )
        for said, under_pass, under_block in rows:
            for prefix, want in (("/pass", under_pass), ("/block", under_block)):
                with self.subTest(said=said, location=prefix):
                    began = time.monotonic()
                    self.assertEqual(once(self.port, get(f"{prefix}?{said}")).status, want)
                    self.assertLess(time.monotonic() - began, 1.2)

    def test_nothing_blocked_reaches_the_backend(self):
        for said in ("field=2", "slow", "silent", "status=500"):
            self.backend.forget()
            self.assertEqual(once(self.port, get(f"/block?{said}")).status, 403)
            self.assertEqual(self.backend.heads, [], said)

    def test_nobody_there(self):
        self.assertEqual(once(self.port, get("/dead-pass")).status, 200)
        self.assertEqual(once(self.port, get("/dead-block")).status, 403)
        self.assertEqual(once(self.port, get("/none?field=2")).status, 200)

    def test_detect_passes_and_says_so(self):
        self.assertEqual(once(self.port, get("/detect?field=2")).status, 200)
        waiting.until(lambda: "would block" in self.gateway.log(), "a line in the log")

    def test_what_the_copy_carries(self):
        fields = "Cookie: a=b\r\nX-WAF-Event: forged\r\nX-Real-IP: 9.9.9.9\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
        body = b"name=value&x=1"
        request = post(body, "/mapped/form?q=1", fields)
        self.assertEqual(once(self.port, request).status, 200)
        head = self.target.heads[0]
        self.assertEqual(head.line, "POST /risk HTTP/1.1")
        self.assertEqual(self.target.contents, [body])
        for name, want in (
                ("x-waf-event", ["request"]), ("x-real-ip", ["127.0.0.1"]), ("x-original-uri", ["/mapped/form?q=1"]),
                ("cookie", ["a=b"]), ("x-hop", []), ("x-key", ["secret"]), ("host", [self.target.address]),
                ("x-original-host", ["a.test"]), ("content-length", [str(len(body))]), ("x-waf-truncated", [])):
            self.assertEqual(head.all(name), want, name)
        self.assertEqual(len(head.all("x-waf-transaction")), 1)
        # The backend gets the request itself, whole.
        self.assertEqual(self.backend.contents, [body])
        self.assertEqual(self.backend.heads[-1].all("x-waf-event"), ["forged"])

    def test_without_a_uri_the_target_gets_its_own(self):
        self.assertEqual(once(self.port, get("/own/x?a=1")).status, 200)
        self.assertEqual(self.target.heads[0].line, "GET /own/ask HTTP/1.1")
        self.assertEqual(self.target.heads[0].all("x-original-uri"), ["/own/x?a=1"])

    def test_body_at_the_limit_and_past_it(self):
        for length, truncated in ((10, []), (11, ["1"]), (5_000, ["1"])):
            with self.subTest(length):
                self.setUp()
                body = b"x" * length
                self.assertEqual(once(self.port, post(body, "/small")).status, 200)
                self.assertEqual(self.target.contents, [body[:10]])
                self.assertEqual(self.target.heads[0].all("x-waf-truncated"), truncated)
                self.assertEqual(self.backend.contents, [body])

    def test_pipelined_requests_keep_their_order(self):
        with Client(self.port) as client:
            client.send(get("/pass?field=1&n=1") + get("/pass?field=2&n=2") + get("/pass?field=1&n=3"))
            self.assertEqual([client.response().status for _ in range(3)], [200, 403, 200])

    def test_a_client_that_leaves_takes_its_inquiry_along(self):
        for _ in range(20):
            with Client(self.port) as client:
                client.send(get("/pass?slow"))
                time.sleep(0.01)
        self.assertEqual(once(self.port, get("/pass?field=1")).status, 200)

    def test_many_at_once(self):
        statuses = []

        def ask(number):
            level = 1 + number % 2
            statuses.append((level, once(self.port, get(f"/block?field={level}&n={number}")).status))

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(60)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(set(statuses)), [(1, 200), (2, 403)])
        self.assertEqual(len(statuses), 60)


class Modes(TargetCase):
    """Breaker, cache, sampling and the mode in which nobody waits."""

    workers = 1
    http = """
    upstream pair { server %DEAD%; server %TARGET%; keepalive 4; }
    server {
        listen %LISTEN%; waf_target_timeout 200ms;
        location = /ask { proxy_pass http://%TARGET%$request_uri; }
        location = /pair { proxy_pass http://pair; }
        location /breaker { waf_target /ask; waf_target_breaker 2 500ms; proxy_pass http://%BACKEND%; }
        location /cache { waf_target /ask; waf_target_cache 400ms; proxy_pass http://%BACKEND%; }
        location /key { waf_target /ask; waf_target_cache 10s $http_x_user; proxy_pass http://%BACKEND%; }
        location /sample { waf_target /ask; waf_target_sample 25%; proxy_pass http://%BACKEND%; }
        location /async { waf_target /ask; waf_target_mode async; proxy_pass http://%BACKEND%; }
        location /few { waf_target /ask; waf_target_in_flight 1; waf_target_failure block; proxy_pass http://%BACKEND%; }
        location /few-async { waf_target /ask; waf_target_in_flight 1; waf_target_mode async; proxy_pass http://%BACKEND%; }
        location /pair-of { waf_target /pair; waf_target_failure block; proxy_pass http://%BACKEND%; }
    }
    """

    def test_breaker(self):
        for _ in range(2):
            self.assertEqual(once(self.port, get("/breaker?silent")).status, 200)
        self.target.forget()
        self.assertEqual(once(self.port, get("/breaker?field=2")).status, 200)
        self.assertEqual(self.target.heads, [])
        time.sleep(0.6)
        self.assertEqual(once(self.port, get("/breaker?field=2")).status, 403)
        self.assertEqual(once(self.port, get("/breaker?field=1")).status, 200)
        self.assertEqual(len(self.target.heads), 2)

    def test_cache(self):
        for _ in range(3):
            self.assertEqual(once(self.port, get("/cache?field=2")).status, 403)
        self.assertEqual(len(self.target.heads), 1)
        self.assertEqual(once(self.port, get("/cache?field=1")).status, 200)
        self.assertEqual(len(self.target.heads), 2)
        # A body makes a request like no other.
        for _ in range(2):
            self.assertEqual(once(self.port, post(b"a", "/cache?field=1")).status, 200)
        self.assertEqual(len(self.target.heads), 4)
        time.sleep(0.5)
        self.assertEqual(once(self.port, get("/cache?field=2")).status, 403)
        self.assertEqual(len(self.target.heads), 5)

    def test_cache_key(self):
        self.assertEqual(once(self.port, get("/key?field=2", fields="X-User: a\r\n")).status, 403)
        self.assertEqual(once(self.port, get("/key?field=1", fields="X-User: a\r\n")).status, 403)
        self.assertEqual(once(self.port, get("/key?field=1", fields="X-User: b\r\n")).status, 200)

    def test_sample(self):
        statuses = [once(self.port, get("/sample?field=2")).status for _ in range(20)]
        self.assertEqual(statuses.count(403), 5)
        self.assertEqual(statuses.count(200), 15)

    def test_async_stops_what_follows(self):
        with Client(self.port) as client:
            self.assertEqual(client.ask(get("/async?field=2")).status, 200)
            waiting.until(lambda: client.ask(get("/async?field=1")).status == 403, "the connection is stopped")
        self.assertEqual(once(self.port, get("/async?field=1")).status, 200)

    def test_inquiries_at_the_limit_and_past_it(self):
        with Client(self.port) as first:
            first.send(get("/few?slow"))
            waiting.until(lambda: self.target.heads, "the target is asked")
            self.assertEqual(once(self.port, get("/few?field=1")).status, 403)
            self.assertEqual(len(self.target.heads), 1)
            self.assertEqual(first.response().status, 403)
        self.assertEqual(once(self.port, get("/few?field=1")).status, 200)

    def test_inquiries_that_nobody_waits_for_have_the_limit_too(self):
        for _ in range(5):
            self.assertEqual(once(self.port, get("/few-async?slow")).status, 200)
        waiting.until(lambda: self.target.heads, "the target is asked")
        self.assertEqual(len(self.target.heads), 1)

    def test_a_dead_server_of_an_upstream_is_passed_over(self):
        for _ in range(8):
            self.assertEqual(once(self.port, get("/pair-of")).status, 200)


class Slip(GatewayCase):
    """A wrong name of a target does not close a location to clients."""

    http = """
    server {
        listen %LISTEN%; waf_target /slip;
        location / { proxy_pass http://%BACKEND%; }
        location ~ p$ { proxy_pass http://%BACKEND%; }
    }
    """

    def test_the_site_is_there(self):
        for path in ("/", "/x", "/slip"):
            self.assertEqual(once(self.port, get(path)).status, 200)


class Mistakes(unittest.TestCase):
    """What the configuration refuses, and what it warns of."""

    rows = (
        ("waf_target x;", "a URI"), ("waf_target_sample 101%;", "0% to 100%"), ("waf_target_sample 5;", "0% to 100%"),
        ("waf_target_breaker 0 1s;", "a number of failures"), ("waf_target_breaker 3;", "a number of failures"),
        ("waf_target_cache x;", "a time"), ("waf_target_failure maybe;", "pass"), ("waf_target_timeout 0;", ""),
        ("waf_target_cache 1s $nope;", "nope"),
    )

    def check(self, http):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "wafd.conf")
            with open(path, "w") as file:
                file.write("http {\n" + http + "\n}\n")
            return subprocess.run([WAFD, "-t", "-c", path, "-p", folder], capture_output=True, text=True, timeout=60)

    def test_refused(self):
        for directive, expected in self.rows:
            with self.subTest(directive):
                done = self.check("server {\n" + directive + "\nlocation / { }\n}")
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertRegex(done.stderr, r"wafd\.conf:3:\d+")
                self.assertIn(expected, done.stderr)

    def test_target_that_names_no_location(self):
        done = self.check("server {\nwaf_target /waf_tartget_heartbeat;\nlocation = /x { }\n}")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r'wafd\.conf:3:\d+: warning: waf_target "/waf_tartget_heartbeat" names no location')


if __name__ == "__main__":
    unittest.main()
