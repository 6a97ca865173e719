"""What an operator reads when rules are wrong: everything at once, each with its place, its line and a caret."""

import subprocess
import unittest

from support.gateway import Gateway

RULES = """SecRuleEnigne On
SecRule ARGS|NOPE "@rx (" \\
    "id:1,phase:1,dny"
SecRule REMOTE_ADDR "@geoLokup" "id:2,phase:1"
SecRule ARGS "@rbl a" "id:3"
SecGeoLookupDb rules.conf
SecRule XML "@validateDTD none.dtd" "id:4"
SecAction "id:5,exec:/bin/x"
"""

# Of each error: the end of its line, the text of the line below, and where the caret of the one below that is.
WANT = [
    ("rules.conf:1:1: error: unknown directive `SecRuleEnigne`, did you mean `SecRuleEngine`?", "SecRuleEnigne On",
     "^~~~~~~~~~~~~"),
    ("rules.conf:2:14: error: unknown variable `NOPE`", "SecRule ARGS|NOPE \"@rx (\" \\", "             ^~~~"),
    ("rules.conf:2:25: error: invalid pattern: missing closing parenthesis", "SecRule ARGS|NOPE \"@rx (\" \\",
     "                        ^"),
    ("rules.conf:3:19: error: unknown action `dny`, did you mean `deny`?", "    \"id:1,phase:1,dny\"",
     "                  ^~~"),
    ("rules.conf:4:23: error: unknown operator `geoLokup`, did you mean `geoLookup`?",
     "SecRule REMOTE_ADDR \"@geoLokup\" \"id:2,phase:1\"", "                      ^~~~~~~~"),
    ("rules.conf:5:16: error: operator `rbl` is not supported: wafd asks no name server while it judges; list addresses"
     " with @ipMatchFromFile", "SecRule ARGS \"@rbl a\" \"id:3\"", "               ^~~"),
    ("rules.conf` is no MaxMind DB file", "SecGeoLookupDb rules.conf", "               ^~~~~~~~~~"),
    ("none.dtd`", "SecRule XML \"@validateDTD none.dtd\" \"id:4\"", "                          ^~~~~~~~"),
    ("rules.conf:8:17: error: action `exec` is not supported: wafd runs no other programs and no scripts",
     "SecAction \"id:5,exec:/bin/x\"", "                ^~~~"),
]


class RuleErrors(unittest.TestCase):
    def test_all_at_once(self):
        gateway = Gateway(
            "server { listen %LISTEN%; waf_rules_file rules.conf; location / { proxy_pass http://127.0.0.1:1; } }",
            {"rules.conf": RULES})
        self.addCleanup(gateway.stop)
        ended = subprocess.run([*gateway.arguments, "-t"], capture_output=True, text=True, timeout=60)
        self.assertEqual(ended.returncode, 1)
        lines = ended.stderr.splitlines()
        for index, (error, text, caret) in enumerate(WANT):
            with self.subTest(error):
                found = lines[3 * index:3 * index + 3]
                self.assertTrue(found[0].endswith(error), found)
                self.assertEqual(found[1:], [text, caret])
        self.assertEqual(len(lines), 3 * len(WANT) + 1, ended.stderr)


if __name__ == "__main__":
    unittest.main()
