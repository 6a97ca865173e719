"""The access log: nginx's forms, one line for every request, whatever became of it."""

import json
import re
import unittest

from support import backend
from support.case import GatewayCase
from support.http import Client, get, once, post
from support.waiting import until

RULES = """
SecRule ARGS:a "@contains attack" "id:77,phase:2,deny,status:406,log"
SecRule ARGS:a "@contains vanish" "id:78,phase:2,drop,log"
"""

HTTP = """
waf_rules_file r.conf;
log_format facts '$request_method|$status|$body_bytes_sent|$bytes_sent|$request_length|'
                 '$upstream_status|$waf_verdict|$waf_rule_id|$remote_user|$sent_http_x_answer|$connection_requests|$http_x_note';
log_format object escape=json '{"uri":"$request_uri","agent":"$http_user_agent","id":"$request_id","time":"$time_iso8601",'
                              '"msec":$msec,"took":$request_time,"up":"$upstream_addr","uptime":"$upstream_response_time"}';
log_format bare escape=none '$uri $http_x_note';
access_log access.log;
server {
    listen %LISTEN%;
    location / { proxy_pass http://%BACKEND%; }
    location /facts { access_log facts.log facts; proxy_pass http://%BACKEND%; }
    location /object { access_log object.log object; access_log facts.log facts; proxy_pass http://%BACKEND%; }
    location /bare { access_log bare.log bare; proxy_pass http://%BACKEND%; }
    location /off { access_log off; proxy_pass http://%BACKEND%; }
    location /dead { access_log facts.log facts; proxy_pass http://127.0.0.1:1; }
    location = /none { access_log facts.log facts; }
}
"""

COMBINED = re.compile(
    r'^127\.0\.0\.1 - (\S+) \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "(.*)" (\d{3}) (\d+) "(.*)" "(.*)"$')


class AccessLog(GatewayCase):
    http = HTTP
    files = {"r.conf": RULES}
    script = staticmethod(backend.always(backend.answer(b"0123456789", fields="X-Answer: yes\r\n")))

    def lines(self, name, count):
        path = self.gateway.folder / name
        until(lambda: path.exists() and path.read_bytes().count(b"\n") >= count, f"{count} lines of {name}")
        return path.read_bytes().decode("latin-1").split("\n")[:-1]

    def last(self, name, request):
        """The line that a request adds to a log."""
        path = self.gateway.folder / name
        before = path.read_bytes().count(b"\n") if path.exists() else 0
        with Client(self.port) as client:
            client.send(request)
            client.take_rest() if b"close" in request else client.response()
        return self.lines(name, before + 1)[before]

    def test_combined(self):
        line = self.last("access.log", get("/a?b=c", fields="User-Agent: me \"x\"\r\nReferer: http://r/\r\n"))
        match = COMBINED.match(line)
        self.assertTrue(match, line)
        self.assertEqual(match.groups(), ("-", "GET /a?b=c HTTP/1.1", "200", "10", "http://r/", "me \\x22x\\x22"))

    def facts(self, request):
        return self.last("facts.log", request).split("|")

    def test_numbers(self):
        request = post(b"x=12345", path="/facts", fields="Authorization: Basic dTpw\r\nContent-Type: text/plain\r\n")
        row = self.facts(request)
        self.assertEqual(row[:3], ["POST", "200", "10"])
        self.assertGreater(int(row[3]), 60)
        self.assertEqual(int(row[4]), len(request))
        self.assertEqual(row[5:], ["200", "pass", "-", "u", "yes", "1", "-"])

    def test_verdicts(self):
        self.assertEqual(self.facts(get("/facts?a=attack"))[5:8], ["-", "block", "77"])
        with Client(self.port) as client:
            client.send(get("/facts?a=vanish"))
            self.assertTrue(client.is_closed())
        until(lambda: any(line.startswith("GET|444|0|0|") and "|drop|78|" in line for line in self.lines("facts.log", 1)), "a line")

    def test_failures(self):
        self.assertEqual(self.facts(get("/dead"))[:2], ["GET", "502"])
        self.assertEqual(self.facts(get("/none"))[1], "404")

    def test_json(self):
        line = self.last("object.log", get("/object?\xe9=\"".encode("latin-1").decode("latin-1"), fields="User-Agent: a\"b\\c\td\r\n"))
        value = json.loads(line)
        self.assertEqual(value["agent"], "a\"b\\c\td")
        self.assertEqual(len(value["id"]), 32)
        self.assertEqual(value["up"], self.backend.address)
        self.assertRegex(value["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$")
        self.assertLess(value["took"], 30)
        self.assertGreater(value["msec"], 1_600_000_000)

    def test_a_line_is_one_line(self):
        line = self.last("bare.log", get("/bare/%0Ainjected", fields="X-Note: n\r\n"))
        self.assertEqual(line, "/bare/\\x0Ainjected n")

    def test_off(self):
        before = len(self.lines("access.log", 0)) if (self.gateway.folder / "access.log").exists() else 0
        self.assertEqual(once(self.port, get("/off")).status, 200)
        self.last("access.log", get("/on"))
        self.assertEqual(len(self.lines("access.log", before + 1)), before + 1)

    def test_what_can_not_be_read(self):
        with Client(self.port) as client:
            client.send(b"NONSENSE\r\n\r\n")
            client.take_rest()
        until(lambda: any('" 400 ' in line for line in self.lines("access.log", 1)), "a line of the default server")

    def test_keep_alive_counts(self):
        with Client(self.port) as client:
            for _ in range(3):
                client.ask(get("/facts", fields="X-Note: many\r\n"))
        until(lambda: len([1 for line in self.lines("facts.log", 1) if line.endswith("|many")]) == 3, "three lines")
        rows = [line.split("|") for line in self.lines("facts.log", 1) if line.endswith("|many")]
        self.assertEqual([row[10] for row in rows], ["1", "2", "3"])


if __name__ == "__main__":
    unittest.main()
