"""Malformed frames of either side: the offender is told 1002, 1007 or 1009, the other side sees
nothing of them (RFC 6455 sections 5, 7.4 and 8.1; RFC 7692 section 6)."""

import struct
import unittest

from support import websocket
from support.case import GatewayCase
from support.http import Client
from support.waiting import until
from support.websocket import (
    BINARY, CLOSE, CONTINUATION, DEFLATE, PING, TEXT, Deflater, WebSocketClient, close, frame, switch, take_frame)


def rows(masked):
    """Name, wire, close code, for frames that should be masked or not."""

    def f(*arguments, **named):
        return frame(*arguments, masked=masked, **named)

    return [
        ("RSV1 without an extension", f(TEXT, b"x", rsv=0x40), 1002),
        ("RSV2", f(TEXT, b"x", rsv=0x20), 1002),
        ("RSV3", f(TEXT, b"x", rsv=0x10), 1002),
        ("RSV1 on a ping", f(PING, b"x", rsv=0x40), 1002),
        *[(f"opcode {code}", f(code, b"x"), 1002) for code in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)],
        ("mask the wrong way", frame(TEXT, b"x", masked=not masked), 1002),
        ("continuation of nothing", f(CONTINUATION, b"x"), 1002),
        ("message in a message", f(TEXT, b"x", final=False) + f(TEXT, b"y"), 1002),
        ("fragmented ping", f(PING, b"x", final=False), 1002),
        ("ping of 126 bytes", f(PING, b"x" * 126), 1002),
        ("close of one byte", f(CLOSE, b"\x03"), 1002),
        *[(f"close {code}", close(code, masked=masked), 1002) for code in (0, 999, 1004, 1005, 1006, 1015, 2999, 5000)],
        ("close reason that is not UTF-8", close(1000, b"\xff", masked=masked), 1007),
        ("16-bit length for 5 bytes", lengthened(f(TEXT, b"hello"), masked, 126), 1002),
        ("64-bit length for 5 bytes", lengthened(f(TEXT, b"hello"), masked, 127), 1002),
        ("length of 2^63", bytes([0x81, 0x7F | (0x80 if masked else 0)]) + b"\x80" + b"\0" * 7, 1002),
        ("not UTF-8", f(TEXT, b"a\xc3\x28"), 1007),
        ("surrogate", f(TEXT, b"\xed\xa0\x80"), 1007),
        ("overlong", f(TEXT, b"\xc0\xaf"), 1007),
        ("above U+10FFFF", f(TEXT, b"\xf4\x90\x80\x80"), 1007),
        ("cut character at the end", f(TEXT, b"a\xe2\x82"), 1007),
        ("cut character over fragments", f(TEXT, b"\xe2\x82", final=False) + f(CONTINUATION, b"a"), 1007),
        ("frame longer than the limit", f(TEXT, b"", length=20_001), 1009),
        ("message longer than the limit", f(TEXT, b"x" * 15_000, final=False) + f(CONTINUATION, b"x" * 5_001), 1009),
        ("length beyond memory", f(BINARY, b"", length=1 << 62), 1009),
    ]


def lengthened(wire, masked, form):
    """The same frame with more length bytes than its length needs."""
    length = struct.pack("!H", 5) if form == 126 else struct.pack("!Q", 5)
    return wire[:1] + bytes([form | (0x80 if masked else 0)]) + length + wire[2:]


