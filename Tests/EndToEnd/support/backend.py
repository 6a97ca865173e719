"""Backends that do what a test says and remember every byte that reached them."""

import socket
import threading

from . import waiting
from .http import Closed, Head, Wire


class BackendConnection(Wire):
    """One accepted connection. `received` is all that came, `heads` what was read as requests."""

    def __init__(self, sock):
        super().__init__(sock)
        self.bodies = []
        self.heads = []
        self.has_ended = False

    def request(self):
        """The next request's head; its body is in `bodies`. None when the client is gone."""
        try:
            head = self.take_head()
            self.heads.append(head)
            self.bodies.append(self.take_body(head))
            return head
        except (Closed, socket.timeout, OSError):
            return None


class Backend:
    """Runs `script(connection)` in a thread for each connection, and closes it afterwards."""

    def __init__(self, script=None):
        self.script = script or reflect
        self.connections = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            connection = BackendConnection(sock)
            self.connections.append(connection)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            self.script(connection)
        except (Closed, OSError):
            pass
        finally:
            connection.close()
            connection.has_ended = True

    def stop(self):
        # A blocked accept keeps the socket listening until it is shut down.
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()

    def forget(self):
        """Looks only at what comes from now on; kept connections stay known."""
        self.connections = [connection for connection in self.connections if not connection.has_ended]
        for connection in self.connections:
            connection.received, connection.heads, connection.bodies = b"", [], []

    @property
    def received(self):
        return b"".join(connection.received for connection in self.connections)

    @property
    def heads(self):
        return [head for connection in self.connections for head in connection.heads]

    @property
    def contents(self):
        """The bodies of all requests."""
        return [body for connection in self.connections for body in connection.bodies]

    def last(self):
        """The newest connection, once there is one."""
        waiting.until(lambda: self.connections, "a connection to the backend")
        return self.connections[-1]


def answer(body=b"ok", fields="", status="200 OK"):
    """A response with a length."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{fields}\r\n".encode() + body


def always(response):
    """A script: every request gets these bytes."""

    def script(connection):
        while connection.request():
            connection.send(response)

    return script


def reflect(connection):
    """A script: the answer's body is the request as it came, and its content."""
    while True:
        head = connection.request()
        if head is None:
            return
        body = b"" if head.line.startswith("HEAD ") else head.raw + connection.bodies[-1]
        connection.send(answer(body))


def reflected(response):
    """The head that the backend saw, out of what `reflect` answered."""
    raw, _, _ = response.body.partition(b"\r\n\r\n")
    return Head(raw + b"\r\n\r\n")
