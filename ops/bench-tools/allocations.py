"""Heap calls of the worker per message and per request, between two moments of a steady load."""

import contextlib
import json
import os
import re
import struct
import subprocess
import time

import kit
import proxies
from processes import BenchError, Program, cores, free_port

CONNECTIONS = 64
WARM_UP_SECONDS = 1.0
#: Heap calls that have nothing to do with messages (a timer, a log line) may fall in the window.
TOLERANCE_PER_MESSAGE = 0.001
#: Size, depth, and whether messages come whole with one read. One that is cut by the end of a read is
#: collected in a buffer of its connection, which is given back afterwards: shown, but not counted as a
#: failure.
LOADS = ((32, 1, True), (32, 16, True), (1024, 1, True), (1024, 16, True), (16384, 16, False))


def run(folder, options):
    """Returns whether whole messages pass through without an allocation."""
    tools = kit.build()
    library = kit.preloaded("allocation_counter")
    binary = kit.gateway()
    control = kit.control_tool(binary)
    print(f"{'heap calls of the worker':<28}{'items':>11}{'taken':>9}{'resized':>9}{'freed':>9}{'taken per item':>16}")
    is_free = True
    for size, depth, is_whole in LOADS:
        load = [tools / "wsload", "-u", "/ws", "-c", CONNECTIONS, "-s", size, "-P", depth]
        label = f"ws {size} B, depth {depth}" + ("" if is_whole else " (cut)")
        result = measure(folder, label, [tools / "wsecho"], load, options, library, binary, control)
        if is_whole and result > TOLERANCE_PER_MESSAGE:
            is_free = False
    measure(folder, "http 512 B", [tools / "httpback", "-s", 512], None, options, library, binary, control)
    print("messages that come whole: " + ("no allocation" if is_free else "ALLOCATIONS"))
    return is_free


def measure(folder, label, backend, load, options, library, binary, control):
    place = folder / re.sub("[^a-z0-9]+", "-", label.lower())
    counts = place / "counts"
    counts.mkdir(parents=True)
    core = cores()[1]
    port = free_port()
    # The master hands its environment on to its workers.
    environment = {"LD_PRELOAD": str(library), "ALLOCATION_COUNTS": str(counts)}
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(Program([*backend, "-p", port], core, place / "backend.output"))
        server.wait_for_port(port)
        proxy = stack.enter_context(proxies.wafd(place, port, environment, binary))
        path = counts / str(proxy.worker_pid)
        seconds = WARM_UP_SECONDS + options.seconds + 5
        if load is None:
            argv = ["wrk", "-t1", "-c16", f"-d{int(seconds)}s", f"http://127.0.0.1:{proxy.port}/"]
        else:
            argv = [*load, "-p", proxy.port, "-w", 0, "-d", seconds]
        stack.enter_context(Program(argv, core, place / "load.output"))
        time.sleep(WARM_UP_SECONDS)
        items_before, before = items(control, proxy, load is not None), read(path)
        time.sleep(options.seconds)
        items_after, after = items(control, proxy, load is not None), read(path)
    count = items_after - items_before
    if count <= 0:
        raise BenchError(f"{label}: nothing was forwarded")
    taken, resized, freed = (b - a for a, b in zip(before, after))
    per_item = (taken + resized) / count
    print(f"{label:<28}{count:>11,}{taken:>9,}{resized:>9,}{freed:>9,}{per_item:>16.4f}", flush=True)
    return per_item


def items(control, proxy, is_websocket):
    """Messages of both directions, or requests, that the worker has counted."""
    argv = [str(control), "stats", "--json", "--socket", str(proxy.folder / "control.sock")]
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=30)
    if done.returncode != 0:
        raise BenchError(f"waf-ctl stats failed: {done.stderr}")
    total = json.loads(done.stdout)["total"]
    if is_websocket:
        return total["websocket_messages_client_to_server"] + total["websocket_messages_server_to_client"]
    return total["requests"]


def read(path):
    """Taken, resized, freed, as `allocation_counter.c` lays them out."""
    if not os.path.exists(path):
        raise BenchError(f"the worker counts no heap calls: {path} is missing")
    with open(path, "rb") as file:
        return struct.unpack("=4Q", file.read(32))[:3]
