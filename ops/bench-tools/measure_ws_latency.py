"""Latency of WebSocket messages at half the load that wafd can take, against no proxy at all and nginx."""

import contextlib

import message_load
import proxies
import rounds

SIZES = (200, 4096)
CONNECTIONS = 64
#: Microseconds of p99 that the gateway may add.
LIMIT = 100
#: Messages that may wait on a connection before the rate counts as too high.
DEPTH_LIMIT = 1000


class Direct:
    """No proxy: the load talks to the backend."""

    name = "direct"

    def __init__(self, port):
        self.port = port


def run(folder, options):
    """Messages fall due at even distances, and latency counts from then."""
    print(f"JSON, {CONNECTIONS} connections; {options.rounds} rounds of {options.seconds:g} s, medians")
    print(f"{'latency, us':<24}{'rate /s':>9}{'direct p50':>12}{'p99':>8}{'nginx p50':>12}{'p99':>8}"
          f"{'wafd p50':>12}{'p99':>8}   p99 added (extremes), to stay under {LIMIT}")
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(message_load.backend(folder))
        candidates = [Direct(port), stack.enter_context(proxies.wafd(folder, port))]
        if proxies.nginx_program() and not options.alone:
            candidates.append(stack.enter_context(proxies.nginx(folder, port)))
        for size in SIZES:
            rate = half_load(candidates[1], options, size)
            samples = rounds.measure(
                candidates, options.rounds, f"{size} B",
                lambda proxy: message_load.load(
                    proxy.port, options, connections=CONNECTIONS, size=size, rate=rate, depth=DEPTH_LIMIT))
            text = f"{size} B, half load".ljust(24) + f"{rate:>9,}"
            for name in ("direct", "nginx", "wafd"):
                text += quantiles(samples.get(name))
            added = rounds.differences(samples["wafd"], samples["direct"], "p99")
            print(f"{text}   {rounds.middle(added)}", flush=True)


def half_load(wafd, options, size):
    """Messages a second; the whole load is what goes through with one under way on each connection."""
    runs = [message_load.load(wafd.port, options, connections=CONNECTIONS, size=size) for _ in range(3)]
    return int(rounds.median(runs, "per_second") / 2)


def quantiles(taken):
    if not taken:
        return f"{'':>20}"
    return f"{rounds.median(taken, 'p50'):>12.0f}{rounds.median(taken, 'p99'):>8.0f}"
