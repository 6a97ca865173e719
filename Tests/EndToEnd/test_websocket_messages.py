"""Messages: clean ones arrive as they were sent, attacks end the connection with 1008 before a byte
of them has been passed on (RFC 6455 sections 5 and 7, RFC 7692)."""

import os
import unittest

from support import websocket
from support.case import GatewayCase
from support.http import Client
from support.waiting import until
from support.websocket import (
    BINARY, CLOSE, CONTINUATION, DEFLATE, PING, PONG, TEXT, Deflater, WebSocketClient, close, fragments, frame)

RULES = """
SecRuleEngine On
SecRequestBodyAccess On
SecRule ARGS "@contains attack" "id:1,phase:2,deny,log,msg:'message'"
SecRule WS_OPCODE "@streq binary" "id:3,phase:2,pass,nolog"
"""

HTTP = """
waf_rules_file r.conf;
server {
    listen %LISTEN%;
    location / { proxy_pass http://%BACKEND%; }
    location /detect { waf_websocket detect; proxy_pass http://%BACKEND%; }
    location /blind { waf_websocket off; proxy_pass http://%BACKEND%; }
    location /text { waf_websocket_types text; proxy_pass http://%BACKEND%; }
    location /binary { waf_websocket_types binary; proxy_pass http://%BACKEND%; }
}
"""


class MessageCase(GatewayCase):
    http = HTTP
    files = {"r.conf": RULES}
    script = staticmethod(websocket.echo_choosing)

    def assertRefused(self, client, code, *clean):
        """The client is told `code`; of what it sent only the `clean` frames are with the backend."""
        self.assertEqual(client.close_code(), code)
        self.assertTrue(client.is_closed())
        connection = self.backend.last()
        until(lambda: connection.has_ended, "the backend's connection has ended")
        received = connection.received
        self.assertEqual(received[:len(b"".join(clean))], b"".join(clean))
        rest = received[len(b"".join(clean)):]
        # Only a close frame of the gateway's own: masked, with a code of two bytes.
        self.assertTrue(rest == b"" or (len(rest) == 8 and rest[:2] == b"\x88\x82"), rest)


class Clean(MessageCase):
    """What passes, passes unchanged."""

    def echoed(self, client, frames):
        client.send(b"".join(frames))
        return [client.frame() for _ in frames]

    def test_types_and_sizes(self):
        for size in (0, 1, 125, 126, 127, 65535, 65536, 300_000, 1 << 20):
            for opcode in (TEXT, BINARY):
                with self.subTest(size=size, opcode=opcode), WebSocketClient(self.port) as client:
                    payload = b"a" * size if opcode == TEXT else os.urandom(size)
                    sent = frame(opcode, payload)
                    answer = self.echoed(client, [sent])[0]
                    self.assertEqual((answer.opcode, answer.payload, answer.masked), (opcode, payload, False))
                    self.assertEqual(self.backend.last().received, sent)

    def test_many_in_one_segment(self):
        with WebSocketClient(self.port) as client:
            frames = [frame(TEXT, b"message %d" % n) for n in range(500)]
            answers = self.echoed(client, frames)
            self.assertEqual([answer.payload for answer in answers], [b"message %d" % n for n in range(500)])
            self.assertEqual(self.backend.last().received, b"".join(frames))

    def test_byte_by_byte(self):
        with WebSocketClient(self.port) as client:
            client.send_by_pieces(frame(TEXT, "grüße".encode()) + frame(PING, b"p") + frame(BINARY, b"\xff"))
            self.assertEqual([client.frame().payload for _ in range(3)], ["grüße".encode(), b"p", b"\xff"])

    def test_fragments_with_control_frames_between(self):
        with WebSocketClient(self.port) as client:
            first, second, third = fragments(TEXT, b"one two three", [3, 7])
            client.send(first + frame(PING, b"now"))
            # The control frame is not held by the message around it.
            answer = client.frame()
            self.assertEqual((answer.opcode, answer.payload), (PONG, b"now"))
            client.send(second + frame(PONG, b"") + third)
            answers = [client.frame() for _ in range(4)]
            self.assertEqual([a.payload for a in answers if a.opcode in (TEXT, CONTINUATION)], [b"one", b" two", b" three"])

    def test_a_large_message_in_fragments(self):
        payload = b"0123456789" * 100_000
        with WebSocketClient(self.port) as client:
            client.send(b"".join(fragments(TEXT, payload, list(range(10_000, 1_000_000, 10_000)))))
            got = b""
            while len(got) < len(payload):
                got += client.frame().payload
            self.assertEqual(got, payload)

    def test_close_handshake(self):
        with WebSocketClient(self.port) as client:
            client.send(close(1000, b"bye"))
            answer = client.frame()
            self.assertEqual((answer.opcode, answer.code, answer.payload[2:]), (CLOSE, 1000, b"bye"))
            self.assertTrue(client.is_closed())
        until(lambda: self.backend.last().has_ended, "closed")

    def test_client_that_vanishes(self):
        client = WebSocketClient(self.port)
        client.reset()
        until(lambda: self.backend.last().has_ended, "the backend's connection has ended")

    def test_compressed(self):
        for name, takeover in (("deflate", True), ("fresh", False)):
            with self.subTest(name), WebSocketClient(self.port, f"/?x={name}", DEFLATE) as client:
                deflater = Deflater(takeover)
                sent = [frame(TEXT, deflater.compress(b"hello hello %d" % n), rsv=0x40) for n in range(20)]
                client.send(b"".join(sent))
                for n in range(20):
                    self.assertTrue(client.frame().compressed)
                self.assertEqual(self.backend.last().received, b"".join(sent))


