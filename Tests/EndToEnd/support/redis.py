"""A redis-server of the test's own, and a relay to it that can be cut."""

import shutil
import socket
import subprocess
import tempfile
import threading

from . import waiting

SERVER = shutil.which("redis-server")


class Redis:
    def __init__(self, password=None):
        self.port = waiting.free_port()
        self.password = password
        self.folder = tempfile.mkdtemp(prefix="wafd-redis-")
        command = [SERVER, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self.folder]
        if password:
            command += ["--requirepass", password]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        waiting.until(self.answers, "redis answers")

    def answers(self):
        try:
            return self.ask("PING") == "+PONG"
        except OSError:
            return False

    def ask(self, *words):
        """The first line of the answer to a command."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as client:
            lines = client.makefile("rb")
            if self.password:
                client.sendall(self.encoded("AUTH", self.password))
                lines.readline()
            client.sendall(self.encoded(*words))
            return lines.readline().decode().rstrip("\r\n")

    @staticmethod
    def encoded(*words):
        text = f"*{len(words)}\r\n" + "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in words)
        return text.encode()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


class Relay:
    """Bytes in both directions, until it is cut: then connections break and further ones are refused."""

    def __init__(self, target):
        self.target = target
        self.port = waiting.free_port()
        self.sockets = []
        self.listener = None
        self.mend()

    def mend(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def cut(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for end in self.sockets:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
        self.sockets = []

    def accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            self.sockets += [client, server]
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self.copy, args=(source, sink), daemon=True).start()

    @staticmethod
    def copy(source, sink):
        try:
            while part := source.recv(65536):
                sink.sendall(part)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass
