"""permessage-deflate inspected, no rules: what it costs beside zlib's inflate of the same messages."""

import contextlib
import statistics

import message_load
import proxies
import rounds

SIZES = (200, 4096, 65536)
CONNECTIONS = 16
#: What inspection may cost in times of the inflate alone.
LIMIT = 1.1
#: Seconds for which zlib's inflate alone is timed in each round.
INFLATE_SECONDS = 0.3


def run(folder, options):
    """Both messages of an echo are inflated. The difference is taken to the same text without compression,
    and to as many bytes on the wire that are not looked into."""
    print(f"JSON, {CONNECTIONS} connections; {options.rounds} rounds of {options.seconds:g} s, medians")
    print(f"{'CPU us per echo':<24}{'plain':>8}{'binary':>8}{'deflate':>9}{'inflate':>9}"
          f"{'over plain':>12}{'/inflate':>10}{'over binary':>13}{'/inflate':>10}   to reach {LIMIT:g}")
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(message_load.backend(folder))
        proxy = stack.enter_context(proxies.wafd(folder, port))
        for deflate in ("takeover", "no-takeover"):
            for size in SIZES:
                print(row(proxy, options, deflate, size), flush=True)


def row(proxy, options, deflate, size):
    def take(candidate):
        return message_load.load(
            proxy.port, options, pid=proxy.worker_pid, connections=CONNECTIONS, **candidate.load)

    deflated = Load("deflate", size=size, deflate=deflate, inflate_seconds=INFLATE_SECONDS)
    wire_bytes = max(1, round(take(deflated).wire_bytes))
    loads = [Load("plain", size=size), Load("binary", size=wire_bytes, kind="binary"), deflated]
    samples = rounds.measure(loads, options.rounds, f"{size} B, {deflate}", take)
    inflate = [2 * sample.inflate for sample in samples["deflate"]]
    text = f"{size} B, {deflate:<14}"
    plain, binary, deflated = (rounds.median(taken, "microseconds") for taken in samples.values())
    text = f"{text:<24}{plain:>8.2f}{binary:>8.2f}{deflated:>9.2f}{statistics.median(inflate):>9.2f}"
    for name, width in (("plain", 12), ("binary", 13)):
        over = rounds.differences(samples["deflate"], samples[name])
        shares = [a / b for a, b in zip(over, inflate)]
        text += f"{statistics.median(over):>{width}.2f}{statistics.median(shares):>10.2f}"
    return text


class Load:
    """What is sent, under the name of its column."""

    def __init__(self, name, **load):
        self.name = name
        self.load = load
