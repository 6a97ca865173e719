"""Programs that are measured and measured with: started on a core, waited for, ended by their number."""

import os
import signal
import socket
import subprocess
import time


class BenchError(Exception):
    """Something that ends the run; the text is for the operator."""


def cores():
    """The core of what is measured, and that of load and backend; the same where there is only one."""
    available = sorted(os.sched_getaffinity(0))
    return available[0], available[1] if len(available) > 1 else available[0]


def free_port():
    """A loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children(pid):
    """Numbers of the direct children, in ascending order."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat") as file:
                # The second field is the program's name, and may hold blanks and brackets.
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] not in "ZX":
            found.append(int(name))
    return sorted(found)


def cpu_nanoseconds(pid):
    """CPU time so far of all threads. From schedstat, whose unit is finer than the ticks of stat."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as file:
            total += int(file.read().split()[0])
    return total


class Program:
    """A program that runs until it is ended; a context manager."""

    def __init__(self, argv, core, log_path, environment=None):
        self.argv = [str(word) for word in argv]
        self.core = core
        self.log_path = log_path
        self.environment = environment
        self.process = None

    def __enter__(self):
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **(self.environment or {})},
                preexec_fn=lambda: os.sched_setaffinity(0, {self.core}),
            )
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    @property
    def pid(self):
        return self.process.pid

    def wait_for_port(self, port, seconds=15):
        """Returns when the port takes connections."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise BenchError(f"{self.argv[0]} does not listen on port {port}:\n{self.log_text()}")

    def only_child(self, seconds=10):
        """The number of the one worker process."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = children(self.pid)
            if len(found) == 1:
                return found[0]
            time.sleep(0.05)
        raise BenchError(f"{self.argv[0]} has {len(children(self.pid))} workers, expected 1")

    def log_text(self):
        with open(self.log_path, errors="replace") as file:
            return file.read()[-4000:]


def run_load(argv, core, seconds):
    """Runs a load generator to its end and gives its output."""
    argv = [str(word) for word in argv]
    try:
        done = subprocess.run(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=seconds,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
    except subprocess.TimeoutExpired as error:
        raise BenchError(f"{argv[0]} did not end within {seconds:.0f} s") from error
    if done.returncode != 0:
        raise BenchError(f"{' '.join(argv)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
