"""Debian's package modsecurity-crs (CRS 3.3), loaded by its own file and unchanged."""

import pathlib
import unittest

from support.case import GatewayCase
from support.http import get, once, post

LOAD = pathlib.Path("/usr/share/modsecurity-crs/owasp-crs.load")
BROWSER = "User-Agent: Mozilla/5.0\r\nAccept: text/html,*/*;q=0.8\r\n"
JSON = BROWSER + "Content-Type: application/json\r\n"
FORM = BROWSER + "Content-Type: application/x-www-form-urlencoded\r\n"
UPLOAD = BROWSER + "Content-Type: multipart/form-data; boundary=BB\r\n"


def part(disposition, content):
    return f"--BB\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n--BB--\r\n".encode()


@unittest.skipUnless(LOAD.exists(), f"SKIPPED: no {LOAD} (ops/setup test)")
class DebianRules(GatewayCase):
    http = f"""
    waf_rules_file {LOAD};
    server {{ listen %LISTEN%; location / {{ proxy_pass http://%BACKEND%; }} }}
    """
    workers = 1

    def ask(self, request):
        return once(self.port, request).status

    def test_attacks_are_stopped(self):
        rows = [
            ("SQL in the query", get("/?id=1%27%20UNION%20SELECT%20password%20FROM%20users--", fields=BROWSER)),
            ("script in the query", get("/?q=%3Cscript%3Ealert(1)%3C/script%3E", fields=BROWSER)),
            ("a path that climbs", get("/?file=../../../../etc/passwd", fields=BROWSER)),
            ("a command", get("/?host=;cat%20/etc/passwd", fields=BROWSER)),
            ("a scanner", get("/", fields="User-Agent: sqlmap/1.7\r\nAccept: */*\r\n")),
            ("SQL in a form", post(b"name=x&pass=%27+OR+1%3D1+--+", fields=FORM)),
            ("SQL in JSON", post(b'{"name":"x\' union select password from users -- "}', fields=JSON)),
            ("PHP in a cookie", get("/", fields=BROWSER + "Cookie: a=<?php system('id'); ?>\r\n")),
            ("a PHP file", post(part('name="f"; filename="x.php"', "x"), fields=UPLOAD)),
        ]
        for name, request in rows:
            with self.subTest(name):
                self.backend.forget()
                self.assertEqual(self.ask(request), 403)
                self.assertEqual(self.backend.received, b"")

    def test_harmless_requests_pass(self):
        rows = [
            ("a page", get("/shop/shoes?size=42&color=dark+blue", fields=BROWSER)),
            ("a cookie", get("/", fields=BROWSER + "Cookie: session=3f2a; theme=dark\r\n")),
            ("a form", post(b"name=Ada+Lovelace&note=Please+ring+twice", fields=FORM)),
            ("JSON", post(b'{"name":"Ada","items":[1,2,3],"gift":true}', fields=JSON)),
            ("an upload", post(part('name="f"; filename="notes.txt"', "milk, bread"), fields=UPLOAD)),
        ]
        for name, request in rows:
            with self.subTest(name):
                self.assertEqual(self.ask(request), 200)


if __name__ == "__main__":
    unittest.main()
