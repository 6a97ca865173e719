"""The conformance kit, where it is at hand, and its origin server."""

import os
import pathlib
import socket
import subprocess
import sys
import unittest

from . import waiting
from .gateway import ROOT

KIT = pathlib.Path(os.environ.get("WAFD_CONFORMANCE_KIT", ROOT.parent / "shared" / "conformance"))

needs_kit = unittest.skipUnless(
    (KIT / "run_ftw.py").exists(), f"SKIPPED: no conformance kit at {KIT} (set WAFD_CONFORMANCE_KIT)")


def core_rule_set():
    """The kit's rule files in the order of its README."""
    rules = KIT / "crs"
    return [rules / "test-engine.conf", rules / "crs-setup.conf.example", rules / "test-setup.conf",
            *sorted((rules / "rules").glob("*.conf"))]


class Origin:
    """ftw_backend.py on a free port."""

    def __init__(self):
        self.port = waiting.free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, str(KIT / "ftw_backend.py"), "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        waiting.until(self.listens, "the origin listens")

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
