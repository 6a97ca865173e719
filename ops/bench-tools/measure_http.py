"""Plain HTTP over kept connections, no rules. CPU of the worker per request."""

import contextlib
import math
import re
import time

import kit
import proxies
import rounds
from processes import BenchError, Program, cores, cpu_nanoseconds, free_port, run_load

SIZES = (512, 16384)
CONNECTIONS = 16


def run(folder, options):
    tools = kit.build()
    core = cores()[1]
    print(f"{CONNECTIONS} connections, {options.rounds} rounds of {options.seconds:g} s, medians")
    print(rounds.header("request"))
    for size in SIZES:
        port = free_port()
        place = folder / f"http-{size}"
        place.mkdir()
        with contextlib.ExitStack() as stack:
            argv = [tools / "httpback", "-p", port, "-s", size]
            backend = stack.enter_context(Program(argv, core, place / "httpback.output"))
            backend.wait_for_port(port)
            candidates = [stack.enter_context(proxies.wafd(place, port))]
            if proxies.nginx_program() and not options.alone:
                candidates.append(stack.enter_context(proxies.nginx(place, port)))
            label = f"http {size} B"
            samples = rounds.measure(candidates, options.rounds, label, lambda proxy: sample(proxy, options.seconds))
            print(rounds.row(label, samples), flush=True)


def sample(proxy, seconds):
    # wrk takes whole seconds only.
    seconds = max(1, math.ceil(seconds))
    argv = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://127.0.0.1:{proxy.port}/"]
    before, start = cpu_nanoseconds(proxy.worker_pid), time.monotonic()
    output = run_load(argv, cores()[1], seconds + 60)
    used, elapsed = cpu_nanoseconds(proxy.worker_pid) - before, time.monotonic() - start
    if "Non-2xx" in output or "Socket errors" in output:
        raise BenchError(f"{proxy.name} failed under wrk:\n{output}")
    found = re.search(r"(\d+) requests in ", output)
    if not found or int(found[1]) == 0:
        raise BenchError(f"wrk counted no request:\n{output}")
    requests = int(found[1])
    return rounds.Sample(used / 1000 / requests, requests / elapsed)
