"""WebSocket frames and both ends of a handshake, byte by byte (RFC 6455, RFC 7692)."""

import base64
import hashlib
import os
import struct
import zlib

from .http import Client, Closed

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
KEY = "dGhlIHNhbXBsZSBub25jZQ=="
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n"


def accept_of(key):
    return base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()


def frame(opcode, payload=b"", final=True, masked=True, rsv=0, length=None, key=None):
    """One frame. `length` overrules the length that is announced; `rsv` are bits 6 to 4."""
    first = (0x80 if final else 0) | rsv | opcode
    announced = len(payload) if length is None else length
    mask_bit = 0x80 if masked else 0
    if announced < 126:
        head = struct.pack("!BB", first, mask_bit | announced)
    elif announced < 1 << 16:
        head = struct.pack("!BBH", first, mask_bit | 126, announced)
    else:
        head = struct.pack("!BBQ", first, mask_bit | 127, announced)
    if not masked:
        return head + payload
    key = os.urandom(4) if key is None else key
    return head + key + mask(payload, key)


def mask(payload, key):
    if not payload:
        return b""
    pattern = (key * (len(payload) // 4 + 1))[:len(payload)]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(pattern, "big")).to_bytes(len(payload), "big")


def close(code, reason=b"", masked=True):
    return frame(CLOSE, struct.pack("!H", code) + reason, masked=masked)


def fragments(opcode, payload, cuts, masked=True, rsv=0):
    """The frames of one message, cut at these offsets."""
    parts = [payload[start:end] for start, end in zip([0, *cuts], [*cuts, len(payload)])]
    return [
        frame(opcode if index == 0 else CONTINUATION, part, final=index == len(parts) - 1, masked=masked,
              rsv=rsv if index == 0 else 0)
        for index, part in enumerate(parts)
    ]


class Deflater:
    """Compresses messages of one direction, with or without what came before them."""

    def __init__(self, takeover=True):
        self.takeover = takeover
        self.stream = None

    def compress(self, payload):
        if self.stream is None or not self.takeover:
            self.stream = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = self.stream.compress(payload) + self.stream.flush(zlib.Z_SYNC_FLUSH)
        assert data.endswith(b"\0\0\xff\xff")
        return data[:-4]


class Frame:
    def __init__(self, first, masked, payload, raw):
        self.opcode = first & 15
        self.final = bool(first & 0x80)
        self.compressed = bool(first & 0x40)
        self.masked = masked
        self.payload = payload
        self.raw = raw

    @property
    def code(self):
        return struct.unpack("!H", self.payload[:2])[0] if len(self.payload) >= 2 else None


def take_frame(wire):
    """The next frame that `wire` receives."""
    wire.need(2)
    first, second = wire.buffer[0], wire.buffer[1]
    size, extended = second & 127, 2
    if size == 126:
        wire.need(4)
        size, extended = struct.unpack("!H", wire.buffer[2:4])[0], 4
    elif size == 127:
        wire.need(10)
        size, extended = struct.unpack("!Q", wire.buffer[2:10])[0], 10
    masked = bool(second & 0x80)
    start = extended + (4 if masked else 0)
    raw = wire.take(start + size)
    payload = raw[start:]
    return Frame(first, masked, mask(payload, raw[extended:start]) if masked else payload, raw)


def request(path="/", key=KEY, fields="", method="GET", version="13", host="a.test"):
    return (
        f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: {version}\r\n{fields}\r\n").encode()


class WebSocketClient(Client):
    """A client behind its handshake; `head` is the gateway's answer."""

    def __init__(self, port, path="/", fields="", behind=b""):
        super().__init__(port)
        self.send(request(path, fields=fields) + behind)
        self.head = self.take_head()
        if self.head.status != 101:
            raise AssertionError(f"no upgrade: {self.head.line}")

    def frame(self):
        return take_frame(self)

    def close_code(self):
        """The code of the close frame that comes next, and that nothing comes behind it."""
        last = self.frame()
        assert last.opcode == CLOSE, last.raw
        return last.code


def switch(connection, extension=None, fields="", behind=b""):
    """The server's half: reads the request and answers 101. Returns the request's head."""
    head = connection.take_head()
    connection.heads.append(head)
    if head.get("sec-websocket-key") is None:
        raise Closed("no handshake")
    if extension:
        fields += f"Sec-WebSocket-Extensions: {extension}\r\n"
    connection.send(
        (f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         f"Sec-WebSocket-Accept: {accept_of(head.get('sec-websocket-key'))}\r\n{fields}\r\n").encode() + behind)
    connection.received = b""
    return head


def echo(connection, extension=None):
    """A server that sends every frame back, unmasked, as it was cut; a close is answered and ends it."""
    switch(connection, extension)
    while True:
        try:
            received = take_frame(connection)
        except Closed:
            return
        opcode = PONG if received.opcode == PING else received.opcode
        connection.send(frame(opcode, received.payload, final=received.final, masked=False,
                              rsv=0x40 if received.compressed else 0))
        if received.opcode == CLOSE:
            return


def echo_choosing(connection):
    """As `echo`, with the extension that the path names: /?x=NAME (plus for a blank)."""
    connection.need(1)
    while b"\r\n" not in connection.buffer:
        connection.fill()
    target = connection.buffer.split(b" ")[1].decode()
    _, _, name = target.partition("?x=")
    echo(connection, {"deflate": "permessage-deflate", "fresh": "permessage-deflate; client_no_context_takeover; "
                      "server_no_context_takeover"}.get(name))


def echo_or(respond):
    """A script: echoes the frames of what asks for a WebSocket, on a connection that was used before as well; all
    else is answered with what `respond(head, body)` says."""

    def script(connection):
        while True:
            while b"\r\n\r\n" not in connection.buffer:
                if not connection.fill():
                    return
            if b"upgrade: websocket" in connection.buffer.lower():
                return echo(connection)
            head = connection.request()
            connection.send(respond(head, connection.bodies[-1]))

    return script