class Attacks(MessageCase):
    """Nothing of a denied message reaches the other side."""

    ATTACK = b"this is an attack here"

    def test_whole(self):
        clean = frame(TEXT, b"clean")
        for opcode in (TEXT, BINARY):
            with self.subTest(opcode), WebSocketClient(self.port) as client:
                self.backend.last().received = b""
                client.send(clean)
                client.frame()
                client.send(frame(opcode, self.ATTACK))
                self.assertRefused(client, 1008, clean)

    def test_clean_messages_before_it_in_the_same_segment_pass(self):
        clean = [frame(TEXT, b"clean %d" % n) for n in range(5)]
        with WebSocketClient(self.port) as client:
            client.send(b"".join(clean) + frame(TEXT, self.ATTACK) + frame(TEXT, b"behind"))
            self.assertRefused(client, 1008, *clean)

    def test_fragmented_at_every_position(self):
        for cut in range(len(self.ATTACK) + 1):
            with self.subTest(cut), WebSocketClient(self.port) as client:
                client.send(b"".join(fragments(TEXT, self.ATTACK, [cut])))
                self.assertRefused(client, 1008)

    def test_fragments_in_segments_with_pings(self):
        with WebSocketClient(self.port) as client:
            parts = fragments(TEXT, self.ATTACK, [5, 14])
            ping = frame(PING, b"x")
            for part in parts[:2]:
                client.send(part + ping)
                self.assertEqual(client.frame().opcode, PONG)
            client.send(parts[2])
            self.assertRefused(client, 1008, ping, ping)

    def test_one_byte_a_fragment_byte_by_byte(self):
        with WebSocketClient(self.port) as client:
            client.send_by_pieces(b"".join(fragments(TEXT, b"attack", [1, 2, 3, 4, 5])))
            self.assertRefused(client, 1008)

    def test_at_the_end_of_a_message_beyond_the_read_buffer(self):
        with WebSocketClient(self.port) as client:
            client.send(frame(TEXT, b"x" * 600_000 + b" attack"))
            self.assertRefused(client, 1008)

    def test_compressed(self):
        for name, takeover in (("deflate", True), ("fresh", False)):
            for cut in (None, 1, 5):
                with self.subTest(name=name, cut=cut), WebSocketClient(self.port, f"/?x={name}", DEFLATE) as client:
                    deflater = Deflater(takeover)
                    clean = frame(TEXT, deflater.compress(b"this is fine"), rsv=0x40)
                    client.send(clean)
                    client.frame()
                    data = deflater.compress(self.ATTACK)
                    client.send(b"".join(fragments(TEXT, data, [cut] if cut else [], rsv=0x40)))
                    self.assertRefused(client, 1008, clean)

    def test_only_in_the_context(self):
        """The attack's words were sent before, in parts: the frame itself holds hardly a letter of them."""
        with WebSocketClient(self.port, "/?x=deflate", DEFLATE) as client:
            deflater = Deflater()
            clean = [frame(TEXT, deflater.compress(text), rsv=0x40) for text in (b"xxx this att", b"ack in here yyy")]
            for sent in clean:
                client.send(sent)
                client.frame()
            client.send(frame(TEXT, deflater.compress(b"att" b"ack in here"), rsv=0x40))
            self.assertRefused(client, 1008, *clean)

    def test_uncompressed_in_a_compressing_connection(self):
        with WebSocketClient(self.port, "/?x=deflate", DEFLATE) as client:
            client.send(frame(TEXT, self.ATTACK))
            self.assertRefused(client, 1008)

    def test_the_log_names_the_rule(self):
        marker = b"attack" + os.urandom(8).hex().encode()
        with WebSocketClient(self.port) as client:
            client.send(frame(TEXT, marker))
            self.assertRefused(client, 1008)
        lines = [line for line in self.gateway.log().splitlines() if marker.decode() in line]
        self.assertEqual(len(lines), 1, lines)
        self.assertIn('[id "1"]', lines[0])


class Modes(MessageCase):
    """waf_websocket and waf_websocket_types."""

    def test_the_handshake_is_judged_as_a_request(self):
        with Client(self.port) as client:
            client.send(websocket.request("/?a=attack"))
            self.assertEqual(client.response().status, 403)
            self.assertEqual(self.backend.received, b"")

    def test_detect(self):
        with WebSocketClient(self.port, "/detect") as client:
            marker = b"attack" + os.urandom(8).hex().encode()
            client.send(frame(TEXT, marker))
            self.assertEqual(client.frame().payload, marker)
            self.assertIn(marker.decode(), self.gateway.log())

    def test_protocol_holds_in_detect(self):
        with WebSocketClient(self.port, "/detect") as client:
            client.send(frame(TEXT, b"x", masked=False))
            self.assertRefused(client, 1002)

    def test_off_is_blind(self):
        with WebSocketClient(self.port, "/blind") as client:
            client.send(frame(TEXT, b"attack"))
            self.assertEqual(client.frame().payload, b"attack")
            sent = frame(3, b"no such opcode")
            client.send(sent)
            self.assertEqual(client.frame().payload, b"no such opcode")

    def test_types(self):
        rows = [("/text", TEXT, None), ("/text", BINARY, 1003), ("/binary", TEXT, 1003), ("/binary", BINARY, None)]
        for path, opcode, code in rows:
            with self.subTest(path=path, opcode=opcode), WebSocketClient(self.port, path) as client:
                client.send(frame(opcode, b"clean"))
                if code:
                    self.assertRefused(client, code)
                else:
                    self.assertEqual(client.frame().payload, b"clean")


if __name__ == "__main__":
    unittest.main()