def compressed_rows(masked):
    data = Deflater().compress(b"x" * 20_001)
    half = Deflater().compress(bytes(range(256)) * 8)
    return [
        ("no DEFLATE data", frame(TEXT, b"\xff\xff\xff\xff", rsv=0x40, masked=masked), 1007),
        ("cut in a block", frame(BINARY, half[:len(half) // 2], rsv=0x40, masked=masked), 1007),
        ("inflates beyond the limit", frame(TEXT, data, rsv=0x40, masked=masked), 1009),
        ("bomb", frame(TEXT, Deflater().compress(b"\0" * (64 << 20)), rsv=0x40, masked=masked), 1009),
        ("not UTF-8", frame(TEXT, Deflater().compress(b"\xff\xfe"), rsv=0x40, masked=masked), 1007),
        ("RSV1 on a continuation",
         frame(TEXT, data[:1], rsv=0x40, final=False, masked=masked)
         + frame(CONTINUATION, data[1:], rsv=0x40, masked=masked), 1002),
    ]


class Case(GatewayCase):
    http = """
    server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; waf_rules_file r.conf; }
             location /plain { waf_websocket on; proxy_pass http://%BACKEND%; } waf_websocket_max_message 20000; }
    """
    files = {"r.conf": "SecRule ARGS \"@contains attack\" \"id:1,phase:2,deny\"\n"}

    def the_code(self, wire):
        """The code of the one close frame that `wire` is."""
        reader = Client.__new__(Client)
        reader.buffer = wire
        self.assertTrue(wire, "no close frame")
        frame_ = take_frame(reader)
        self.assertEqual((frame_.opcode, reader.buffer), (CLOSE, b""))
        return frame_.code


class FromClient(Case):
    script = staticmethod(websocket.echo_choosing)

    def refused(self, path, wire, code, fields=""):
        with WebSocketClient(self.port, path, fields) as client:
            client.send(wire)
            self.assertEqual(self.the_code(client.take_rest()), code)
            connection = self.backend.last()
            until(lambda: connection.has_ended, "the backend's connection has ended")
            self.assertEqual(self.the_code(connection.received), 1001)

    def test_violations(self):
        for path in ("/", "/plain"):
            for name, wire, code in rows(masked=True):
                with self.subTest(name, path=path):
                    self.refused(path, wire, code)

    def test_violations_byte_by_byte(self):
        for name, wire, code in rows(masked=True):
            if len(wire) < 200:
                with self.subTest(name), WebSocketClient(self.port) as client:
                    try:
                        client.send_by_pieces(wire)
                    except OSError:
                        pass
                    self.assertEqual(self.the_code(client.take_rest()), code)

    def test_compression(self):
        for name, wire, code in compressed_rows(masked=True):
            with self.subTest(name):
                self.refused("/?x=deflate", wire, code, DEFLATE)

    def test_limits_are_the_largest_that_passes(self):
        with WebSocketClient(self.port) as client:
            for wire in ([frame(TEXT, b"x" * 20_000)],
                         [frame(TEXT, b"x" * 15_000, final=False), frame(CONTINUATION, b"x" * 5_000)]):
                client.send(b"".join(wire))
                for _ in wire:
                    client.frame()
            client.send(frame(PING, b"x" * 125))
            self.assertEqual(client.frame().payload, b"x" * 125)

    def test_data_behind_a_close_is_not_passed_on(self):
        with WebSocketClient(self.port) as client:
            farewell = close(1000)
            client.send(farewell + frame(TEXT, b"behind"))
            connection = self.backend.last()
            until(lambda: connection.has_ended, "the backend's connection has ended")
            self.assertEqual(connection.received, farewell)
            self.assertIn(self.the_code(client.take_rest()), (1000, 1002))


class FromServer(Case):
    wire = b""
    extension = None

    @staticmethod
    def script(connection):
        switch(connection, FromServer.extension)
        connection.send(FromServer.wire)
        connection.take_rest()

    def refused(self, path, wire, code, extension=None):
        FromServer.wire, FromServer.extension = wire, extension
        with WebSocketClient(self.port, path, DEFLATE if extension else "") as client:
            self.assertEqual(self.the_code(client.take_rest()), 1011)
        connection = self.backend.last()
        until(lambda: connection.has_ended, "the backend's connection has ended")
        self.assertEqual(self.the_code(connection.received), code)

    def test_violations(self):
        for path in ("/", "/plain"):
            for name, wire, code in rows(masked=False):
                with self.subTest(name, path=path):
                    self.refused(path, wire, code)

    def test_compression(self):
        for name, wire, code in compressed_rows(masked=False):
            with self.subTest(name):
                self.refused("/?x=deflate", wire, code, "permessage-deflate")


class Refused(Case):
    """A refused connection costs nothing while its other end lingers."""

    script = staticmethod(websocket.echo)

    def test_no_processor_time_for_an_end_that_stays(self):
        clients = [WebSocketClient(self.port) for _ in range(4)]
        for client in clients:
            client.send(frame(TEXT, b"attack"))
        for client in clients:
            self.assertEqual(client.close_code(), 1008)
        before = self.gateway.cpu_seconds()
        for client in clients:
            self.assertTrue(client.is_closed())
        # The clients keep their side open; the gateway gives them some seconds.
        until(lambda: self.gateway.counters()["websocket_connections_open"] == 0, "the tunnels are gone", 6)
        self.assertLess(self.gateway.cpu_seconds() - before, 0.5)
        for client in clients:
            client.close()


if __name__ == "__main__":
    unittest.main()
