"""Bodies that want to break, stall or fill the engine: each is answered, in time that grows with its length and
memory within the limits, and the worker lives."""

import gzip
import pathlib
import random
import unittest
import zlib

from support.case import GatewayCase
from support.http import Client, get, once

RULES = """
SecRequestBodyAccess On
SecRequestBodyLimit 8000000
SecRequestBodyNoFilesLimit 8000000
SecAction "id:1,phase:1,pass,nolog"
SecRule REQUEST_HEADERS:Content-Type "@contains json" "id:2,phase:1,pass,nolog,ctl:requestBodyProcessor=JSON"
SecRule REQUEST_HEADERS:Content-Type "@contains xml" "id:3,phase:1,pass,nolog,ctl:requestBodyProcessor=XML"
SecRule REQBODY_ERROR "!@eq 0" "id:4,phase:2,deny,status:400,nolog"
SecRule MULTIPART_STRICT_ERROR "!@eq 0" "id:5,phase:2,deny,status:400,nolog"
SecRule ARGS|ARGS_NAMES|XML:/*|XML://@*|FILES|MULTIPART_PART_HEADERS "@rx (?:un|re)deniable" \
    "id:6,phase:2,deny,nolog,t:urlDecodeUni,t:htmlEntityDecode,t:lowercase"
"""

FORM, JSON, XML = "application/x-www-form-urlencoded", "application/json", "text/xml"
MULTIPART = "multipart/form-data; boundary=b"


