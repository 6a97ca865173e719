"""Ways around: the same attack cut, masked and compressed in every way, in both directions; floods of
fragments, and bombs."""

import os
import struct
import unittest
import zlib

from support import websocket
from support.case import GatewayCase
from support.waiting import until
from support.websocket import BINARY, CONTINUATION, DEFLATE, TEXT, WebSocketClient, frame, fragments, mask

RULES = """
SecRuleEngine On
SecRequestBodyAccess On
SecRule ARGS "@rx attack" "id:1,phase:2,deny,log,msg:'message'"
SecRule RESPONSE_BODY "@rx attack" "id:2,phase:4,deny,log,msg:'message'"
"""

HTTP = """
waf_rules_file r.conf;
waf_websocket_max_message 2m;
server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; } }
"""

ATTACK = b"an attack, in plain words"
EXTENSIONS = {"deflate": "permessage-deflate", "client": "permessage-deflate; client_no_context_takeover",
              "both": "permessage-deflate; client_no_context_takeover; server_no_context_takeover"}


def compressed(payload, level=9, strategy=zlib.Z_DEFAULT_STRATEGY, flushes=(), final=False):
    """One message: `flushes` are places of a flush in the middle; `final` ends its last block as final."""
    stream = zlib.compressobj(level, zlib.DEFLATED, -15, 8, strategy)
    out, start = b"", 0
    for end in (*flushes, len(payload)):
        out += stream.compress(payload[start:end])
        if end < len(payload):
            out += stream.flush(zlib.Z_SYNC_FLUSH)
        start = end
    if final:
        # RFC 7692 section 7.2.3.4: a final block, then one byte that begins an empty one.
        return out + stream.flush(zlib.Z_FINISH) + b"\0"
    out += stream.flush(zlib.Z_SYNC_FLUSH)
    return out[:-4]


# Each way to say the same bytes (RFC 7692 section 7.2.3).
MODES = {
    "plain": None,
    "dynamic": dict(level=9),
    "fixed": dict(level=9, strategy=zlib.Z_FIXED),
    "huffman only": dict(strategy=zlib.Z_HUFFMAN_ONLY),
    "run lengths": dict(strategy=zlib.Z_RLE),
    "stored": dict(level=0),
    "flushed in the middle": dict(flushes=(5, 9)),
    "flushed at every byte": dict(flushes=tuple(range(1, len(ATTACK)))),
    "final block": dict(final=True),
}


def wire_payload(mode):
    return (ATTACK, 0) if MODES[mode] is None else (compressed(ATTACK, **MODES[mode]), 0x40)


def scripted(connection):
    """What the target asks for: ?x=EXTENSION, and &say=MODE,CUT sends the attack to the client; ?sink only
    listens."""
    connection.need(1)
    while b"\r\n" not in connection.buffer:
        connection.fill()
    target = connection.buffer.split(b" ")[1].decode()
    query = dict(part.split("=") for part in target.partition("?")[2].split("&") if part)
    extension = EXTENSIONS.get(query.get("x"))
    if "sink" in query:
        websocket.switch(connection, extension)
        while connection.fill():
            pass
        return
    if "say" not in query:
        websocket.echo(connection, extension)
        return
    websocket.switch(connection, extension)
    index, cut = (int(number) for number in query["say"].split(","))
    payload, rsv = wire_payload(list(MODES)[index])
    frames = fragments(TEXT, payload, [cut] if cut else [], masked=False, rsv=rsv)
    for piece in frames:
        connection.send(piece)
    while connection.fill():
        pass


class EvasionCase(GatewayCase):
    http = HTTP
    files = {"r.conf": RULES}
    script = staticmethod(scripted)
    workers = 1

    def assertStopped(self, client, code=1008):
        self.assertEqual(client.close_code(), code)
        self.assertTrue(client.is_closed())
        connection = self.backend.last()
        until(lambda: connection.has_ended, "the backend's connection has ended")
        # Nothing but a close frame of the gateway's own.
        self.assertLessEqual(len(connection.received), 8, connection.received[:80])


