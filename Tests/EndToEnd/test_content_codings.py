"""Bodies under Content-Encoding: judged decoded, forwarded as they came, refused past the limits."""

import gzip
import time
import unittest
import zlib

from support import backend
from support.case import GatewayCase
from support.http import Client, chunked, get, once

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
# "x=attack" as one uncompressed metablock: RFC 7932 section 9.2.
BROTLI_ATTACK = bytes([0x70, 0x00, 0x10]) + b"x=attack" + bytes([0x03])


def raw_deflate(data):
    coder = zlib.compressobj(9, zlib.DEFLATED, -15)
    return coder.compress(data) + coder.flush()


def coded(body, coding, path="/", kind=FORM):
    return (f"POST {path} HTTP/1.1\r\nHost: a\r\n{kind}Content-Encoding: {coding}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


class Requests(GatewayCase):
    """Decoded before phase 2; the limit holds for both forms."""

    http = """
    waf_rules_file r.conf; client_max_body_size 10m;
    server {
        listen %LISTEN%;
        location / { proxy_pass http://%BACKEND%; }
        location /refuse { waf_request_coding refuse; proxy_pass http://%BACKEND%; }
        location /detect { waf detect; proxy_pass http://%BACKEND%; }
        location /detect-refuse { waf detect; waf_request_coding refuse; proxy_pass http://%BACKEND%; }
        location /partial { waf_rules_file partial.conf; proxy_pass http://%BACKEND%; }
        location /off { waf off; proxy_pass http://%BACKEND%; }
    }
    """
    files = {
        "r.conf": "SecRequestBodyAccess On\nSecRequestBodyLimit 4000000\nSecRequestBodyNoFilesLimit 4000000\n"
        "SecRule REQBODY_ERROR \"!@eq 0\" \"id:1,phase:2,deny,status:400,msg:'%{REQBODY_ERROR_MSG}'\"\n"
        "SecRule ARGS \"@contains attack\" \"id:2,phase:2,deny,status:403,msg:'found'\"\n",
        "partial.conf": "SecRequestBodyLimitAction ProcessPartial\n",
    }

    attack = b"x=attack"
    bomb = gzip.compress(b"x=" + b"y" * 30_000_000)

    def test_statuses(self):
        clean = b"x=" + b"harmless" * 100
        rows = [
            ("gzip", coded(gzip.compress(self.attack), "gzip"), 403),
            ("x-gzip", coded(gzip.compress(self.attack), "X-GZIP"), 403),
            ("two members", coded(gzip.compress(b"x=att") + gzip.compress(b"ack"), "gzip"), 403),
            ("zlib", coded(zlib.compress(self.attack), "deflate"), 403),
            ("bare deflate", coded(raw_deflate(self.attack), "deflate"), 403),
            ("br", coded(BROTLI_ATTACK, "br"), 403),
            ("two codings", coded(gzip.compress(raw_deflate(self.attack)), "deflate, gzip"), 403),
            ("two fields", coded(gzip.compress(raw_deflate(self.attack)), "deflate\r\nContent-Encoding: gzip"), 403),
            ("identity", coded(self.attack, "identity"), 403),
            ("three codings", coded(self.attack, "gzip, gzip, gzip"), 415),
            ("unknown", coded(self.attack, "zstd"), 415),
            ("known and unknown", coded(self.attack, "gzip, aes128gcm"), 415),
            ("clean", coded(gzip.compress(clean), "gzip"), 200),
            ("empty", coded(b"", "gzip"), 200),
            ("no body", get(fields="Content-Encoding: zstd\r\n"), 200),
            ("not gzip at all", coded(b"x=fine", "gzip"), 400),
            ("cut", coded(gzip.compress(clean)[:-9], "gzip"), 400),
            ("bytes behind", coded(gzip.compress(clean) + b"zz", "gzip"), 400),
            ("wrong checksum", coded(gzip.compress(clean)[:-8] + bytes(8), "gzip"), 400),
            ("bomb", coded(self.bomb, "gzip"), 413),
            ("bomb in a bomb", coded(gzip.compress(self.bomb), "gzip, gzip"), 413),
            ("refused", coded(gzip.compress(clean), "gzip", "/refuse"), 415),
            ("refused, identity", coded(clean, "identity", "/refuse"), 200),
            ("detect", coded(gzip.compress(self.attack), "gzip", "/detect"), 200),
            ("detect, unknown", coded(self.attack, "zstd", "/detect"), 200),
            ("detect, refuse", coded(gzip.compress(clean), "gzip", "/detect-refuse"), 200),
            ("off", coded(self.attack, "zstd", "/off"), 200),
            ("partial, bomb", coded(self.bomb, "gzip", "/partial"), 200),
            ("partial, attack before the limit", coded(gzip.compress(b"x=attack&y=" + b"y" * 5_000_000), "gzip", "/partial"), 403),
        ]
        for name, request, status in rows:
            with self.subTest(name):
                self.assertEqual(once(self.port, request).status, status)

    def test_the_limit_counts_decoded_bytes(self):
        for count, status in ((4_000_000, 200), (4_000_001, 413)):
            # Not compressible beyond the ratio.
            body = b"x=" + (bytes(range(97, 122)) * 200_000)[:count - 2]
            level = zlib.compress(body, 1)
            while len(level) * 200 < count:
                level = zlib.compress(body, 0)
            with self.subTest(count):
                self.assertEqual(once(self.port, coded(level, "deflate")).status, status)

    def test_forwarded_as_it_came(self):
        body = gzip.compress(b"x=" + bytes(range(97, 110)) * 1000)
        with Client(self.port) as client:
            client.send_by_pieces(coded(body, "gzip"), 7)
            response = client.response()
        self.assertEqual(response.status, 200)
        self.assertTrue(response.body.endswith(b"\r\n\r\n" + body))
        self.assertEqual(self.backend.heads[-1].all("content-encoding"), ["gzip"])

    def test_chunked(self):
        body = gzip.compress(self.attack)
        wire = (f"POST / HTTP/1.1\r\nHost: a\r\n{FORM}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
                + chunked(body[:5], body[5:12], body[12:]))
        self.assertEqual(once(self.port, wire).status, 403)

    def test_what_the_log_says(self):
        once(self.port, coded(b"x=fine", "gzip"))
        once(self.port, coded(b"x=fine", "zstd"))
        log = self.gateway.log()
        self.assertIn('[msg "Content-Encoding: body is not valid gzip"]', log)
        self.assertIn("request body under Content-Encoding refused: unknown content coding", log)


class Responses(GatewayCase):
    """Decoded for phase 4, sent as they came."""

    http = """
    waf_rules_file r.conf; waf_response_hold 300ms;
    server { listen %LISTEN%;
             location / { proxy_pass http://%BACKEND%; }
             location /own { proxy_set_header Accept-Encoding br; proxy_pass http://%BACKEND%; }
             location /reject { waf_rules_file reject.conf; proxy_pass http://%BACKEND%; } }
    """
    files = {
        "r.conf": "SecResponseBodyAccess On\nSecResponseBodyMimeType text/plain\nSecResponseBodyLimit 100000\n"
        "SecResponseBodyLimitAction ProcessPartial\n"
        "SecRule RESPONSE_HEADERS:Content-Encoding \"@rx zip\" \"id:1,phase:4,pass,nolog,skipAfter:END\"\n"
        "SecRule RESPONSE_BODY \"@contains secret\" \"id:2,phase:4,deny,status:403,log\"\n"
        "SecMarker END\n",
        "reject.conf": "SecResponseBodyLimitAction Reject\n",
    }

    @staticmethod
    def wire(body, coding):
        return backend.answer(body, f"Content-Type: text/plain\r\nContent-Encoding: {coding}\r\n")

    answers = {}

    @staticmethod
    def script(connection):
        while connection.request():
            connection.send(Responses.answers[connection.heads[-1].line.split()[1].rpartition("/")[2]])

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        secret, clean = b"a secret" * 10, b"nothing " * 40
        Responses.answers = {
            "secret": cls.wire(gzip.compress(secret), "gzip"), "zlib": cls.wire(zlib.compress(secret), "deflate"),
            "clean": cls.wire(gzip.compress(clean), "gzip"), "broken": cls.wire(clean, "gzip"),
            "cut": cls.wire(gzip.compress(clean)[:-9], "gzip"), "brokensecret": cls.wire(secret, "gzip"),
            "unknown": cls.wire(clean, "zstd"), "bomb": cls.wire(gzip.compress(bytes(9_000_000)), "gzip"),
            "plain": backend.answer(clean, "Content-Type: text/plain\r\n"),
        }

    def test_statuses(self):
        rows = [
            ("secret", 403, 403), ("zlib", 403, 403), ("clean", 200, 200), ("broken", 200, 500), ("cut", 200, 500),
            ("unknown", 200, 500), ("bomb", 200, 500), ("plain", 200, 200),
        ]
        for name, partial, reject in rows:
            for path, status in ((f"/{name}", partial), (f"/reject/{name}", reject)):
                with self.subTest(path):
                    response = once(self.port, get(path))
                    self.assertEqual(response.status, status)
                    if status == 200:
                        self.assertEqual(response.body, self.answers[name].partition(b"\r\n\r\n")[2])

    def test_accept_encoding_keeps_what_can_be_read(self):
        rows = [
            ("/plain", "gzip, br;q=0.5, zstd", ["gzip, br;q=0.5"]), ("/plain", "zstd, *", ["identity"]),
            ("/plain", "deflate ;q=1\r\nAccept-Encoding: x-gzip,", ["deflate ;q=1, x-gzip"]),
            ("/own/plain", "gzip", ["br"]),
        ]
        for path, sent, seen in rows:
            with self.subTest(sent):
                self.backend.forget()
                once(self.port, get(path, fields=f"Accept-Encoding: {sent}\r\n"))
                self.assertEqual(self.backend.heads[-1].all("accept-encoding"), seen)
        self.backend.forget()
        once(self.port, get("/plain"))
        self.assertEqual(self.backend.heads[-1].all("accept-encoding"), [])


class Cost(GatewayCase):
    """A bomb costs no more than the limit."""

    http = "server { listen %LISTEN%; waf_rules_file r.conf; location / { proxy_pass http://%BACKEND%; } }"
    files = {"r.conf": "SecRequestBodyAccess On\nSecRequestBodyLimit 1000000\n"
             "SecRule ARGS \"@contains attack\" \"id:1,phase:2,deny\"\n"}
    workers = 1

    def test_time(self):
        inner = gzip.compress(gzip.compress(bytes(50_000_000)))
        began = time.monotonic()
        for _ in range(20):
            self.assertEqual(once(self.port, coded(inner, "gzip, gzip")).status, 413)
        self.assertLess(time.monotonic() - began, 10)


if __name__ == "__main__":
    unittest.main()
