"""Small rule sets, one request each, and what the two reference engines log for it.

Each probe has a server of its own. Where ModSecurity 2 and libmodsecurity agree, the same is wanted here;
where they differ, what ModSecurity 2 says, or what stands in DIFFERENCES with its reason.
"""

import json
import re
import subprocess
import unittest

from support import waiting
from support.conformance import KIT, Origin, needs_kit
from support.gateway import WAFD, Gateway
from support.http import Client, Closed

PROBES = 79

# Name: status, lines (None: those of ModSecurity 2), reason.
JSON_NAMES = "JSON values have libmodsecurity's names, which tell where in the document they stand; CRS allows for both"
UNREADABLE = (
    "Apache answers 500 before the rules run; here they see what was read before the fault, and REQBODY_ERROR"
    " as libmodsecurity has it")
DIFFERENCES = {
    "exclusion-order": (
        200, [(99, "after: ARGS:b before: ARGS:b regex: ARGS:b ua:")],
        "an exclusion holds wherever in the list it stands, as in libmodsecurity"),
    "block-default-pass": (418, None, "Apache does not know the status 418 and makes it 500"),
    "json-list": (
        200, [(99, " (ARGS:json.a.b.c)(x) (ARGS:json.l)() (ARGS:json.l.array_0)(1) (ARGS:json.l.array_1)(two)"
               " (ARGS:json.l.array_2)(true) (ARGS:json.l.array_3)() (ARGS:json.l.array_4)(3.5e2)"
               " (ARGS:json.o)() (ARGS:json.o.array_0.k)(v) (ARGS:json.o.array_1.k)(w) (ARGS:json.m)()"
               " (ARGS:json.m.array_0)() (ARGS:json.m.array_0.array_0)(1) (ARGS:json.m.array_0.array_1)(2)"
               " (ARGS:json.m.array_1)() (ARGS:json.m.array_1.array_0)(3) (ARGS:json.d)(1) (ARGS:json.d)(2)"
               " (ARGS:json.Ab)(4)")], JSON_NAMES),
    "json-array-top": (
        200, [(1, "[ARGS:json]=[]"), (1, "[ARGS:json.array_0]=[x]"), (1, "[ARGS:json.array_1.a]=[1]"),
              (1, "[ARGS:json.array_2]=[]"), (1, "[ARGS:json.array_2.array_0]=[2]"),
              (1, "[ARGS:json.array_2.array_1]=[3]"), (2, "err=0 perr=0 n=JSON")], JSON_NAMES),
    "json-scalar-top": (200, [(1, "[ARGS:json]=[hello]"), (2, "err=0 perr=0 n=JSON")], JSON_NAMES),
    "json-invalid": (200, [(1, "[ARGS:json.a]=[1]"), (2, "err=1 perr=1 n=JSON")], UNREADABLE),
    "xml-invalid": (
        200, [(1, "star [XML]=[one]"), (3, "text [XML]=[one]"), (4, "count 1"), (5, "args 0"),
              (6, "err=1 p=XML")], UNREADABLE),
    "multipart-no-final": (
        200, [(1, "arg [ARGS:f]=[val%20ue+x\\x0d\\x0a]"), (5, "fcomb [0]"),
              (6, 'ph [MULTIPART_PART_HEADERS:f]=[Content-Disposition: form-data; name=\\"f\\"]'),
              (7, "mn [MULTIPART_NAME]=[f]"),
              (8, "err=1 strict=1 unm=0 DB=0 DA=0 BQ=0 BW=0 HF=0 LF=0 SM=0 IQ=0 IP=0 IH=0 FL=0")], UNREADABLE),
    "xml-entity": (
        200, [(1, "star [XML]=[int]"), (3, "text [XML]=[int]"), (4, "count 1"), (5, "args 0"),
              (6, "err=0 p=XML")],
        "an entity's text is part of the tree, so that text() sees it, too"),
    "response-phases": (
        200, [(1, "st=200 ct=text/html h=v p=HTTP/1.1"), (3, "RESPONSE_HEADERS_NAMES:X-T=X-T"),
              (2, "body len 13")],
        "the length of the body that is held, as in libmodsecurity; Apache does not know it yet"),
}

