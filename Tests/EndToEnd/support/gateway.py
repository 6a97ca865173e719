"""The real binaries, started in a folder of their own on free ports."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile

from . import waiting

ROOT = pathlib.Path(__file__).resolve().parents[3]
WAFD = os.environ.get("WAFD_BINARY", str(ROOT / ".build/release/wafd"))
WAF_CTL = os.environ.get("WAF_CTL_BINARY", str(ROOT / ".build/release/waf-ctl"))

MAIN = """worker_processes {workers};
pid wafd.pid;
error_log error.log info;
rule_store store;
control_socket control.sock;
events {{ worker_connections {connections}; }}
"""


class Gateway:
    """One master and its workers.

    `http` is the content of the http block, in which `%LISTEN%` stands for the gateway's address.
    `files` are further files by name, rule files for instance.
    """

    def __init__(self, http, files=None, workers=2, main="", connections=512, port=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wafd-e2e-"))
        self.port = port or waiting.free_port()
        self.workers = workers
        self.main = MAIN.format(workers=workers, connections=connections) + main
        self.process = None
        self.restarted = []
        (self.folder / "store").mkdir()
        for name, text in (files or {}).items():
            self.write(name, text)
        self.configure(http)

    def configure(self, http):
        self.write("wafd.conf", self.main + "http {\n" + http.replace("%LISTEN%", self.address) + "\n}\n")

    def write(self, name, text):
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    @property
    def arguments(self):
        return [WAFD, "-p", str(self.folder), "-c", "wafd.conf"]

    # Life

    def start(self):
        self.output = open(self.folder / "output", "w+b")
        self.process = subprocess.Popen(self.arguments, stdout=self.output, stderr=self.output)
        waiting.until(self.is_serving, "all workers serve")
        return self

    def is_serving(self):
        if self.process.poll() is not None:
            raise AssertionError(f"wafd ended with {self.process.returncode}: {self.told()}")
        status = self.status()
        return status and all(worker["state"] == "serving" for worker in status["workers"])

    def told(self):
        """What the process wrote to its standard streams."""
        return (self.folder / "output").read_text(errors="replace")

    def stop(self):
        """Ends the processes, and says whether a worker died on the way."""
        if self.process is None:
            return
        ended = self.worker_deaths()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.output.close()
        log = self.log()
        shutil.rmtree(self.folder)
        if ended:
            raise AssertionError(f"workers ended unasked: {ended}\n{log[-3000:]}")

    def worker_deaths(self):
        """The log's lines of workers that ended by a signal nobody here sent."""
        killed = {f"process {pid} " for pid in self.restarted}
        return [
            line for line in self.log().splitlines()
            if "was ended by signal" in line or "killed by signal" in line or "ended by signal" in line
            if not any(name in line for name in killed)
        ]

    def signal(self, number):
        os.kill(self.process.pid, number)

    def reload(self):
        """HUP, until the next generation is in force everywhere."""
        before = self.status()["generation"]
        self.signal(signal.SIGHUP)
        waiting.until(
            lambda: self.status()["generation"] > before
            and all(worker["generation"] == self.status()["generation"] for worker in self.status()["workers"]),
            "the next generation is in force")

    # Answers

    def ask(self, verb, **members):
        """The master's answer over the control socket; None when nobody is there."""
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(waiting.PATIENCE_SECONDS)
                client.connect(str(self.folder / "control.sock"))
                client.sendall(json.dumps({"verb": verb, **members}).encode() + b"\n")
                line = b""
                while not line.endswith(b"\n"):
                    part = client.recv(65536)
                    if not part:
                        return None
                    line += part
                return json.loads(line)
        except (FileNotFoundError, ConnectionError):
            return None

    def status(self):
        return self.ask("status")

    def counters(self):
        return self.ask("stats")["total"]

    def worker_pids(self):
        return [worker["pid"] for worker in self.status()["workers"]]

    def log(self):
        path = self.folder / "error.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def control(self, *arguments):
        """waf-ctl with this gateway's socket."""
        return subprocess.run(
            [WAF_CTL, *arguments, "--socket", str(self.folder / "control.sock")],
            capture_output=True, text=True, timeout=30)

    def cpu_seconds(self):
        """Processor time that the workers have used so far."""
        total = 0
        for pid in self.worker_pids():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def private_kilobytes(self):
        """Memory of its own of the largest worker."""
        sizes = []
        for pid in self.worker_pids():
            text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
            sizes.append(sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_")))
        return max(sizes)
