"""The kit's Core Rule Set as it comes, denying, on the messages of a handshake as browsers send it."""

import unittest

from support import websocket
from support.case import GatewayCase
from support.conformance import KIT, needs_kit
from support.websocket import TEXT, WebSocketClient, frame

ENGINE = "SecRuleEngine On\nSecRequestBodyAccess On\nSecResponseBodyAccess On\n"
# No Content-Type, no Content-Length.
BROWSER = ("Origin: https://chat.test\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101\r\n"
           "Accept: */*\r\nAccept-Language: en-US,en;q=0.5\r\nCache-Control: no-cache\r\n")
HARMLESS = [b"good morning!", b"1 or 2 tickets?",
            '{"type":"message","text":"caf\u00e9 at 7:30 & then home"}'.encode(), b"[]", b"k", b"x" * 20000,
            b'{"jsonrpc":"2.0","method":"ping","id":1}']
ATTACKS = [b"1' or '1'='1' -- ", b'{"text":"<script>alert(1)</script>"}', b"; cat /etc/passwd"]


@needs_kit
class CoreRuleSet(GatewayCase):
    http = """waf_rules_file engine.conf;
    waf_rules_file %s/crs/crs-setup.conf.example;
    waf_rules_file %s/crs/rules/*.conf;
    server { listen %%LISTEN%%; location / { proxy_pass http://%%BACKEND%%; } }""" % (KIT, KIT)
    files = {"engine.conf": ENGINE}
    script = staticmethod(websocket.echo_choosing)

    def test_harmless_messages_pass(self):
        before = len(self.gateway.log())
        with WebSocketClient(self.port, fields=BROWSER) as client:
            for text in HARMLESS:
                client.send(frame(TEXT, text))
                self.assertEqual(client.frame().payload, text)
        self.assertNotIn("[id ", self.gateway.log()[before:])

    def test_attacks_do_not(self):
        for text in ATTACKS:
            with self.subTest(text=text), WebSocketClient(self.port, fields=BROWSER) as client:
                client.send(frame(TEXT, text))
                self.assertEqual(client.close_code(), 1008)
        self.assertIn('[id "949110"]', self.gateway.log())


if __name__ == "__main__":
    unittest.main()
