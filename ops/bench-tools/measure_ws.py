"""WebSocket: frames parsed and validated, no rules. CPU of the worker per echoed message, in random bytes."""

import contextlib
import json
import math
import statistics

import kit
import proxies
import rounds
from processes import Program, cores, free_port, run_load

SIZES = (32, 256, 2048, 16384, 65536, 262144)
#: Connections, and messages under way on each.
LOADS = ((1, 1), (128, 1), (128, 16))
# What the ratio to nginx is to stay under in each cell, and in their geometric mean.
CELL_LIMIT = 1.05
MEAN_LIMIT = 1.0


def run(folder, options):
    tools = kit.build()
    core = cores()[1]
    port = free_port()
    with contextlib.ExitStack() as stack:
        echo = stack.enter_context(Program([tools / "wsecho", "-p", port], core, folder / "wsecho.output"))
        echo.wait_for_port(port)
        candidates = [stack.enter_context(proxies.wafd(folder, port))]
        if not options.alone:
            candidates += [stack.enter_context(proxy) for proxy in proxies.others(folder, port)]
        names = {candidate.name for candidate in candidates}
        print(f"frames validated, no rules; {options.rounds} rounds of {options.seconds:g} s, medians")
        print(rounds.header("message", "haproxy" in names))
        cells = {name: [] for name in names - {"wafd"}}
        for connections, depth in LOADS:
            for size in SIZES:
                label = f"{size} B, {connections} x {depth}"
                samples = rounds.measure(
                    candidates, options.rounds, label,
                    lambda proxy: sample(tools, proxy, size, connections, depth, options.seconds))
                print(rounds.row(label, samples), flush=True)
                for name in cells:
                    cells[name].append(statistics.median(rounds.ratios(samples["wafd"], samples[name])))
    for name, ratios in sorted(cells.items(), reverse=True):
        mean = math.exp(statistics.fmean(map(math.log, ratios)))
        above = sum(ratio > CELL_LIMIT for ratio in ratios)
        print(f"to {name}: geometric mean {mean:.3f} (to reach {MEAN_LIMIT:g}), largest {max(ratios):.2f}, "
              f"{above} of {len(ratios)} cells above {CELL_LIMIT:g}")


def sample(tools, proxy, size, connections, depth, seconds):
    argv = [tools / "wsload", "-p", proxy.port, "-u", "/ws", "-c", connections, "-s", size, "-P", depth]
    argv += ["-d", seconds, "--cpu-pid", proxy.worker_pid]
    result = json.loads(run_load(argv, cores()[1], seconds + 60))
    return rounds.Sample(result["cpu"]["us_per_msg"], result["msgs_per_s"])
