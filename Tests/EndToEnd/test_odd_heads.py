"""Heads that no browser sends and that rules want to see: judged, logged, and never passed on as they are.

RFC 9110 sections 2.5 and 5.3; RFC 9112 sections 3.2 and 3.3.
"""

import unittest

from support import waiting
from support.backend import reflected
from support.case import GatewayCase
from support.http import Client

RULES = """SecRuleEngine On
SecAction "id:1,phase:1,log,pass,msg:'protocol %{REQUEST_PROTOCOL} host %{REQUEST_HEADERS.Host}'"
SecRule REQUEST_HEADERS:X-Twice "@rx .*" "id:2,phase:1,log,pass,msg:'twice %{MATCHED_VAR}'"
SecRule &REQUEST_HEADERS:X-Twice "@gt 1" "id:3,phase:1,log,pass,msg:'more than one'"
SecRule REQUEST_COOKIES "@rx .*" "id:4,phase:1,log,pass,msg:'cookie %{MATCHED_VAR_NAME}=%{MATCHED_VAR}'"
SecRule REQUEST_METHOD "@streq GET" "id:5,phase:2,log,pass,msg:'phase 2'"
SecRule ARGS:x "@streq denied" "id:6,phase:1,deny,status:403,msg:'denied'"
SecRule REQUEST_METHOD "@streq GET" "id:7,phase:5,log,pass,msg:'answered %{RESPONSE_STATUS} %{STATUS_LINE}'"
"""


class OddHeads(GatewayCase):
    http = """
    server { listen %LISTEN%; waf_rules_file odd.conf; location / { proxy_pass http://%BACKEND%; } }
    """
    files = {"odd.conf": RULES}
    workers = 1

    def setUp(self):
        super().setUp()
        self.before = len(self.gateway.log())

    def messages(self):
        """What the rules logged since the test began, in order."""
        lines = self.gateway.log()[self.before:].splitlines()
        return [line.split('[msg "')[1].split('"]')[0] for line in lines if '[msg "' in line]

    def told(self, message):
        waiting.until(lambda: message in self.messages(), f"{message} in {self.messages()}")

    def test_a_line_without_version(self):
        """Judged as HTTP/0.9; the answer is a page without a head, and the application sees nothing."""
        for wire in (b"GET /?x=1\r\n", b"GET /?x=1 \r\n", b"GET /?x=denied\r\nHost: a\r\n\r\n",
                     b"GET /?x=1\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n"):
            with self.subTest(wire), Client(self.port) as client:
                self.before = len(self.gateway.log())
                client.send(wire)
                answer = client.take_rest()
                self.assertTrue(answer.startswith(b"<!DOCTYPE html>"), answer)
                self.assertNotIn(b"HTTP/1", answer)
                self.told("protocol HTTP/0.9 host ")
                self.assertEqual(self.backend.received, b"")

    def test_later_versions(self):
        for version in (b"2.0", b"4.0", b"9.1"):
            with self.subTest(version), Client(self.port) as client:
                client.send(b"GET / HTTP/" + version + b"\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertEqual(client.response().status, 505)
                self.assertTrue(client.is_closed())
                self.told(f"protocol HTTP/{version.decode()} host a")
                self.told("phase 2")
                self.assertEqual(self.backend.received, b"")

    def test_minor_versions_are_shown_as_sent(self):
        with Client(self.port) as client:
            client.send(b"GET / HTTP/1.7\r\nHost: a\r\n\r\n")
            self.assertEqual(client.response().status, 200)
            self.told("protocol HTTP/1.7 host a")
            self.assertIn(b"GET / HTTP/1.1\r\n", self.backend.received)

    def test_connect_names_one_host(self):
        with Client(self.port) as client:
            client.send(b"CONNECT 192.0.2.1:80 HTTP/1.1\r\nHost: a\r\n\r\n")
            response = client.response()
            self.assertEqual(response.status, 200)
            self.told("protocol HTTP/1.1 host 192.0.2.1:80")
            self.assertNotIn(b"Host: a\r\n", reflected(response).raw)

    def test_equal_names_are_one_field(self):
        """For the rules and for the application."""
        with Client(self.port) as client:
            client.send(
                b"GET / HTTP/1.1\r\nHost: a\r\nX-Twice: one\r\nCookie: a=1\r\nX-Other: x\r\nx-twice: two\r\n"
                b"Cookie: b=2\r\n\r\n")
            head = reflected(client.response())
            self.assertEqual(head.all("x-twice"), ["one, two"])
            self.assertEqual(head.all("cookie"), ["a=1; b=2"])
            self.assertEqual(head.all("x-other"), ["x"])
        self.told("twice one, two")
        self.told("cookie REQUEST_COOKIES:a=1")
        self.told("cookie REQUEST_COOKIES:b=2")
        self.assertNotIn("more than one", self.messages())


    def test_paths_that_are_refused_are_judged(self):
        """400 in any case, but rules on the URI are asked first, so that the log tells what came."""
        for path in (b"/%zz", b"/a%00b", b"/../../etc/passwd"):
            with self.subTest(path), Client(self.port) as client:
                self.before = len(self.gateway.log())
                client.send(b"GET " + path + b" HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertEqual(client.response().status, 400)
                self.told("protocol HTTP/1.1 host a")
                self.assertNotIn("phase 2", self.messages())
                self.assertEqual(self.backend.received, b"")

    def test_the_server_as_a_whole(self):
        with Client(self.port) as client:
            client.send(b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertEqual(client.response().status, 200)
            self.assertIn(b"OPTIONS * HTTP/1.1\r\n", self.backend.received)

    def test_logging_rules_see_the_answer(self):
        with Client(self.port) as client:
            client.send(b"GET /?x=denied HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertEqual(client.response().status, 403)
        self.told("answered 403 HTTP/1.1 403 Forbidden")


class EqualNamesWithoutRules(GatewayCase):
    """Where nobody judges, lines go on as they came."""

    def test_lines_stay(self):
        with Client(self.port) as client:
            client.send(b"GET / HTTP/1.1\r\nHost: a\r\nX-Twice: one\r\nX-Twice: two\r\n\r\n")
            self.assertEqual(reflected(client.response()).all("x-twice"), ["one", "two"])


if __name__ == "__main__":
    unittest.main()
