"""Pipelines: chains of stages that requests, answers and messages go through, in the order of the
configuration."""

import shutil
import subprocess
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from support import websocket
from support.backend import answer, reflected
from support.case import GatewayCase
from support.gateway import Gateway
from support.http import Client
from support.waiting import until
from support.websocket import TEXT, WebSocketClient, frame

RULES = """
SecRuleEngine On
SecRequestBodyAccess On
SecResponseBodyAccess On
SecRule ARGS "@contains ruled" "id:1,phase:2,deny,status:418,log,msg:'ruled'"
SecRule ARGS "@contains pause" "id:2,phase:1,pass,nolog"
SecRule RESPONSE_BODY "@contains leak" "id:3,phase:4,deny,status:503,log,msg:'leak'"
"""

SQL = "1%27%20or%20%271%27=%271"
# The same, percent-encoded once more.
SQL_TWICE = "1%2527%20or%20%25271%2527=%25271"
SCRIPT = "%3Cscript%3Ealert(1)%3C/script%3E"

HTTP = """
pipeline plain { sqli; xss; }
pipeline normal { normalise; sqli; }
pipeline late { sqli; normalise; }
pipeline forwarded { normalise forward=on; }
pipeline rules { rulesource own r.conf; rules own; log error; }
pipeline lists { acl deny=@denied.txt allow=127.0.0.9 method=GET,POST deny-path=/lists/secret deny-path=~\\.bak$ deny-header=User-Agent:~nikto; }
pipeline only { acl allow=127.0.0.9; }
pipeline reactions { sqli action=log; xss action=close; }
pipeline branches { parallel { sqli action=log; xss status=451; } log error; }
pipeline order { schema s.json; }
pipeline quiet { log audit; }
server {
    listen %LISTEN%;
    waf_audit_log audit.log;
    location / { proxy_pass http://%BACKEND%; }
    location /plain { pipeline plain; proxy_pass http://%BACKEND%; }
    location /detect { pipeline plain; waf detect; proxy_pass http://%BACKEND%; }
    location /off { pipeline plain; waf off; proxy_pass http://%BACKEND%; }
    location /normal { pipeline normal; proxy_pass http://%BACKEND%; }
    location /late { pipeline late; proxy_pass http://%BACKEND%; }
    location /forwarded { pipeline forwarded; proxy_pass http://%BACKEND%; }
    location /rules { pipeline rules; proxy_pass http://%BACKEND%; }
    location /lists { pipeline lists; proxy_pass http://%BACKEND%; }
    location /only { pipeline only; proxy_pass http://%BACKEND%; }
    location /reactions { pipeline reactions; proxy_pass http://%BACKEND%; }
    location /branches { pipeline branches; proxy_pass http://%BACKEND%; }
    location /order { pipeline order; proxy_pass http://%BACKEND%; }
    location /quiet { pipeline quiet; proxy_pass http://%BACKEND%; }
}
"""


@websocket.echo_or
def script(head, body):
    """Reflects requests; /rules/leak is answered with what phase 4 forbids."""
    is_leak = head.line.split(" ")[1].startswith("/rules/leak")
    return answer(b"a leak" if is_leak else head.raw + body, "Content-Type: text/plain\r\n")


