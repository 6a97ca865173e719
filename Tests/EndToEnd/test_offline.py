"""waf-ctl rules and waf-ctl run: the running gateway's rules and files, one renderer, exit statuses 0 to 3."""

import base64
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from support.case import GatewayCase
from support.gateway import ROOT, WAF_CTL
from support.http import Client, chunked, get, post

KIT = pathlib.Path(os.environ.get("WAFD_CONFORMANCE_KIT", ROOT / "../shared/conformance"))

RULES = """
SecRequestBodyNoFilesLimit 2000
SecAction "id:900,phase:1,nolog,pass,setvar:tx.score=0"
SecRule ARGS|!ARGS:free "@rx (?i)attack" "id:1000,phase:2,pass,t:none,t:urlDecodeUni,t:lowercase,\\
    severity:CRITICAL,tag:'attack-test',msg:'attack in %{MATCHED_VAR_NAME}',setvar:'tx.score=+5'"
SecRule TX:score "@ge 5" "id:1001,phase:2,deny,status:403,msg:'score %{tx.score}'"
SecRule REQUEST_HEADERS:X-Test "@pm evil bad" "id:1002,phase:1,deny,status:406,chain"
    SecRule REQUEST_METHOD "@streq GET" "t:none"
SecRule REQUEST_METHOD "@streq PUT" "id:1003,phase:1,redirect:http://other.example/,status:302"
SecRuleUpdateTargetById 1000 "!ARGS:also"
"""


def waf_ctl(*arguments):
    return subprocess.run([WAF_CTL, *map(str, arguments)], capture_output=True, text=True, timeout=400)


