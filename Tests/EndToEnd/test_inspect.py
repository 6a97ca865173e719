"""waf_inspect: a node of a risk cluster, asked by a gateway, by nginx and by others."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support import waiting
from support.backend import Backend
from support.case import GatewayCase
from support.gateway import Gateway
from support.http import get, once, post

RULES = """
SecRuleEngine On
SecRequestBodyAccess On
SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:1000,phase:1,pass,nolog,ctl:requestBodyProcessor=JSON"
SecRule ARGS "@contains attack" "id:1001,phase:2,deny,status:418,log,msg:'an attack'"
SecRule REQUEST_URI "@contains /admin" "id:1002,phase:1,deny,log,msg:'no admin'"
SecRule ARGS "@contains odd" "id:1003,phase:2,pass,log,msg:'odd'"
SecRule REQUEST_METHOD "@streq PURGE" "id:1004,phase:1,deny,log,msg:'purge'"
SecRule REMOTE_ADDR "@ipMatch 10.1.2.3" "id:1005,phase:1,deny,log,msg:'banned'"
SecRule REQUEST_HEADERS:Host "@streq evil.test" "id:1006,phase:1,deny,log,msg:'host'"
SecRule ARGS:json.event.amount "@gt 1000" "id:1007,phase:2,deny,log,msg:'too much'"
"""
JSON = "Content-Type: application/json\r\n"
NODE = "server { listen %LISTEN%; location / { waf_inspect on; waf_rules_file r.conf; } location /bare { waf_inspect on; waf_rules_file off; } }"


class Node(GatewayCase):
    """What a node answers."""

    http = NODE
    files = {"r.conf": RULES}

    rows = (
        ("clean", get("/?a=b"), 200, 1, []),
        ("attack", get("/?a=attack"), 403, 2, ["1001"]),
        ("matched and passed", get("/?a=odd"), 200, 1, ["1003"]),
        ("nginx: original URI", get("/check", fields="X-Original-URI: /admin/x\r\n"), 403, 2, ["1002"]),
        ("nginx: original arguments", get("/check", fields="X-Original-URI: /x?a=attack\r\n"), 403, 2, ["1001"]),
        ("original method", get("/", fields="X-Original-URI: /x\r\nX-Original-Method: PURGE\r\n"), 403, 2, ["1004"]),
        ("forward-auth", get("/", fields="X-Forwarded-Uri: /admin\r\nX-Forwarded-Method: GET\r\n"), 403, 2, ["1002"]),
        ("the client's X-Forwarded behind X-Original",
         get("/?a=b", fields="X-Original-URI: /x\r\nX-Forwarded-Method: PURGE\r\nX-Forwarded-Host: evil.test\r\n"),
         200, 1, []),
        ("client's address", get("/", fields="X-Real-IP: 10.1.2.3\r\n"), 403, 2, ["1005"]),
        ("no address", get("/", fields="X-Real-IP: nobody\r\n"), 200, 1, []),
        ("original host", get("/", fields="X-Original-Host: evil.test\r\n"), 403, 2, ["1006"]),
        ("form", post(b"a=attack"), 403, 2, ["1001"]),
        ("event of a business server", post(b'{"event":{"type":"pay","amount":5000}}', "/", JSON), 403, 2, ["1007"]),
        ("harmless event", post(b'{"event":{"type":"pay","amount":5}}', "/", JSON), 200, 1, []),
        ("no rules", get("/bare?a=attack"), 200, 0, []),
    )

    def test_answers(self):
        for name, request, status, level, rules in self.rows:
            with self.subTest(name):
                response = once(self.port, request)
                self.assertEqual(response.status, status)
                self.assertEqual(response.head.all("x-waf-level"), [str(level)])
                report = json.loads(response.body)
                self.assertEqual(report["level"], level)
                self.assertEqual([rule["id"] for rule in report["rules"]], rules)
                self.assertTrue(report["transaction"])
        self.assertEqual(len(self.rows), 15)

    def test_messages_of_rules(self):
        report = json.loads(once(self.port, get("/?a=attack")).body)
        self.assertEqual(report["rules"], [{"id": "1001", "message": "an attack"}])


class Cluster(GatewayCase):
    """A gateway before an application, and two nodes behind an upstream; one of them is lost."""

    @classmethod
    def setUpClass(cls):
        cls.nodes = [Gateway(NODE, {"r.conf": RULES}, workers=1) for _ in range(2)]
        for node in cls.nodes:
            cls.addClassCleanup(node.stop)
            node.start()
        servers = " ".join(f"server {node.address};" for node in cls.nodes)
        cls.http = f"""
        upstream risk {{ {servers} keepalive 8; }}
        server {{
            listen %LISTEN%; waf_target /risk; waf_target_failure block; waf_target_timeout 2s;
            location = /risk {{ proxy_pass http://risk; }}
            location / {{ proxy_pass http://%BACKEND%; }}
        }}
        """
        super().setUpClass()

    def test_verdicts_come_from_the_nodes_and_one_may_go(self):
        def ask():
            self.assertEqual(once(self.port, get("/x?a=b")).status, 200)
            self.assertEqual(once(self.port, get("/x?a=attack")).status, 403)
            self.assertEqual(once(self.port, get("/admin")).status, 403)
            self.assertEqual(once(self.port, post(b"a=attack", "/f")).status, 403)
            self.assertEqual(once(self.port, post(b"a=fine", "/f")).status, 200)

        for _ in range(5):
            ask()
        self.nodes[0].stop()
        self.nodes[0].process = None
        for _ in range(20):
            ask()


NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{
        listen 127.0.0.1:{port};
        location = /ask {{
            internal;
            proxy_pass http://{node};
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
            proxy_set_header X-Original-URI $request_uri;
            proxy_set_header X-Original-Host $host;
            proxy_set_header X-Real-IP $remote_addr;
            proxy_set_header X-Original-Method "";
            proxy_set_header X-WAF-Event "";
        }}
        location = /copy {{ internal; proxy_pass http://{node}$request_uri; }}
        location /auth {{ auth_request /ask; proxy_pass http://{backend}; }}
        location /mirror {{ mirror /copy; proxy_pass http://{backend}; }}
    }}
}}
"""


def nginx():
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


@unittest.skipUnless(nginx(), "nginx is not installed (ops/setup nginx)")
class AskedByNginx(unittest.TestCase):
    """The nginx of the distribution, with auth_request and with mirror."""

    @classmethod
    def setUpClass(cls):
        cls.backend = Backend()
        cls.node = Gateway(NODE, {"r.conf": RULES}, workers=1)
        cls.addClassCleanup(cls.backend.stop)
        cls.addClassCleanup(cls.node.stop)
        cls.node.start()
        cls.port = waiting.free_port()
        folder = tempfile.TemporaryDirectory(prefix="wafd-nginx-")
        cls.addClassCleanup(folder.cleanup)
        # The worker of an nginx that root starts is somebody else.
        os.chmod(folder.name, 0o755)
        path = pathlib.Path(folder.name) / "nginx.conf"
        path.write_text(
            NGINX.format(folder=folder.name, port=cls.port, node=cls.node.address, backend=cls.backend.address))
        process = subprocess.Popen(
            [nginx(), "-c", str(path), "-p", folder.name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(lambda: (process.terminate(), process.wait(10)))
        waiting.until(cls.serves, "nginx serves")

    @classmethod
    def serves(cls):
        try:
            return once(cls.port, get("/other")).status == 404
        except ConnectionRefusedError:
            return False

    def test_auth_request(self):
        self.assertEqual(once(self.port, get("/auth?a=b")).status, 200)
        self.assertEqual(once(self.port, get("/auth?a=attack")).status, 403)
        self.assertEqual(once(self.port, get("/auth/admin")).status, 403)

    def test_a_client_can_not_say_what_its_request_was(self):
        for field in ("X-WAF-Event: message", "X-Original-URI: /clean", "X-Original-Method: PURGE",
                      "X-Forwarded-Uri: /clean", "X-Real-IP: 10.1.2.3"):
            self.assertEqual(once(self.port, get("/auth?a=attack", fields=field + "\r\n")).status, 403, field)
            self.assertEqual(once(self.port, get("/auth?a=b", fields=field + "\r\n")).status, 200, field)

    def test_mirror(self):
        self.assertEqual(once(self.port, post(b"a=attack", "/mirror")).status, 200)
        waiting.until(lambda: '[id "1001"]' in self.node.log(), "the node judges the mirrored request")


if __name__ == "__main__":
    unittest.main()
