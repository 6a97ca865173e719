"""SecDebugLog: what the engine does, rule by rule, in the file of the master."""

import os
import re
import signal
import unittest

from support import waiting
from support.case import GatewayCase
from support.http import get, once

RULES = """
SecRuleEngine On
SecDebugLog debug.log
SecDebugLogLevel 9
SecAction "id:1,phase:1,pass,nolog,setvar:tx.score=3"
SecRule ARGS:a "@rx ^x+$" "id:2,phase:2,pass,nolog,t:lowercase,setvar:tx.score=+2"
SecRule ARGS "@contains attack" "id:3,phase:2,deny,status:403,log,msg:'an attack'"
SecRule ARGS:loud "@streq 1" "id:4,phase:1,pass,nolog,ctl:debugLogLevel=9"
SecRule ARGS:quiet "@streq 1" "id:5,phase:1,pass,nolog,ctl:debugLogLevel=0"
"""
LINE = re.compile(r"^\[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] \[a\.test/sid#0\]\[rid#([^\]]+)\]\[(/.*?)\]\[(\d)\] (.*)$")


class DebugLog(GatewayCase):
    """A gateway with a debug log; the classes below have the tests."""

    http = """
    server {
        listen %LISTEN%; waf_rules_file %FILE%;
        location / { proxy_pass http://%BACKEND%; }
    }
    """
    level = 9

    @classmethod
    def setUpClass(cls):
        cls.files = {"r.conf": RULES.replace("SecDebugLogLevel 9", f"SecDebugLogLevel {cls.level}")}
        cls.http = DebugLog.http.replace("%FILE%", "r.conf")
        super().setUpClass()

    def lines(self, target, last):
        """The lines of a request, once there is one that has `last`."""
        path = self.gateway.folder / "debug.log"

        def found():
            rows = [LINE.match(line) for line in path.read_text().splitlines()]
            self.assertTrue(all(rows))
            mine = [(int(row[3]), row[4]) for row in rows if row[2] == target]
            return mine if any(last in text for _, text in mine) else None

        return waiting.until(found, f"the debug log tells of {last}")


class Everything(DebugLog):
    def test_trace(self):
        self.assertEqual(once(self.port, get("/one?a=XX&b=y")).status, 200)
        lines = self.lines("/one?a=XX&b=y", "Starting phase LOGGING")
        texts = [text for _, text in lines]
        for text in (
                "Starting phase REQUEST_HEADERS. This phase consists of 3 rule(s).",
                'Set variable "tx.score" to "3".',
                'Executing operator "Rx" with param "^x+$" against ARGS:a.', 'Target value: "xx" (Variable: ARGS:a)',
                "Operator matched.", 'Set variable "tx.score" to "5".',
                'Executing operator "Contains" with param "attack" against ARGS:b.',
                'Target value: "y" (Variable: ARGS:b)', "Rule returned 1.", "Rule returned 0."):
            self.assertIn(text, texts)
        self.assertLess(texts.index('Set variable "tx.score" to "3".'), texts.index('Set variable "tx.score" to "5".'))
        self.assertTrue(any(text.startswith("Recipe: Invoking rule") and '[id "3"]' in text for text in texts))

    def test_denial_and_hostile_bytes(self):
        self.assertEqual(once(self.port, get("/two?a=attack%0a[x]%22")).status, 403)
        lines = self.lines("/two?a=attack%0a[x]%22", "Access denied")
        self.assertIn((1, 'Access denied with code 403 (phase 2). [id "3"] [msg "an attack"]'), lines)
        self.assertIn((9, 'Target value: "attack\\x0a[x]\\"" (Variable: ARGS:a)'), lines)

    def test_level_by_rule(self):
        self.assertEqual(once(self.port, get("/three?quiet=1&a=attack")).status, 403)
        lines = self.lines("/three?quiet=1&a=attack", '[id "5"]')
        self.assertFalse(any("REQUEST_BODY" in text for _, text in lines))

    def test_reopened(self):
        path = self.gateway.folder / "debug.log"
        self.assertEqual(once(self.port, get("/four")).status, 200)
        self.lines("/four", "Starting phase LOGGING")
        os.rename(path, path.with_name("debug.log.1"))
        self.gateway.signal(signal.SIGUSR1)
        waiting.until(path.exists, "the debug log is opened again")
        self.assertEqual(once(self.port, get("/five")).status, 200)
        self.lines("/five", "Starting phase LOGGING")


class InterceptionsOnly(DebugLog):
    level = 1

    def test_levels_below_are_silent(self):
        self.assertEqual(once(self.port, get("/?a=fine")).status, 200)
        self.assertEqual(once(self.port, get("/?a=attack")).status, 403)
        lines = self.lines("/?a=attack", "Access denied")
        self.assertEqual([level for level, _ in lines], [1])
        self.assertNotIn("a=fine", (self.gateway.folder / "debug.log").read_text())

    def test_a_rule_raises_it(self):
        self.assertEqual(once(self.port, get("/?loud=1&a=z")).status, 200)
        lines = self.lines("/?loud=1&a=z", "Starting phase LOGGING")
        self.assertTrue(any("Starting phase REQUEST_BODY" in text for _, text in lines))


if __name__ == "__main__":
    unittest.main()