class Folder(unittest.TestCase):
    """Tests that write files."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wafd-offline-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


class RulesInForce(GatewayCase):
    http = """
    server {
        listen %LISTEN%; server_name shop.example; waf_rules_file r.conf;
        location / { proxy_pass http://%BACKEND%; }
        location /own { waf_rules_file own.conf; proxy_pass http://%BACKEND%; }
    }
    """
    files = {"r.conf": RULES, "own.conf": 'SecRule ARGS:own "@streq 1" "id:100,phase:2,deny,status:418"\n'}
    workers = 1

    def offline(self, *arguments):
        return waf_ctl("rules", *arguments, "--rules", self.gateway.folder / "r.conf")

    def test_one_renderer(self):
        for arguments in (("list",), ("show", "1000"), ("show", "1002"), ("list", "--tag", "attack-*"),
                          ("list", "--phase", "1"), ("list", "--json"), ("show", "1000", "--json")):
            with self.subTest(arguments):
                told = self.gateway.control("rules", *arguments, "--set", "0")
                self.assertEqual((told.returncode, told.stderr), (0, ""))
                self.assertEqual(told.stdout, self.offline(*arguments).stdout)
                by_configuration = waf_ctl("rules", *arguments, "-p", self.gateway.folder, "-c", "wafd.conf", "--set", "0")
                self.assertEqual(by_configuration.stdout, told.stdout)

    def test_a_list(self):
        told = self.gateway.control("rules", "list", "--location", "shop.example/x")
        self.assertIn("1000      2  CRITICAL      1  ", told.stdout)
        self.assertTrue(told.stdout.endswith("\n5 of 5 rules\n"), told.stdout)
        listed = json.loads(self.gateway.control("rules", "list", "--id", "1000-1001", "--set", "0", "--json").stdout)
        self.assertEqual([rule["id"] for rule in listed["rules"]], [1000, 1001])
        self.assertEqual(listed["totals"]["chains"], 1)

    def test_a_rule(self):
        told = self.gateway.control("rules", "show", "1000", "--set", "0").stdout
        self.assertIn("exclusions      ARGS:free, ARGS:also\n", told)
        self.assertIn("transformations urlDecodeUni (node 1), lowercase (node 2)\n", told)
        self.assertIn("walked by       phase 2, as 1 of 2\n", told)

    def test_unknown_id(self):
        for source in (["--set", "0"], ["--rules", str(self.gateway.folder / "r.conf")]):
            told = self.gateway.control("rules", "show", "1234", *source)
            self.assertEqual((told.returncode, told.stdout), (1, ""))
            self.assertIn("no rule 1234; the next ids are 1001, 1002, 1003", told.stderr)

    def test_several_sets(self):
        told = self.gateway.control("rules", "list")
        self.assertEqual(told.returncode, 1)
        self.assertIn("there are 2 rule sets", told.stderr)
        self.assertIn("rule set 1: server shop.example, location /own", told.stderr)
        told = self.gateway.control("rules", "show", "100", "--location", "/own/x")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertEqual(self.gateway.control("rules", "list", "--set", "2").returncode, 1)

    def test_the_list_has_pages(self):
        answer = self.gateway.ask("rules", set="0", **{"from": "3"})
        self.assertEqual([rule["id"] for rule in answer["rules"]], [1002, 1003])
        self.assertIsNone(answer["next"])
        self.assertEqual(self.gateway.ask("rules", set="0", **{"from": "99"})["rules"], [])
        self.assertFalse(self.gateway.ask("rules", set="x")["ok"])
        self.assertFalse(self.gateway.ask("rule", set="0")["ok"])

    def test_as_the_gateway_judges(self):
        """The same bytes get the same status from the gateway and from `run`."""
        form = "Content-Type: application/x-www-form-urlencoded\r\n"
        rows = [
            ("clean", get("/?a=1")), ("attack", get("/?a=an+attack")), ("excluded", get("/?free=attack")),
            ("encoded", get("/?a=%2561ttack")), ("twice", get("/?a=attack&b=attack")),
            ("chain", get(fields="X-Test: EVIL\r\n")), ("redirection", b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"),
            ("form", post(b"x=1&y=attack")),
            ("chunks", b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + form.encode() + b"\r\n"
             + chunked(b"x=at", b"ta", b"ck")),
            ("own rules", get("/own?own=1")), ("parent's rules", get("/own?a=attack")),
            ("too long for the rules", post(b"x=" + b"y" * 2_001)),
            ("bare line feed", b"GET / HTTP/1.1\nHost: a\n\n"), ("no host", b"GET / HTTP/1.1\r\n\r\n"),
            ("bad host", b"GET /?a=attack HTTP/1.1\r\nHost: a b\r\n\r\n"),
            ("two lengths", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
            ("above the root", get("/../x")), ("bad escape", get("/%zz")),
            ("bad version", b"GET / HTTP/2.7\r\nHost: a\r\n\r\n"),
            ("handshake without key", get(fields="Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")),
            ("bad chunk", b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + form.encode() + b"\r\nzz\r\n"),
        ]
        for name, wire in rows:
            with self.subTest(name), tempfile.NamedTemporaryFile() as file:
                file.write(wire)
                file.flush()
                client = Client(self.port)
                client.send(wire)
                status = client.take_head().status
                client.close()
                told = waf_ctl("run", file.name, "--json", "-c", self.gateway.folder / "wafd.conf")
                report = json.loads(told.stdout)["exchanges"][0]
                self.assertEqual(report["status"] or 200, status, report)


class Verify(Folder):
    def test_valid(self):
        path = self.write("r.conf", RULES)
        told = waf_ctl("rules", "verify", path)
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn("1 file valid\n4 rules, 1 action, 1 chain, 0 markers\n", told.stdout)
        parsed = json.loads(waf_ctl("rules", "verify", self.folder / "*.conf", "--json").stdout)
        self.assertEqual((parsed["ok"], parsed["totals"]["rules"]), (True, 4))

    def test_invalid(self):
        path = self.write("r.conf", 'SecRule ARGZ "x" "id:1"\nSecRuleEngin On\n')
        told = waf_ctl("rules", "verify", path)
        self.assertEqual((told.returncode, told.stdout), (1, ""))
        self.assertIn(f"{path}:1:9: error: unknown variable `ARGZ`, did you mean `ARGS`?\n", told.stderr)
        self.assertIn('SecRule ARGZ "x" "id:1"\n        ^~~~\n', told.stderr)
        self.assertIn(f"{path}:2:1: error: ", told.stderr)
        self.assertEqual(json.loads(waf_ctl("rules", "verify", path, "--json").stdout)["ok"], False)

    def test_no_such_file(self):
        self.assertEqual(waf_ctl("rules", "verify", self.folder / "none.conf").returncode, 1)
        told = waf_ctl("rules", "verify", self.folder / "*.none")
        self.assertEqual(told.returncode, 1)
        self.assertIn("no file matches", told.stderr)


class Directives(unittest.TestCase):
    def test_text_and_json(self):
        told = waf_ctl("config", "directives", "rules_file")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertTrue(told.stdout.startswith("waf_rules_file FILE | PATTERN | off;\n    files of SecLang rules"), told.stdout)
        self.assertIn("in: http, server, location\n", told.stdout)
        rows = json.loads(waf_ctl("config", "directives", "--json").stdout)["directives"]
        self.assertGreater(len(rows), 30)
        self.assertTrue(all(row["help"] and row["contexts"] for row in rows))
        self.assertEqual(waf_ctl("config", "directives", "no_such").returncode, 1)


class Run(Folder):
    def setUp(self):
        super().setUp()
        self.rules = self.write("r.conf", RULES)

    def run_files(self, *arguments):
        return waf_ctl("run", *arguments, "--rules", self.rules)

    def test_attack_and_expectation(self):
        path = self.write("q.http", get("/?a=an+attack"))
        told = self.run_files(path)
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        self.assertIn("  1000  phase 2  CRITICAL  attack in ARGS:a\n      ARGS:a = \"an attack\"\n"
                      "      +5 tx.score = 5\n", told.stdout)
        self.assertIn("  verdict: block, status 403, by rule 1001 in phase 2\n", told.stdout)
        self.assertEqual(self.run_files(path, "--expect", "block").returncode, 0)
        told = self.run_files(path, "--expect", "pass")
        self.assertEqual((told.returncode, "expected: pass" in told.stdout), (1, True))

    def test_collections_hold_over_the_requests_of_a_run(self):
        rules = self.write(
            "counting.conf",
            'SecAction "id:1,phase:1,nolog,pass,initcol:ip=%{REMOTE_ADDR},setvar:ip.count=+1"\n'
            'SecRule IP:count "@ge 3" "id:2,phase:1,deny,status:429,msg:\'too many\'"\n')
        path = self.write("q.http", get("/?a=b"))
        first = waf_ctl("run", path, path, "--json", "--rules", rules)
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertNotIn("too many", first.stdout)
        self.assertIn("too many", waf_ctl("run", path, path, path, "--json", "--rules", rules).stdout)

    def test_response(self):
        rules = self.write("s.conf", 'SecRule RESPONSE_BODY "@contains leak" "id:1,phase:4,deny,status:502"\n')
        request = self.write("q.http", get())
        response = self.write("a.http", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\na leak")
        for arguments in ((request, response), (request, "--response", response)):
            told = waf_ctl("run", *arguments, "--rules", rules)
            self.assertIn("verdict: block, status 502, by rule 1 in phase 4", told.stdout, told.stderr)

    def test_har(self):
        body = base64.b64encode(b"x=attack").decode()
        entries = [
            {"request": {"method": "GET", "url": "https://a.example/?b=1", "httpVersion": "h2", "headers": []},
             "response": {"status": 200, "statusText": "", "headers": [], "content": {}}},
            {"request": {"method": "POST", "url": "https://a.example/", "httpVersion": "HTTP/1.0", "headers": [
                {"name": "Content-Type", "value": "application/x-www-form-urlencoded"}],
                "postData": {"mimeType": "application/x-www-form-urlencoded", "text": body, "encoding": "base64"}}},
        ]
        path = self.write("h.har", json.dumps({"log": {"entries": entries}}))
        told = self.run_files(path, "--json", "--client", "2001:db8::1")
        self.assertEqual(told.returncode, 0, told.stderr)
        exchanges = json.loads(told.stdout)["exchanges"]
        self.assertEqual([exchange["outcome"] for exchange in exchanges], ["pass", "block"])
        self.assertEqual([exchange["phases"] for exchange in exchanges], [[1, 2, 3, 4, 5], [1, 2, 5]])
        self.assertEqual(exchanges[1]["matches"][1]["links"][0]["value"], "attack")
        self.assertEqual(exchanges[0]["client"], "2001:db8::1")

    def test_broken_files(self):
        good = self.write("good.http", get())
        for name, content, message in (
            ("head.http", b"GET / HTTP/1.1\r\nHost: a\r\n", "head.http:3: error: the file ends inside a head"),
            ("har.har", b'{"log":\n x}', "har.har:2:2: error: unexpected byte 120"),
            ("empty.http", b"", "empty.http: error: the file is empty"),
        ):
            told = self.run_files(good, self.write(name, content))
            self.assertEqual(told.returncode, 1)
            self.assertIn(message, told.stderr)
            self.assertIn("1 exchange: 1 pass, 0 block", told.stdout)
        told = self.run_files(self.folder / "none.http")
        self.assertEqual((told.returncode, "can not read" in told.stderr), (1, True))

    def test_written_by_hand(self):
        path = self.write("q.http", "POST /?a=1 HTTP/1.1\nHost: a\nContent-Type: application/x-www-form-urlencoded\n\nb=attack\n")
        self.assertIn("the gateway itself answers 400: bare_line_feed", self.run_files(path).stdout)
        self.assertIn("by rule 1001", self.run_files(path, "--repair").stdout)

    def test_exit_statuses(self):
        path = self.write("q.http", get())
        nobody = self.folder / "nobody.sock"
        for status, arguments in (
            (2, ["run", path]), (2, ["run", "--rules", self.rules]), (2, ["run", path, "--rules", self.rules, "--expect", "x"]),
            (2, ["run", path, "--rules", self.rules, "--client", "nowhere"]), (2, ["rules", "show", "x"]),
            (2, ["rules", "list", "--id", "9-1"]), (2, ["rules", "verify"]),
            (2, ["rules", "list", "--rules", self.rules, "-c", self.rules]),
            (1, ["run", path, "--rules", self.folder / "none.conf"]), (1, ["run", path, "-c", self.folder / "none.conf"]),
            (3, ["rules", "list", "--socket", nobody]), (3, ["--socket", nobody, "rules", "show", "1"]),
        ):
            with self.subTest(arguments):
                told = waf_ctl(*arguments)
                self.assertEqual(told.returncode, status, told.stderr)
                self.assertTrue(told.stderr)

    @unittest.skipUnless((KIT / "crs/rules").is_dir(), "no conformance kit")
    def test_core_rule_set(self):
        crs = KIT / "crs"
        engine = self.write("engine.conf", "SecRuleEngine On\n")
        rules = ["--rules", crs / "crs-setup.conf.example", crs / "rules/*.conf", engine]
        browser = (b"Host: shop.example\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html\r\n\r\n")
        clean = self.write("clean.http", b"GET /search?q=summer+shoes HTTP/1.1\r\n" + browser)
        attack = self.write("attack.http", b"GET /search?q=x'+UNION+SELECT+password+FROM+users--+- HTTP/1.1\r\n" + browser)
        told = waf_ctl("run", clean, attack, "--json", *rules)
        self.assertEqual(told.returncode, 0, told.stderr)
        passed, report = json.loads(told.stdout)["exchanges"]
        self.assertEqual((passed["outcome"], passed["decision"], passed["phases"]), ("pass", None, [1, 2, 5]))
        logged = [match["id"] for match in report["matches"] if match["logged"]]
        self.assertIn(942100, logged)
        self.assertEqual((report["decision"]["rule"], report["status"]), (949110, 403))
        self.assertGreaterEqual(report["scores"]["blocking_inbound_anomaly_score"], 5)
        told = waf_ctl("rules", "verify", *rules[1:])
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertRegex(told.stdout, r"\n\d{3} rules, ")


if __name__ == "__main__":
    unittest.main()