class Cuts(EvasionCase):
    """An attack is the same attack however it is cut and compressed."""

    def test_from_the_client(self):
        count = 0
        for mode in MODES:
            payload, rsv = wire_payload(mode)
            for cut in range(len(payload) + 1):
                with self.subTest(mode=mode, cut=cut), WebSocketClient(self.port, "/?x=deflate", DEFLATE) as client:
                    pieces = fragments(TEXT, payload, [cut], rsv=rsv)
                    client.send(pieces[0])
                    client.send(pieces[1])
                    self.assertStopped(client)
                    count += 1
        self.assertGreater(count, 9 * 10)

    def test_in_segments(self):
        for mode in MODES:
            payload, rsv = wire_payload(mode)
            for extension in EXTENSIONS:
                with self.subTest(mode=mode, x=extension), \
                        WebSocketClient(self.port, f"/?x={extension}", DEFLATE) as client:
                    client.send_by_pieces(frame(TEXT, payload, rsv=rsv))
                    self.assertStopped(client)

    def test_one_byte_a_fragment(self):
        for mode in MODES:
            payload, rsv = wire_payload(mode)
            with self.subTest(mode), WebSocketClient(self.port, "/?x=deflate", DEFLATE) as client:
                client.send_by_pieces(b"".join(fragments(TEXT, payload, list(range(1, len(payload))), rsv=rsv)))
                self.assertStopped(client)

    def test_from_the_server(self):
        for index, mode in enumerate(MODES):
            payload, _ = wire_payload(mode)
            for cut in range(len(payload)):
                with self.subTest(mode=mode, cut=cut), \
                        WebSocketClient(self.port, f"/?x=deflate&say={index},{cut}", DEFLATE) as client:
                    # Not a byte of it: the close frame comes first.
                    self.assertEqual(client.close_code(), 1011)


class Masks(EvasionCase):
    """What is judged is the payload, not what the wire happens to show."""

    def key_that_shows(self, shown, payload):
        """A key under which the first four bytes of `payload` look like `shown` on the wire."""
        return bytes(a ^ b for a, b in zip(shown, payload[:4]))

    def test_a_wire_that_shows_an_attack(self):
        """All of it: a payload of what the key makes of attack text, which is itself no attack."""
        key = b"\x01\x02\x03\x04"
        payload = mask(ATTACK, key)
        sent = frame(TEXT, payload, key=key)
        self.assertIn(b"attack", sent)
        self.assertNotIn(b"attack", payload)
        with WebSocketClient(self.port) as client:
            client.send(sent)
            self.assertEqual(client.frame().payload, payload)

    def test_a_payload_that_the_wire_does_not_show(self):
        for key in (b"\x01\x02\x03\x04", b"\xff\xff\xff\xff", self.key_that_shows(b"fine", ATTACK), os.urandom(4)):
            with self.subTest(key), WebSocketClient(self.port) as client:
                client.send(frame(TEXT, ATTACK, key=key))
                self.assertStopped(client)

    def test_another_key_for_each_fragment(self):
        with WebSocketClient(self.port) as client:
            for index in range(len(ATTACK)):
                opcode = TEXT if index == 0 else CONTINUATION
                client.send(frame(opcode, ATTACK[index:index + 1], final=index == len(ATTACK) - 1, key=os.urandom(4)))
            self.assertStopped(client)


class Floods(EvasionCase):
    """What costs the sender little must not cost much here."""

    def one_byte_fragments(self, payload):
        last = len(payload) - 1
        return b"".join(
            struct.pack("!BB4sB", (0x80 if i == last else 0) | (TEXT if i == 0 else 0), 0x81, b"\0\0\0\0", byte)
            for i, byte in enumerate(payload))

    def test_100_000_fragments_of_one_byte(self):
        sent = self.one_byte_fragments(b"x" * 100_000)
        with WebSocketClient(self.port, "/?sink=1") as client:
            client.send(sent)
            until(lambda: len(self.backend.last().received) >= len(sent), "the message has arrived")
            self.assertEqual(self.backend.last().received, sent)

    def test_an_attack_in_100_000_fragments(self):
        with WebSocketClient(self.port) as client:
            client.send(self.one_byte_fragments(b"x" * 99_994 + b"attack"))
            self.assertStopped(client)

    def test_a_bomb_of_one_gibibyte(self):
        stream = zlib.compressobj(9, zlib.DEFLATED, -15)
        zeros = bytes(1 << 20)
        bomb = b"".join(stream.compress(zeros) for _ in range(1 << 10)) + stream.flush(zlib.Z_SYNC_FLUSH)[:-4]
        self.assertLess(len(bomb), 1_100_000)
        # Once for what a worker keeps anyway.
        with WebSocketClient(self.port, "/?x=deflate", DEFLATE) as client:
            client.send(frame(BINARY, compressed(bytes(1_000_000)), rsv=0x40))
            client.frame()
        before = self.gateway.private_kilobytes()
        for opcode in (BINARY, TEXT):
            for cuts in ([], [1], list(range(1, len(bomb), 4_096))):
                with self.subTest(opcode=opcode, fragments=len(cuts) + 1), \
                        WebSocketClient(self.port, "/?x=deflate", DEFLATE) as client:
                    try:
                        client.send(b"".join(fragments(opcode, bomb, cuts, rsv=0x40)))
                    except OSError:
                        pass
                    self.assertEqual(client.close_code(), 1009)
        self.assertLess(self.gateway.private_kilobytes() - before, 16 << 10)


if __name__ == "__main__":
    unittest.main()
