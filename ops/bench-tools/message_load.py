"""Runs ws_load: messages as applications send them, through a proxy or straight to the backend."""

import contextlib
import json

import kit
import rounds
from processes import Program, cores, free_port, run_load


class MessageSample(rounds.Sample):
    """What one run tells; microseconds are the worker's for each message that went and came back."""

    def __init__(self, result):
        super().__init__(result["cpu_microseconds"], result["per_second"])
        #: Of these microseconds, what was not the kernel's.
        self.user = result["user_microseconds"]
        self.p50 = result["p50_microseconds"]
        self.p99 = result["p99_microseconds"]
        self.wire_bytes = result["wire_bytes"]
        self.inflate = result["inflate_microseconds"]


@contextlib.contextmanager
def backend(folder, acknowledges=False):
    """ws_echo on the second core; gives its port."""
    port = free_port()
    argv = [kit.message_tools() / "ws_echo", "-p", port, *(["-a"] if acknowledges else [])]
    name = "ws_echo-a.output" if acknowledges else "ws_echo.output"
    with Program(argv, cores()[1], folder / name) as program:
        program.wait_for_port(port)
        yield port


def load(port, options, *, pid=0, connections=64, size=200, depth=1, kind="json", deflate="off", rate=None,
         inflate_seconds=0, acknowledges=False):
    argv = [kit.BUILD / "websocket" / "ws_load", "-p", port, "-u", "/ws", "-c", connections, "-s", size]
    argv += ["-P", depth, "-k", kind, "-z", deflate, "-d", options.seconds, "-C", pid, "-i", inflate_seconds]
    argv += ["-r", rate] if rate else []
    argv += ["-a"] if acknowledges else []
    return MessageSample(json.loads(run_load(argv, cores()[1], options.seconds + 60)))
