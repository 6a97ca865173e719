"""Reading and writing HTTP/1.1 byte by byte, for both ends."""

import hashlib
import socket

from . import waiting


class Closed(Exception):
    """The peer closed before what was waited for had come."""


class Wire:
    """A connected socket with what it has received and nobody has taken yet."""

    def __init__(self, sock):
        self.socket = sock
        self.socket.settimeout(waiting.PATIENCE_SECONDS)
        self.buffer = b""
        self.received = b""

    def send(self, data):
        self.socket.sendall(data)

    def send_by_pieces(self, data, size=1):
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(data), size):
            self.socket.sendall(data[start:start + size])

    def fill(self):
        """One receive; False at the end of the stream."""
        try:
            data = self.socket.recv(1 << 18)
        except ConnectionResetError:
            data = b""
        self.buffer += data
        self.received += data
        return bool(data)

    def need(self, count):
        while len(self.buffer) < count:
            if not self.fill():
                raise Closed(f"{count} bytes wanted, {self.buffer[:200]!r} there")

    def take(self, count):
        self.need(count)
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def take_until(self, mark):
        while mark not in self.buffer:
            if not self.fill():
                raise Closed(f"{mark!r} wanted, {self.buffer[:200]!r} there")
        end = self.buffer.index(mark) + len(mark)
        return self.take(end)

    def take_rest(self):
        """Everything up to the end of the stream."""
        while self.fill():
            pass
        data, self.buffer = self.buffer, b""
        return data

    def digest(self, count):
        """MD5 of the next `count` bytes, none of which is kept."""
        digest = hashlib.md5()
        while count:
            if not self.buffer and not self.fill():
                raise Closed(f"{count} bytes more wanted")
            data, self.buffer = self.buffer[:count], self.buffer[count:]
            self.received = b""
            digest.update(data)
            count -= len(data)
        return digest.hexdigest()

    def is_closed(self, seconds=waiting.PATIENCE_SECONDS):
        """Whether the peer ends its stream without another byte."""
        self.socket.settimeout(seconds)
        try:
            return not self.buffer and not self.fill()
        except socket.timeout:
            return False
        finally:
            self.socket.settimeout(waiting.PATIENCE_SECONDS)

    def reset(self):
        """Closes with RST instead of FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.socket.close()

    def close(self):
        self.socket.close()

    def take_head(self):
        return Head(self.take_until(b"\r\n\r\n"))

    def take_chunked(self):
        content = b""
        while True:
            size = int(self.take_until(b"\r\n").split(b";")[0], 16)
            if size == 0:
                while self.take_until(b"\r\n") != b"\r\n":
                    pass
                return content
            content += self.take(size)
            assert self.take(2) == b"\r\n"

    def take_body(self, head):
        if head.get("transfer-encoding"):
            return self.take_chunked()
        return self.take(int(head.get("content-length", "0")))


class Head:
    """A head as it came, and its fields by name in lower case."""

    def __init__(self, raw):
        self.raw = raw
        lines = raw.decode("latin-1").split("\r\n")
        self.line = lines[0]
        self.fields = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:] if line]

    def all(self, name):
        return [value for key, value in self.fields if key.lower() == name]

    def get(self, name, default=None):
        values = self.all(name)
        return values[0] if values else default

    @property
    def status(self):
        return int(self.line.split()[1])


class Response:
    def __init__(self, head, body):
        self.head = head
        self.status = head.status
        self.body = body


class Client(Wire):
    """A client of the gateway."""

    def __init__(self, port, receive_buffer=None, source=None):
        sock = socket.socket()
        if source:
            sock.bind((source, 0))
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.connect(("127.0.0.1", port))
        super().__init__(sock)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def response(self, method="GET"):
        """The next answer that is not interim."""
        head = self.take_head()
        while head.status == 100:
            head = self.take_head()
        if method == "HEAD" or head.status in (204, 304):
            return Response(head, b"")
        if head.get("transfer-encoding") or head.get("content-length") is not None:
            return Response(head, self.take_body(head))
        return Response(head, self.take_rest())

    def ask(self, request, method="GET"):
        self.send(request)
        return self.response(method)


def get(path="/", host="a.test", fields=""):
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n".encode("latin-1")


def post(body, path="/", fields="Content-Type: application/x-www-form-urlencoded\r\n"):
    return f"POST {path} HTTP/1.1\r\nHost: a.test\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body


def chunked(*parts):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def once(port, request, method="GET"):
    """One request on a connection of its own."""
    with Client(port) as client:
        return client.ask(request, method)
