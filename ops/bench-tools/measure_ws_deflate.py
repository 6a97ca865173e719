"""permessage-deflate inspected, no rules: what it costs beside zlib's inflate of the same messages."""

import contextlib
import statistics
import struct

import kit
import message_load
import proxies
import rounds
from processes import BenchError, cpu_nanoseconds

SIZES = (200, 4096, 65536)
CONNECTIONS = 16
#: What inspection may cost in times of the inflate.
LIMIT = 1.1
#: Seconds for which zlib's inflate alone is timed in each round.
INFLATE_SECONDS = 0.3


def run(folder, options):
    """Both messages of an echo are inflated. The difference is taken to the same text without compression,
    in user code: what the kernel spends on a message depends more on how many come with one wake-up than
    on what is in it. Inflate is timed alone, in the load, and where the worker calls it."""
    print(f"JSON, {CONNECTIONS} connections; {options.rounds} rounds of {options.seconds:g} s, medians")
    print(f"{'CPU us per echo':<22}{'plain':>8}{'deflate':>9}{'user code: plain':>18}{'deflate':>9}"
          f"{'over':>8}{'inflate there':>15}{'over/':>7}{'alone':>8}{'over/':>7}   to reach {LIMIT:g}")
    times = folder / "times"
    times.mkdir()
    environment = {"LD_PRELOAD": str(kit.preloaded("inflate_timer")), "INFLATE_TIMES": str(times)}
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(message_load.backend(folder))
        proxy = stack.enter_context(proxies.wafd(folder, port, environment))
        for deflate in ("takeover", "no-takeover"):
            for size in SIZES:
                print(row(proxy, times, options, deflate, size), flush=True)


def row(proxy, times, options, deflate, size):
    loads = [
        Load("plain", size=size),
        Load("deflate", size=size, deflate=deflate, inflate_seconds=INFLATE_SECONDS),
    ]
    samples = rounds.measure(
        loads, options.rounds, f"{size} B, {deflate}", lambda load: load.take(proxy, times, options))
    plain, deflated = samples["plain"], samples["deflate"]
    over = rounds.differences(deflated, plain, "user")
    there, alone = ([getattr(sample, name) for sample in deflated] for name in ("there", "alone"))
    text = f"{f'{size} B, {deflate}':<22}"
    for taken, name, width in ((plain, "microseconds", 8), (deflated, "microseconds", 9), (plain, "user", 18),
                               (deflated, "user", 9)):
        text += f"{rounds.median(taken, name):>{width}.2f}"
    text += f"{statistics.median(over):>8.2f}"
    for inflate, width in ((there, 15), (alone, 8)):
        shares = [a / b for a, b in zip(over, inflate)]
        text += f"{statistics.median(inflate):>{width}.2f}{statistics.median(shares):>7.2f}"
    return text


class Load:
    """What is sent, under the name of its column."""

    def __init__(self, name, **load):
        self.name = name
        self.load = load

    def take(self, proxy, times, options):
        before = read(times, proxy), cpu_nanoseconds(proxy.worker_pid)
        sample = message_load.load(
            proxy.port, options, pid=proxy.worker_pid, connections=CONNECTIONS, **self.load)
        inflating, used = read(times, proxy) - before[0], cpu_nanoseconds(proxy.worker_pid) - before[1]
        # Warm-up and end are in both, so that the share is that of the measured messages.
        sample.there = sample.microseconds * inflating / used
        sample.alone = 2 * sample.inflate
        return sample


def read(times, proxy):
    """Nanoseconds in inflate so far, as inflate_timer.c lays them out."""
    path = times / str(proxy.worker_pid)
    if not path.exists():
        raise BenchError(f"the worker times no inflate: {path} is missing")
    return struct.unpack("=2Q", path.read_bytes())[1]
