"""Bodies and messages that take long are judged in turns: others are answered meanwhile, the verdict is
the same, and whoever leaves early harms nobody."""

import socket
import threading
import unittest

from support.backend import answer
from support.case import GatewayCase
from support.http import Client
from support.waiting import until
from support.websocket import TEXT, WebSocketClient, frame
from support import websocket

# Each field's value is looked at by every rule: a body of that length takes many turns in any build.
RULES = """
SecRuleEngine On
SecRequestBodyAccess On
SecResponseBodyAccess On
SecResponseBodyMimeType text/plain
SecRequestBodyLimit 8388608
SecRequestBodyNoFilesLimit 8388608
SecResponseBodyLimit 8388608
SecArgumentsLimit 100000
""" + "\n".join(
    f'SecRule ARGS|RESPONSE_BODY|REQUEST_BODY "@rx (?:x[a-z ]+y{n}|z+[0-9]{{3}}w)q" '
    f'"id:{100 + n},phase:{phase},deny,log,t:none,t:urlDecodeUni,t:htmlEntityDecode,t:lowercase"'
    for n, phase in [(n, 2 + 2 * (n % 2)) for n in range(60)])

HTTP = """
waf_rules_file r.conf;
waf_websocket_max_message 8m;
client_max_body_size 16m;
server {
    listen %LISTEN%;
    location / { proxy_pass http://%BACKEND%; }
}
"""

FIELDS = 6_000


def form(last="end=1"):
    """No gate rules the values out, and no two are alike."""
    return ("&".join(f"f{n}=x{'ab+c' * 9}{n}y+zz12&g{n}=%78abc%26amp;y{n}zzwq" for n in range(FIELDS // 2))
            + "&" + last).encode()


def post(body, kind="application/x-www-form-urlencoded"):
    return (f"POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


GET = b"GET /small HTTP/1.1\r\nHost: a\r\n\r\n"


@websocket.echo_or
def script(head, body):
    """`/long` is answered with a long text, all else with `ok`."""
    path = head.line.split(" ")[1]
    if not path.startswith("/long"):
        return answer()
    return answer(form("end=" + ("xaby1q" if "bad" in path else "1")), "Content-Type: text/plain\r\n")


class LongEvaluations(GatewayCase):
    http = HTTP
    files = {"r.conf": RULES}
    workers = 1
    script = staticmethod(script)

    def turns(self):
        return self.gateway.counters()["evaluation_turns"]

    def test_others_are_answered_meanwhile(self):
        before = self.turns()
        done = threading.Event()
        statuses = []

        def send_long():
            with Client(self.port) as client:
                client.send(post(form()))
                statuses.append(client.response().status)
            done.set()

        thread = threading.Thread(target=send_long)
        thread.start()
        answered = 0
        with Client(self.port) as client:
            until(lambda: self.turns() > before or done.is_set(), "the long one is under way")
            while not done.is_set():
                client.send(GET)
                self.assertEqual(client.response().status, 200)
                answered += 1
        thread.join()
        self.assertEqual(statuses, [200])
        self.assertGreater(self.turns() - before, 2)
        self.assertGreater(answered, 2)

    def test_many_at_once(self):
        """More than there are lanes: each gets its own verdict."""
        statuses = {}

        def send(number):
            attack = number % 3 == 0
            with Client(self.port) as client:
                client.send(post(form("end=xaby2q" if attack else "end=1")))
                statuses[number] = (client.response().status, 403 if attack else 200)

        threads = [threading.Thread(target=send, args=(number,)) for number in range(9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(statuses), 9)
        for number, (status, expected) in statuses.items():
            self.assertEqual(status, expected, number)

    def test_what_is_pipelined_behind_it(self):
        with Client(self.port) as client:
            client.send(post(form()) + GET + post(form("end=xaby2q")) + GET)
            self.assertEqual([client.response().status for _ in range(4)], [200, 200, 403, 200])

    def test_response(self):
        with Client(self.port) as client:
            client.send(b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n" + GET)
            response = client.response()
            self.assertEqual((response.status, response.body), (200, form("end=1")))
            self.assertEqual(client.response().status, 200)
            client.send(b"GET /long-bad HTTP/1.1\r\nHost: a\r\n\r\n")
            response = client.response()
            self.assertEqual(response.status, 403)
            self.assertNotIn(b"xaby1", response.body)

    def test_messages(self):
        before = self.turns()
        with WebSocketClient(self.port) as client, WebSocketClient(self.port) as other:
            text = form()
            client.send(frame(TEXT, text) + frame(TEXT, b"behind it"))
            other.send(frame(TEXT, b"short"))
            self.assertEqual(other.frame().payload, b"short")
            self.assertEqual(client.frame().payload, text)
            self.assertGreater(self.turns(), before)
            self.assertEqual(client.frame().payload, b"behind it")
            client.send(frame(TEXT, form("xaby2q")) + frame(TEXT, b"never"))
            self.assertEqual(client.close_code(), 1008)

    def test_clients_that_leave(self):
        """In the middle of the judgement, of a request and of a message; the worker goes on."""
        before = self.turns()
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", self.port)) as sock:
                sock.sendall(post(form()))
                until(lambda: self.turns() > before, "it is under way")
            before = self.turns()
        with WebSocketClient(self.port) as client:
            client.send(frame(TEXT, form()))
            until(lambda: self.turns() > before, "it is under way")
        with Client(self.port) as client:
            client.send(GET)
            self.assertEqual(client.response().status, 200)
        self.assertEqual(self.gateway.restarted, [])

    def test_reload_meanwhile(self):
        """It ends under the rules that it began under."""
        before = self.turns()
        with Client(self.port) as client:
            client.send(post(form("end=xaby2q")))
            until(lambda: self.turns() > before, "it is under way")
            self.gateway.reload()
            self.assertEqual(client.response().status, 403)


if __name__ == "__main__":
    unittest.main()
