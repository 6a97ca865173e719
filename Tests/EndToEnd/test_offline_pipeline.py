"""waf-ctl run with pipelines, messages and audit lines, and waf-ctl pipeline show."""

import json
import unittest

from support.case import GatewayCase
from support.http import Client
from support.waiting import until
from test_offline import Folder, waf_ctl

CONFIGURATION = """
events { }
http {
    pipeline edge { acl deny=127.0.0.9; normalise; sqli; rules; }
    pipeline late { sqli; normalise; }
    pipeline chat { xss; rules; }
    server {
        listen 127.0.0.1:18080;
        waf_rules_file r.conf;
        location / { pipeline edge; proxy_pass http://127.0.0.1:1; }
        location /chat { pipeline chat; proxy_pass http://127.0.0.1:1; }
        location /plain { proxy_pass http://127.0.0.1:1; }
    }
}
"""
RULES = """
SecRequestBodyAccess On
SecRule ARGS "@contains ruled" "id:7,phase:2,deny,status:418,log,msg:'ruled'"
"""
TWICE = "1%2527%20or%20%25271%2527=%25271"


def request(target, method="GET", body=""):
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"{method} {target} HTTP/1.1\r\nHost: a\r\n{length}\r\n{body}"


class Offline(Folder):
    def setUp(self):
        super().setUp()
        self.configuration = self.write("wafd.conf", CONFIGURATION)
        self.write("r.conf", RULES)

    def run_file(self, content, *arguments, name="request.http"):
        result = waf_ctl("run", self.write(name, content), "-c", self.configuration, "--json", *arguments)
        return result.returncode, json.loads(result.stdout)["exchanges"]

    def test_each_stage_with_its_tags_and_edits(self):
        code, exchanges = self.run_file(request(f"/?a={TWICE}"))
        self.assertEqual(code, 0)
        exchange = exchanges[0]
        self.assertEqual(exchange["pipeline"], "edge")
        names = [stage["stage"] for stage in exchange["stages"]]
        self.assertEqual(names, ["acl", "normalise", "sqli"])
        self.assertEqual(exchange["stages"][1]["edits"], ['target "/?a=1%27%20or%20%271%27=%271"'])
        self.assertEqual(exchange["stages"][2]["result"], 'block with 403, SQL injection in the argument "a"')
        self.assertEqual((exchange["outcome"], exchange["status"], exchange["decision"]["stage"]), ("block", 403, "sqli"))
        self.assertTrue(all(stage["nanoseconds"] > 0 for stage in exchange["stages"]))

    def test_another_order_by_name(self):
        _, exchanges = self.run_file(request(f"/?a={TWICE}"), "--pipeline", "late")
        self.assertEqual(exchanges[0]["outcome"], "pass")
        self.assertEqual([stage["stage"] for stage in exchanges[0]["stages"]], ["sqli", "normalise"] * 2)

    def test_rules_are_a_stage_and_locations_without_a_pipeline_have_none(self):
        for target, pipeline in [("/?a=ruled", "edge"), ("/plain?a=ruled", None)]:
            _, exchanges = self.run_file(request(target))
            exchange = exchanges[0]
            self.assertEqual((exchange["pipeline"], exchange["outcome"], exchange["status"]), (pipeline, "block", 418))
            self.assertEqual(exchange["decision"]["rule"], 7)

    def test_expectations_and_wrong_names(self):
        self.assertEqual(self.run_file(request("/?a=fine"), "--expect", "block")[0], 1)
        self.assertEqual(self.run_file(request("/?a=ruled"), "--expect", "block")[0], 0)
        result = waf_ctl("run", self.write("x.http", request("/")), "-c", self.configuration, "--pipeline", "none")
        self.assertEqual(result.returncode, 1)
        self.assertIn("expected one of edge, late, chat", result.stderr)

    def test_addresses(self):
        _, exchanges = self.run_file(request("/"), "--client", "127.0.0.9")
        self.assertEqual(exchanges[0]["decision"]["stage"], "acl")

    def test_people_can_read_it(self):
        path = self.write("request.http", request(f"/?a={TWICE}"))
        result = waf_ctl("run", path, "-c", self.configuration)
        self.assertIn("pipeline edge", result.stdout)
        self.assertRegex(result.stdout, r"sqli, request headers, [0-9.]+ us: block with 403")

    def test_lines_of_an_audit_log(self):
        lines = "\n".join(
            json.dumps({"transaction": {
                "client_ip": "1.2.3.4", "request": {
                    "method": "POST", "http_version": 1.1, "uri": "/plain",
                    "headers": {"Host": "a", "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "999"},
                    "body": body}}})
            for body in ["a=fine", "a=ruled", "a=\u00e4 ruled"])
        code, exchanges = self.run_file(lines + "\n", name="audit.log")
        self.assertEqual([exchange["outcome"] for exchange in exchanges], ["pass", "block", "block"])
        self.assertEqual(exchanges[1]["name"].split("/")[-1], "audit.log, line 2")
        result = waf_ctl("run", self.write("bad.log", '{"transaction":{"request":{}}}\n'), "-c", self.configuration)
        self.assertEqual(result.returncode, 1)
        self.assertIn("bad.log:1", result.stderr)

    def har(self, target, messages):
        key = "dGhlIHNhbXBsZSBub25jZQ=="
        headers = [("Host", "a"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
                   ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", key)]
        return json.dumps({"log": {"entries": [{
            "request": {"method": "GET", "url": f"http://a{target}", "httpVersion": "HTTP/1.1",
                        "headers": [{"name": name, "value": value} for name, value in headers]},
            "response": {"status": 101, "statusText": "Switching Protocols", "httpVersion": "HTTP/1.1", "headers": [], "content": {}},
            "_webSocketMessages": [
                {"type": kind, "time": 1.5, "opcode": opcode, "data": data} for kind, opcode, data in messages]}]}})

    def test_messages(self):
        messages = [("send", 1, "hello"), ("receive", 1, "hello"), ("send", 2, "AAEC"), ("send", 1, "<script>alert(1)</script>"), ("send", 1, "never")]
        for target, last in [("/chat", "close"), ("/plain", "pass")]:
            _, exchanges = self.run_file(self.har(target, messages), name="session.har")
            notes = exchanges[0]["messages"]
            self.assertEqual(len(notes), 4 if target == "/chat" else 5, notes)
            self.assertEqual([note["direction"] for note in notes[:3]], ["client", "server", "client"])
            self.assertEqual(exchanges[0]["outcome"], "block" if target == "/chat" else "pass")
        self.assertEqual([stage["stage"] for stage in notes[0]["stages"]], [])
        _, exchanges = self.run_file(self.har("/plain", [("send", 1, "ruled")]), name="session.har")
        self.assertEqual(exchanges[0]["messages"][0]["verdict"], "close with 1008 by rule 7")


class Shown(GatewayCase):
    http = """
    pipeline edge { acl deny=127.0.0.9; parallel { sqli; xss; } log error; }
    server { listen %LISTEN%; location / { pipeline edge; proxy_pass http://%BACKEND%; } }
    """

    def test_counters(self):
        for target in ["/a", "/b", "/?a=1%27%20or%20%271%27=%271"]:
            with Client(self.port) as client:
                client.send(request(target).encode())
                client.response()
        with Client(self.port, source="127.0.0.9") as client:
            client.send(request("/").encode())
            self.assertEqual(client.response().status, 403)

        def stages():
            return {stage["stage"]: stage for stage in json.loads(self.gateway.control("pipeline", "show", "--json").stdout)["pipelines"][0]["stages"]}

        until(lambda: stages()["log"]["pushes"] == 4, "all four are over")
        found = stages()
        self.assertEqual((found["acl"]["pushes"], found["acl"]["blocks"]), (4, 1))
        # With the head of three requests, and with the body of those that went on.
        self.assertEqual((found["sqli"]["pushes"], found["sqli"]["blocks"], found["sqli"]["branch"]), (5, 1, "1"))
        self.assertEqual(found["acl"]["arguments"], ["deny=127.0.0.9"])
        drawn = self.gateway.control("pipeline", "show").stdout
        self.assertIn("+- sqli", drawn)
        self.assertIn("acl deny=127.0.0.9", drawn)


if __name__ == "__main__":
    unittest.main()