class PipelineCase(GatewayCase):
    http = HTTP
    files = {
        "r.conf": RULES, "denied.txt": "# kept out\n127.0.0.8\n10.0.0.0/8 # and these\n",
        "s.json": '{"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}'}
    workers = 1
    script = staticmethod(script)

    def status(self, request):
        with Client(self.port) as client:
            client.send(request)
            return client.response().status

    def get(self, target, fields="", method="GET"):
        return self.status(f"{method} {target} HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode())

    def post(self, target, body, kind="application/x-www-form-urlencoded"):
        return self.status(
            f"POST {target} HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())


class Requests(PipelineCase):
    def test_detectors_without_rules(self):
        self.assertEqual(self.get("/plain?a=harmless"), 200)
        self.assertEqual(self.get(f"/plain?a={SQL}"), 403)
        self.assertEqual(self.get(f"/plain?a={SCRIPT}"), 403)
        self.assertEqual(self.get(f"/plain?{SCRIPT}=a"), 403)
        self.assertEqual(self.post("/plain", f"a={SQL}"), 403)
        self.assertEqual(self.post("/plain", '{"a":["1\' or \'1\'=\'1"]}', "application/json"), 403)
        self.assertEqual(self.get("/plain", "Cookie: a=1' or '1'='1\r\n"), 403)
        log = self.gateway.log()
        self.assertIn('stopped by stage "sqli" of pipeline "plain": SQL injection in the argument "a"', log)
        self.assertIn('stopped by stage "xss" of pipeline "plain": cross-site scripting in the name of', log)
        self.assertIn('SQL injection in the cookie "a"', log)

    def test_detect_and_off(self):
        self.assertEqual(self.get(f"/detect?a={SQL}"), 200)
        self.assertIn('would be stopped by stage "sqli" of pipeline "plain"', self.gateway.log())
        self.assertEqual(self.get(f"/off?a={SQL}"), 200)
        self.assertEqual(self.get(f"/?a={SQL}"), 200)

    def test_order_decides_what_is_seen(self):
        self.assertEqual(self.get(f"/normal?a={SQL_TWICE}"), 403)
        self.assertEqual(self.get(f"/late?a={SQL_TWICE}"), 200)
        self.assertEqual(self.post("/normal", f"a={SQL_TWICE}"), 403)
        self.assertEqual(self.post("/late", f"a={SQL_TWICE}"), 200)

    def test_edits_are_forwarded_only_when_the_stage_says_so(self):
        for location, expected in [("/normal", "%2541"), ("/forwarded", "%41")]:
            with Client(self.port) as client:
                client.send(f"GET {location}?a=%2541 HTTP/1.1\r\nHost: a\r\n\r\n".encode())
                self.assertEqual(reflected(client.response()).line, f"GET {location}?a={expected} HTTP/1.1")
                body = "b=%2542"
                client.send(
                    f"POST {location} HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
                response = client.response()
                content = response.body.partition(b"\r\n\r\n")[2]
                self.assertEqual(content, b"b=%2542" if location == "/normal" else b"b=%42")

    def test_rules_are_a_stage(self):
        self.assertEqual(self.get("/rules?a=fine"), 200)
        self.assertEqual(self.get("/rules?a=ruled"), 418)
        self.assertEqual(self.post("/rules", "a=ruled"), 418)
        self.assertEqual(self.post("/rules", "a=" + "x" * 100_000 + "ruled"), 418)
        self.assertEqual(self.post("/rules", "a=" + "x" * 100_000), 200)
        self.assertEqual(self.get("/rules/leak"), 503)
        self.assertIn('[id "1"]', self.gateway.log())

    def test_lists(self):
        self.assertEqual(self.get("/lists/x"), 200)
        self.assertEqual(self.get("/lists/x", method="DELETE"), 403)
        self.assertEqual(self.get("/lists/secret/x"), 403)
        self.assertEqual(self.get("/lists/a.BAK"), 403)
        self.assertEqual(self.get("/lists/x", "User-Agent: Nikto/2\r\n"), 403)
        self.assertEqual(self.get("/only"), 403)

    def test_lists_by_address(self):
        for source, status in [("127.0.0.8", 403), ("127.0.0.9", 200), ("127.0.0.10", 200)]:
            with Client(self.port, source=source) as client:
                client.send(b"GET /lists/x HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertEqual(client.response().status, status, source)
        with Client(self.port, source="127.0.0.9") as client:
            client.send(b"GET /only HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertEqual(client.response().status, 200)

    def test_lists_are_read_again_on_reload(self):
        self.gateway.write("denied.txt", "127.0.0.7\n")
        try:
            self.gateway.reload()
            for source, status in [("127.0.0.8", 200), ("127.0.0.7", 403)]:
                with Client(self.port, source=source) as client:
                    client.send(b"GET /lists/x HTTP/1.1\r\nHost: a\r\n\r\n")
                    self.assertEqual(client.response().status, status, source)
        finally:
            self.gateway.write("denied.txt", self.files["denied.txt"])
            self.gateway.reload()

    def test_reactions(self):
        self.assertEqual(self.get(f"/reactions?a={SQL}"), 200)
        self.assertIn('noted by stage "sqli" of pipeline "reactions"', self.gateway.log())
        with Client(self.port) as client:
            client.send(f"GET /reactions?a={SCRIPT} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            self.assertTrue(client.is_closed())

    def test_branches(self):
        self.assertEqual(self.get(f"/branches?a={SQL}"), 200)
        self.assertEqual(self.get(f"/branches?a={SQL}&b={SCRIPT}"), 451)
        until(lambda: "sqli.found=SQL injection" in self.gateway.log(), "the tags are in the log")

    def test_schema(self):
        self.assertEqual(self.post("/order", '{"id":3}', "application/json"), 200)
        self.assertEqual(self.post("/order", '{"id":"3"}', "application/json"), 403)
        self.assertEqual(self.post("/order", "no json", "application/json"), 403)

    def test_demanded_audit_entry(self):
        self.get("/quiet/shown")
        path = self.gateway.folder / "audit.log"
        until(lambda: path.exists() and "/quiet/shown" in path.read_text(), "an entry though nothing matched")

    def test_keep_alive_and_pipelining(self):
        with Client(self.port) as client:
            client.send(
                f"GET /plain?a=1 HTTP/1.1\r\nHost: a\r\n\r\nGET /rules?a=ruled HTTP/1.1\r\nHost: a\r\n\r\n"
                f"GET /plain?a={SQL} HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            self.assertEqual([client.response().status for _ in range(4)], [200, 418, 403, 200])


class Messages(PipelineCase):
    def test_detectors_on_messages(self):
        for text, passes in [(b"hello", True), (b'{"a":"<script>alert(1)</script>"}', False), (b"1' or '1'='1", False)]:
            with WebSocketClient(self.port, "/plain") as client:
                client.send(frame(TEXT, text))
                if passes:
                    self.assertEqual(client.frame().payload, text)
                else:
                    self.assertEqual(client.close_code(), 1008)
        self.assertIn('message stopped by stage "xss" of pipeline "plain"', self.gateway.log())

    def test_rules_and_detect(self):
        with WebSocketClient(self.port, "/rules") as client:
            client.send(frame(TEXT, b"fine"))
            self.assertEqual(client.frame().payload, b"fine")
            client.send(frame(TEXT, b"x" * 60_000))
            self.assertEqual(len(client.frame().payload), 60_000)
            client.send(frame(TEXT, b"x" * 60_000 + b"ruled"))
            self.assertEqual(client.close_code(), 1008)
        with WebSocketClient(self.port, "/detect") as client:
            client.send(frame(TEXT, b"1' or '1'='1"))
            self.assertEqual(client.frame().payload, b"1' or '1'='1")

    def test_schema_of_messages(self):
        with WebSocketClient(self.port, "/order") as client:
            client.send(frame(TEXT, b'{"id":1}'))
            self.assertEqual(client.frame().payload, b'{"id":1}')
            client.send(frame(TEXT, b'{"id":"x"}'))
            self.assertEqual(client.close_code(), 1008)


class Remote(GatewayCase):
    """A stage asks the cluster: its verdict counts at its place in the chain."""

    http = """
    pipeline ask { sqli; remote /risk; log error; }
    server {
        listen %LISTEN%;
        location = /risk { proxy_pass http://127.0.0.1:%RISK%/judge; }
        location / { pipeline ask; proxy_pass http://%BACKEND%; }
    }
    """
    workers = 1
    script = staticmethod(script)

    @classmethod
    def setUpClass(cls):
        seen = cls.seen = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def judge(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                seen.append((self.headers["X-WAF-Event"], body, self.path))
                level = 2 if b"urgent" in body or "urgent" in str(self.headers) or "urgent" in self.path else 1
                self.send_response(200)
                self.send_header("X-WAF-Level", str(level))
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST = judge

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        cls.http = cls.http.replace("%RISK%", str(server.server_port))
        super().setUpClass()

    def get(self, target):
        with Client(self.port) as client:
            client.send(f"GET {target} HTTP/1.1\r\nHost: a\r\nX-Note: {target}\r\n\r\n".encode())
            return client.response().status

    def test_requests(self):
        self.seen.clear()
        self.assertEqual(self.get("/x"), 200)
        self.assertEqual(len(self.seen), 1)
        self.assertEqual(self.get("/x?urgent"), 403)
        # Stopped before anybody is asked.
        self.assertEqual(self.get(f"/x?a={SQL}"), 403)
        self.assertEqual(len(self.seen), 2)
        self.assertEqual(self.get("/risk"), 404)

    def test_messages(self):
        with WebSocketClient(self.port, "/chat") as client:
            self.seen.clear()
            client.send(frame(TEXT, b"one") + frame(TEXT, b"two"))
            self.assertEqual([client.frame().payload for _ in range(2)], [b"one", b"two"])
            # Both directions, in order.
            self.assertEqual(
                [body for event, body, _ in self.seen if event == "message"].count(b"one"), 2)
            client.send(frame(TEXT, b"urgent"))
            self.assertEqual(client.close_code(), 1008)


class Refused(unittest.TestCase):
    """Chains that make no sense are told of with their lines, and nothing is started."""

    def fault(self, pipeline, location="pipeline p;"):
        gateway = Gateway(pipeline + "\nserver { listen %LISTEN%; location / { " + location + " } }")
        try:
            result = subprocess.run([*gateway.arguments, "-t"], capture_output=True, text=True, timeout=30)
            return result.returncode, result.stderr
        finally:
            shutil.rmtree(gateway.folder)

    def test_faults(self):
        for pipeline, expected in [
            ("pipeline p { sqly; }", 'unknown stage "sqly"'),
            ("pipeline p { sqli action=maybe; }", "action=maybe: expected block, log, drop or close"),
            ("pipeline p { sqli speed=3; }", 'unknown argument "speed="'),
            ("pipeline p { cc rate=1r/s; }", "missing key="),
            ("pipeline p { cc key=$nobody rate=1r/s; }", 'unknown variable "$nobody"'),
            ("pipeline p { cc key=$remote_addr rate=fast; }", "rate=fast: expected a rate such as 100r/s"),
            ("pipeline p { acl deny=10.0.0.0/99; }", "10.0.0.0/99"),
            ("pipeline p { acl deny=@missing.txt; }", "missing.txt: can not be read"),
            ("pipeline p { acl deny=country:DE; }", "needs geoip=FILE"),
            ("pipeline p { acl deny-path=~(; }", "deny-path"),
            ("pipeline p { log; sqli; }", 'stands behind "log"'),
            ("pipeline p { rules; rules; }", "may stand once in a pipeline"),
            ("pipeline p { sqli { xss; } }", 'expected a stage and ";"'),
            ("pipeline p { sqli; } pipeline p { xss; }", "duplicate"),
            ("pipeline q { sqli; }", "perhaps \"q\""),
            ("pipeline p { sqli timeout=soon; }", "timeout=soon: expected a time"),
            ("pipeline p { schema none.json; }", "none.json"),
        ]:
            with self.subTest(pipeline=pipeline):
                code, text = self.fault(pipeline)
                self.assertEqual(code, 1, text)
                self.assertIn("wafd.conf:", text)
                self.assertIn(expected, text)

    def test_warnings(self):
        code, text = self.fault("pipeline p { remote /x; acl deny=10.0.0.1; }")
        self.assertEqual(code, 0, text)
        self.assertIn('"acl" acts on request headers, before "remote"', text)


if __name__ == "__main__":
    unittest.main()