# Rule sets that do not load here: what the error names, and why.
REFUSED = {
    "macro-nonsense": (
        "nonsense", "a macro of an unknown name is told when it is loaded, as libmodsecurity does, instead of"
        " being empty for ever"),
}

LINE = re.compile(r'\[id "(\d+)"\]')
MESSAGE = re.compile(r'\[msg "((?:[^"\\]|\\.)*)"\]')


def logged(text):
    """Rule and message of each line, in order."""
    found = []
    for line in text.splitlines():
        rule, message = LINE.search(line), MESSAGE.search(line)
        if rule:
            found.append([int(rule.group(1)), message.group(1) if message else ""])
    return found


@needs_kit
class SemanticsProbes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        kit = json.loads((KIT / "semantics" / "probes.json").read_text())
        cls.probes = kit["probes"]
        cls.origin = Origin()
        cls.addClassCleanup(cls.origin.stop)
        cls.ports = {}
        servers = []
        cls.texts = {
            probe["name"]: "\n".join(kit["base_config"] + probe["rules"]) + "\n" for probe in cls.probes}
        for probe in cls.probes:
            name = probe["name"]
            if name in REFUSED:
                continue
            cls.ports[name] = waiting.free_port()
            servers.append(
                f"server {{ listen 127.0.0.1:{cls.ports[name]}; waf_rules_file {name}.conf;"
                f" location / {{ proxy_pass http://{cls.origin.address}; }} }}")
        cls.gateway = Gateway("\n".join(servers), workers=1)
        cls.addClassCleanup(cls.gateway.stop)
        folder = str(cls.gateway.folder)
        for name, text in cls.texts.items():
            cls.gateway.write(f"{name}.conf", text.replace("@RUN@", folder))
        cls.gateway.write("words.data", kit["words_data"])
        (cls.gateway.folder / "unicode.mapping").write_bytes((KIT / "crs" / "unicode.mapping").read_bytes())
        (cls.gateway.folder / "data").mkdir()
        cls.gateway.start()

    def ask(self, probe):
        """Status, Location, and what was logged until the connection ended."""
        before = len(self.gateway.log())
        answer = None
        for _ in range(probe.get("repeat") or 1):
            with Client(self.ports[probe["name"]]) as client:
                client.send(probe["request"].encode("latin-1"))
                try:
                    answer = client.response()
                except Closed:
                    answer = None
                client.take_rest()
        status = answer.status if answer else None
        return status, answer and answer.head.get("location"), logged(self.gateway.log()[before:])

    def test_probes(self):
        ran = 0
        for probe in self.probes:
            name, reference = probe["name"], probe["apache"]
            if name in REFUSED:
                continue
            ran += 1
            with self.subTest(name):
                status, lines, _ = DIFFERENCES.get(name, (reference.get("status"), None, ""))
                if lines is None:
                    lines = reference["log"]
                found = self.ask(probe)
                self.assertEqual(found[2], [list(line) for line in lines])
                self.assertEqual(found[0], status)
                if reference.get("location"):
                    self.assertEqual(found[1], reference["location"])
        self.assertEqual(ran + len(REFUSED), len(self.probes))
        self.assertGreaterEqual(len(self.probes), PROBES)

    def test_refused(self):
        """Each in a configuration of its own, which does not load."""
        for name, (word, reason) in REFUSED.items():
            with self.subTest(name):
                self.assertTrue(reason)
                self.gateway.write(
                    "refused.conf", "error_log error.log; rule_store store; events { worker_connections 64; }"
                    f"http {{ waf_rules_file {name}.conf; server {{ listen 127.0.0.1:1; }} }}")
                told = subprocess.run(
                    [WAFD, "-p", str(self.gateway.folder), "-c", "refused.conf", "-t"], capture_output=True, text=True)
                self.assertEqual(told.returncode, 1)
                self.assertIn(word, told.stderr)

    def test_differences_are_of_probes_that_differ(self):
        """Where both reference engines agree there is nothing to choose."""
        agreed = {probe["name"] for probe in self.probes if probe["agree"]}
        self.assertEqual(agreed & set(DIFFERENCES), set())
        for status, _, reason in DIFFERENCES.values():
            self.assertTrue(reason)


if __name__ == "__main__":
    unittest.main()
