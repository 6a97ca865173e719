"""What rules remember of a connection, and the operator's view of open ones."""

import json
import unittest

from support import websocket
from support.case import GatewayCase
from support.waiting import until
from support.websocket import DEFLATE, TEXT, WebSocketClient, frame

RULES = """
SecRuleEngine On
SecRequestBodyAccess On
SecRule REQUEST_COOKIES:role "@streq admin" "id:1,phase:1,pass,nolog,setvar:ws.role=admin"
SecRule ARGS:message "@streq login" "id:2,phase:2,pass,nolog,setvar:ws.authenticated=1"
SecRule ARGS:message "@beginsWith do " "id:3,phase:2,deny,log,msg:'not logged in',chain"
SecRule &WS:authenticated "@eq 0"
SecRule ARGS:message "@contains odd" "id:4,phase:2,pass,nolog,setvar:ws.score=+2"
SecRule WS:score "@ge 6" "id:5,phase:2,deny,log,msg:'score %{ws.score}'"
SecRule RESPONSE_BODY "@contains whoami" "id:6,phase:4,pass,log,msg:'role %{ws.role}'"
"""


class ConnectionCase(GatewayCase):
    http = """waf_rules_file r.conf;
    server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; } }"""
    files = {"r.conf": RULES}
    script = staticmethod(websocket.echo_choosing)

    def echoed(self, client, *texts):
        for text in texts:
            client.send(frame(TEXT, text))
            self.assertEqual(client.frame().payload, text)


class Memory(ConnectionCase):
    def test_has_authenticated(self):
        with WebSocketClient(self.port) as client:
            self.echoed(client, b"login", b"do this", b"do that")
        with WebSocketClient(self.port) as client:
            client.send(frame(TEXT, b"do this"))
            self.assertEqual(client.close_code(), 1008)

    def test_a_score_over_messages(self):
        with WebSocketClient(self.port) as client, WebSocketClient(self.port) as other:
            self.echoed(client, b"odd 1", b"fine", b"odd 2")
            self.echoed(other, b"odd 1", b"odd 2")
            client.send(frame(TEXT, b"odd 3"))
            self.assertEqual(client.close_code(), 1008)
            self.echoed(other, b"fine")
        self.assertIn('[msg "score 6"]', self.gateway.log())

    def test_from_the_handshake_to_the_servers_messages(self):
        with WebSocketClient(self.port, fields="Cookie: role=admin\r\n") as client:
            self.echoed(client, b"whoami")
        self.assertIn('[msg "role admin"]', self.gateway.log())


class Operator(ConnectionCase):
    """waf-ctl conn"""

    def listed(self, *arguments):
        run = self.gateway.control("conn", "list", "--json", *arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def test_list_and_close(self):
        with WebSocketClient(self.port, "/a/b?x=deflate", DEFLATE) as first, WebSocketClient(self.port, "/c") as second:
            self.echoed(second, b"one", b"two")
            found = {entry["path"]: entry for entry in self.listed()["connections"]}
            self.assertEqual(set(found), {"/a/b", "/c"})
            self.assertEqual((found["/a/b"]["compressed"], found["/c"]["compressed"]), (True, False))
            entry = found["/c"]
            self.assertEqual((entry["messages_from_client"], entry["messages_from_server"]), (2, 2))
            self.assertEqual((entry["bytes_from_client"], entry["bytes_from_server"]), (18, 10))
            self.assertEqual((entry["client"], entry["host"]), ("127.0.0.1", "a.test"))
            table = self.gateway.control("conn", "list")
            self.assertIn(entry["id"], table.stdout)
            run = self.gateway.control("conn", "close", entry["id"])
            self.assertEqual((run.returncode, run.stdout), (0, "closed\n"))
            self.assertEqual(second.close_code(), 1008)
            self.echoed(first, b"still here")
            until(lambda: len(self.listed()["connections"]) == 1, "one is left")
            run = self.gateway.control("conn", "close", entry["id"])
            self.assertEqual(run.returncode, 1)
            self.assertIn("no WebSocket of that id", run.stderr)

    def test_pages(self):
        clients = [WebSocketClient(self.port, f"/{n}") for n in range(70)]
        try:
            paths, place = [], None
            while True:
                page = self.listed("--limit", "20", *(["--from", place] if place else []))
                paths += [entry["path"] for entry in page["connections"]]
                place = page["next"]
                if place is None:
                    break
            self.assertEqual(sorted(paths), sorted(f"/{n}" for n in range(70)))
        finally:
            for client in clients:
                client.close()


if __name__ == "__main__":
    unittest.main()
