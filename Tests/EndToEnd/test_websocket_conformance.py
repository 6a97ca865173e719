"""The conformance kit's WebSocket benches: the Autobahn suite through the gateway, and lax peers behind
and before it, whose malformed frames must not come through.

Skipped aloud without the kit, or without the Python 2.7 that the suite runs on."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support.gateway import ROOT, Gateway
from support.waiting import free_port

KIT = pathlib.Path(os.environ.get("WAFD_CONFORMANCE_KIT", ROOT.parent / "shared/conformance")) / "ws"
# Sizes are the suite's largest; its cases of limits are not about those that an operator sets.
HTTP = """
waf_websocket on;
waf_websocket_max_message 32m;
waf_websocket_memory 256m;
proxy_read_timeout 120s;
server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; } }
"""
CHECKS = 1_034
# Of the lax benches' cases those that hold something malformed.
MALFORMED = 122
MINUTES = 15


def python27():
    """As the kit looks for it."""
    candidates = [os.environ.get("PYTHON27"), shutil.which("python2.7"),
                  *pathlib.Path.home().glob(".pyenv/versions/2.7*/bin/python2.7")]
    for candidate in candidates:
        if candidate and subprocess.run([candidate, "--version"], capture_output=True).returncode == 0:
            return str(candidate)
    return None


@unittest.skipUnless(KIT.is_dir(), f"SKIPPED: no conformance kit in {KIT}")
@unittest.skipUnless(python27(), "SKIPPED: no Python 2.7 (PYTHON27, PATH or pyenv) for the Autobahn suite")
class Conformance(unittest.TestCase):
    def test_all_benches(self):
        upstream = f"127.0.0.1:{free_port()}"
        gateway = Gateway(HTTP.replace("%BACKEND%", upstream))
        self.addCleanup(gateway.stop)
        gateway.start()
        with tempfile.TemporaryDirectory() as folder:
            results = pathlib.Path(folder) / "results.json"
            run = subprocess.run(
                [KIT / "run_autobahn.sh", "--target", f"ws://{gateway.address}/", "--upstream", upstream,
                 "--bench", "all", "--set", "fast", "--need-code",
                 "--json", results],
                env={**os.environ, "PYTHON27": python27()}, capture_output=True, text=True,
                timeout=MINUTES * 60)
            self.assertIn(run.returncode, (0, 1), f"the benches did not run: {run.stdout[-2000:]}{run.stderr[-2000:]}")
            report = json.loads(results.read_text())
        self.assertEqual(run.returncode, 0, run.stdout[-4000:])
        self.assertEqual((report["passed"], report["failed"]), (CHECKS, 0))
        for bench in report["benches"]:
            with self.subTest(bench["bench"]):
                self.assertEqual(bench["failed"], 0)
                if bench["bench"].startswith("lax"):
                    self.assertEqual((bench["malformed"], bench["leaked"]), (MALFORMED, 0))


if __name__ == "__main__":
    unittest.main()