def request(body, kind, coding=None):
    fields = f"Content-Encoding: {coding}\r\n" if coding else ""
    return (f"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\n{fields}"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


def parts(count):
    return b"".join(b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n" for _ in range(count)) + b"--b--\r\n"


def entities(levels, width):
    """Each level says the one before `width` times."""
    lines = [b'<!ENTITY e0 "ha">']
    for level in range(1, levels):
        lines.append(b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * width))
    return b"<!DOCTYPE r [" + b"".join(lines) + b"]><r>&e%d;</r>" % (levels - 1)


class Hostile(GatewayCase):
    workers = 1
    http = """
    waf_rules_file r.conf; client_max_body_size 16m;
    server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; } }
    """
    files = {"r.conf": RULES}
    # Of the worker, sanitizers and debug builds included.
    most_kilobytes = 400_000

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pids = cls.gateway.worker_pids()

    def tearDown(self):
        self.assertEqual(self.gateway.worker_pids(), self.pids)
        for pid in self.pids:
            status = pathlib.Path(f"/proc/{pid}/status").read_text()
            peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
            self.assertLess(peak, self.most_kilobytes)

    def cost(self, wire, statuses):
        before = self.gateway.cpu_seconds()
        self.assertIn(once(self.port, wire).status, statuses)
        return self.gateway.cpu_seconds() - before

    def test_large_structures(self):
        """Twice as much of it takes at most some three times as long."""
        rows = [
            ("nested arrays", JSON, lambda n: b"[" * n + b"]" * n, (400,)),
            ("unclosed objects", JSON, lambda n: b'{"a":' * n, (400,)),
            ("keys", JSON, lambda n: b"{" + b",".join(b'"k%d":1' % i for i in range(n)) + b"}", (400,)),
            ("equal keys", JSON, lambda n: b"{" + b",".join(b'"k":1' for _ in range(n)) + b"}", (400,)),
            ("escapes", JSON, lambda n: b'{"a":"' + b"\\u0041" * n + b'"}', (200,)),
            ("one long string", JSON, lambda n: b'{"a":"' + b"x" * n * 8 + b'"}', (200,)),
            ("small parts", MULTIPART, parts, (200, 400)),
            ("part without end", MULTIPART, lambda n: b"--b\r\n" + b"X: y\r\n" * n, (400,)),
            ("boundaries", MULTIPART, lambda n: b"--b\r\n" * n, (400,)),
            ("nested elements", XML, lambda n: b"<a>" * n + b"</a>" * n, (400,)),
            ("elements", XML, lambda n: b"<r>" + b"<a/>" * n + b"</r>", (200, 400)),
            ("attributes", XML, lambda n: b"<r " + b" ".join(b'a%d="1"' % i for i in range(n)) + b"/>", (400,)),
            ("comments", XML, lambda n: b"<r>" + b"<!---->" * n + b"</r>", (200, 400)),
            ("arguments", FORM, lambda n: b"&".join(b"a=1" for _ in range(n)), (400,)),
            ("ampersands", FORM, lambda n: b"&" * n * 4, (400,)),
            ("percent signs", FORM, lambda n: b"a=" + b"%" * n * 4, (200,)),
            ("line ends", FORM, lambda n: b"a=" + b"%0d%0a" * n, (200,)),
        ]
        for name, kind, make, statuses in rows:
            with self.subTest(name):
                half = self.cost(request(make(50_000), kind), statuses)
                whole = self.cost(request(make(100_000), kind), statuses)
                self.assertLess(whole, 0.5 + 3 * half, (half, whole))

    def test_expansion(self):
        rows = [
            ("many levels", XML, entities(30, 10), None, (400,)), ("wide", XML, entities(3, 2_000), None, (400,)),
            ("one entity, many times", XML, b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 30_000 + b'">]><r>' + b"&a;" * 30_000 + b"</r>",
             None, (400,)),
            ("loop", XML, b'<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]><r>&a;</r>', None, (400,)),
            ("external", XML, b'<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x" [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
             None, (200, 400)),
            ("gzip", FORM, gzip.compress(b"a=" + bytes(60_000_000)), "gzip", (413,)),
            ("gzip in gzip", FORM, gzip.compress(gzip.compress(b"a=" + bytes(60_000_000))), "gzip, gzip", (413,)),
            ("deflate", JSON, zlib.compress(b"[" * 60_000_000), "deflate", (413,)),
            ("many gzip members", FORM, gzip.compress(b"a=1&") * 20_000, "gzip", (400,)),
            ("empty gzip members", FORM, gzip.compress(b"") * 50_000, "gzip", (200,)),
            ("entities, compressed", XML, gzip.compress(entities(30, 10)), "gzip", (400,)),
        ]
        for name, kind, body, coding, statuses in rows:
            with self.subTest(name):
                self.assertLess(self.cost(request(body, kind, coding), statuses), 10)

    seeds = [
        (JSON, b'{"a":{"b":["x",1.5e3,true,null,"\\u00e4\\n"]},"c":{},"d":[],"undeniable":"no"}'),
        (MULTIPART, b'pre\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; '
         b'name="f"; filename="x.txt"\r\nContent-Type: text/plain\r\n\r\ntext\r\n--b--\r\n'),
        (XML, b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "v"><!ATTLIST r d CDATA "x">]><r a="1" xmlns:n="urn:n">'
         b"<n:a>&e;&#x41;</n:a><![CDATA[<z>]]><!-- c --><?p i?></r>"),
        (FORM, b"a=1&b=%41%zz+%u0041&c&=d&&e=%"),
    ]

    def mutate(self, body, chance):
        body = bytearray(body)
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(body) + 1)
            kind = chance.randrange(4)
            if kind == 0 and body:
                body[min(place, len(body) - 1)] = chance.randrange(256)
            elif kind == 1:
                body[place:place] = bytes(chance.choice(b'"\'<>&;{}[],:\\\r\n\0%=-\xff') for _ in range(chance.randint(1, 4)))
            elif kind == 2:
                del body[place:place + chance.randint(1, 20)]
            else:
                end = place + chance.randint(1, 40)
                body[place:place] = body[place:end] * chance.randint(1, 30)
        return bytes(body)

    def test_mutations(self):
        chance = random.Random(20261130)
        seen = {}
        sent = 0
        for kind, seed in self.seeds:
            for coding in (None, "gzip", "deflate", "br"):
                for _ in range(60):
                    body = self.mutate(seed, chance)
                    if coding == "gzip":
                        body = gzip.compress(body, mtime=0)
                    elif coding == "deflate":
                        body = zlib.compress(body)
                    if coding and chance.randrange(2):
                        body = self.mutate(body, chance)
                    status = once(self.port, request(body, kind, coding)).status
                    self.assertIn(status, (200, 400, 403), (kind, coding, body))
                    seen[status] = seen.get(status, 0) + 1
                    sent += 1
        self.assertEqual(sent, 960)
        self.assertGreater(min(seen.get(200, 0), seen.get(400, 0)), 50, seen)

    def test_cut_anywhere(self):
        for kind, seed in self.seeds:
            for coding in (None, "gzip"):
                body = gzip.compress(seed, mtime=0) if coding else seed
                with Client(self.port) as client:
                    for cut in range(1, len(body)):
                        self.assertIn(client.ask(request(body[:cut], kind, coding)).status, (200, 400, 403))
        self.assertEqual(once(self.port, get("/")).status, 200)


if __name__ == "__main__":
    unittest.main()
