"""Waiting by looking, with a bound."""

import socket
import time

PATIENCE_SECONDS = 10.0


def until(claim, what, seconds=PATIENCE_SECONDS):
    """Returns the first true value of `claim()`; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = claim()
        if value:
            return value
        if time.monotonic() >= deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.005)


_handed_out = set()


def free_port():
    """A port of the loopback that nobody listens on, and that was not handed out before."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port not in _handed_out:
            _handed_out.add(port)
            return port
