"""The server's messages: one that is denied is not seen by the client, not even in part."""

import unittest

from support.case import GatewayCase
from support.http import Client
from support.waiting import until
from support.websocket import DEFLATE, TEXT, Deflater, WebSocketClient, fragments, frame, switch, take_frame

RULES = """
SecResponseBodyAccess On
SecRule RESPONSE_BODY "@contains secret" "id:2,phase:4,deny,log"
"""
HTTP = "server { listen %LISTEN%; waf_rules_file r.conf; location / { proxy_pass http://%BACKEND%; } }"


class FromServer(GatewayCase):
    """The server's messages, which the client must not see when they are denied."""

    http = HTTP
    files = {"r.conf": RULES}
    wire = b""
    extension = None

    @staticmethod
    def script(connection):
        switch(connection, FromServer.extension)
        connection.send(FromServer.wire)
        connection.take_rest()

    def outcome(self, wire, extension=None):
        FromServer.wire, FromServer.extension = wire, extension
        with WebSocketClient(self.port, fields=DEFLATE if extension else "") as client:
            received = client.take_rest()
            until(lambda: self.backend.last().has_ended, "the backend's connection has ended")
        return received, self.backend.last().received

    def told(self, received):
        """The code of the one close frame in `received`, from a client's side or a server's."""
        client = Client.__new__(Client)
        client.buffer = received
        return take_frame(client).code

    def test_denied(self):
        deflater = Deflater()
        clean = frame(TEXT, b"clean", masked=False)
        rows = [
            ("whole", frame(TEXT, b"a secret", masked=False), None),
            ("fragmented", b"".join(fragments(TEXT, b"a secret", [4], masked=False)), None),
            ("long", frame(TEXT, b"x" * 500_000 + b"secret", masked=False), None),
            ("compressed", frame(TEXT, deflater.compress(b"a secret"), masked=False, rsv=0x40), "permessage-deflate"),
        ]
        for name, wire, extension in rows:
            with self.subTest(name):
                to_client, to_server = self.outcome(clean + wire, extension)
                self.assertEqual(to_client[:len(clean)], clean)
                self.assertEqual(self.told(to_client[len(clean):]), 1011)
                self.assertEqual(self.told(to_server), 1008)


if __name__ == "__main__":
    unittest.main()
