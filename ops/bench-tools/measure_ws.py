"""WebSocket: frames parsed and validated, no rules. CPU of the worker per echoed message."""

import contextlib
import json

import kit
import proxies
import rounds
from processes import Program, cores, free_port, run_load

SIZES = (32, 1024, 16384)
DEPTHS = (1, 16)
CONNECTIONS = 64


def run(folder, options):
    tools = kit.build()
    core = cores()[1]
    port = free_port()
    with contextlib.ExitStack() as stack:
        echo = stack.enter_context(Program([tools / "wsecho", "-p", port], core, folder / "wsecho.output"))
        echo.wait_for_port(port)
        candidates = [stack.enter_context(proxies.wafd(folder, port))]
        if proxies.nginx_program() and not options.alone:
            candidates.append(stack.enter_context(proxies.nginx(folder, port)))
        print(f"{CONNECTIONS} connections, {options.rounds} rounds of {options.seconds:g} s, medians")
        print(rounds.header("message"))
        for size in SIZES:
            for depth in DEPTHS:
                label = f"ws {size} B, depth {depth}"
                samples = rounds.measure(
                    candidates, options.rounds, label, lambda proxy: sample(tools, proxy, size, depth, options.seconds)
                )
                print(rounds.row(label, samples), flush=True)


def sample(tools, proxy, size, depth, seconds):
    argv = [tools / "wsload", "-p", proxy.port, "-u", "/ws", "-c", CONNECTIONS, "-s", size, "-P", depth]
    argv += ["-d", seconds, "--cpu-pid", proxy.worker_pid]
    result = json.loads(run_load(argv, cores()[1], seconds + 60))
    return rounds.Sample(result["cpu"]["us_per_msg"], result["msgs_per_s"])
