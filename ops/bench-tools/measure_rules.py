"""Requests under the OWASP Core Rule Set, blocking, beside nginx without any. CPU of the worker per request.

The rule set comes from the conformance kit (WAFD_CONFORMANCE_KIT, else ../shared/conformance), the mixes
from http/mix.lua of the load tools.
"""

import contextlib
import math
import os
import pathlib
import re
import time

import kit
import proxies
import rounds
from processes import BenchError, Program, cores, cpu_nanoseconds, free_port, run_load

CONNECTIONS = 16
# What a ratio to nginx is to reach, first and at best.
MIXES = {
    "get": (4.5, 3.2),
    "form": (5, 4),
    "json": (10, 8),
    "attack": (5, 5),
    "upload": (6.5, 6.5),
    "big": (110, 110),
}
# Requests are whole files or forms; nothing may be refused for its size.
ENGINE = """\
SecRuleEngine On
SecRequestBodyAccess On
SecRequestBodyLimit 13107200
SecRequestBodyNoFilesLimit 1048576
SecResponseBodyAccess On
SecAction "id:900000,phase:1,pass,t:none,nolog,setvar:tx.blocking_paranoia_level={level}"
SecRule REQUEST_HEADERS:Content-Type "^application/json" \\
    "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
"""


def rule_files(folder, level):
    root = kit.ROOT.parent / "shared" / "conformance"
    crs = pathlib.Path(os.environ.get("WAFD_CONFORMANCE_KIT") or root) / "crs"
    rules = sorted((crs / "rules").glob("*.conf"))
    if not rules:
        raise BenchError(f"no rules in {crs}; set WAFD_CONFORMANCE_KIT")
    engine = folder / "engine.conf"
    engine.write_text(ENGINE.format(level=level))
    return [engine, crs / "crs-setup.conf.example", *rules]


def run(folder, options):
    tools = kit.build()
    script = kit.source() / "http" / "mix.lua"
    if not script.is_file():
        raise BenchError(f"no mixes of requests at {script}")
    port = free_port()
    print(f"{CONNECTIONS} connections, {options.rounds} rounds of {options.seconds:g} s, medians, level {options.level}")
    print(rounds.header("request") + "   to reach")
    with contextlib.ExitStack() as stack:
        argv = [tools / "httpback", "-p", port, "-s", 512]
        backend = stack.enter_context(Program(argv, cores()[1], folder / "httpback.output"))
        backend.wait_for_port(port)
        rules = "\n".join(f"waf_rules_file {file};" for file in rule_files(folder, options.level))
        candidates = [stack.enter_context(proxies.wafd(folder, port, settings=rules))]
        if proxies.nginx_program() and not options.alone:
            candidates.append(stack.enter_context(proxies.nginx(folder, port)))
        for mix, (first, best) in MIXES.items():
            samples = rounds.measure(
                candidates, options.rounds, mix, lambda proxy: sample(proxy, mix, script, options.seconds))
            print(f"{rounds.row(mix, samples)}   {first:g}, {best:g}", flush=True)
        print(f"memory of the worker of wafd: {proportional_kilobytes(candidates[0].worker_pid):,} KB PSS")


def sample(proxy, mix, script, seconds):
    # wrk takes whole seconds only.
    seconds = max(1, math.ceil(seconds))
    argv = ["env", f"WAF_MIX={mix}", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", script,
            f"http://127.0.0.1:{proxy.port}/"]
    before, start = cpu_nanoseconds(proxy.worker_pid), time.monotonic()
    output = run_load(argv, cores()[1], seconds + 60)
    used, elapsed = cpu_nanoseconds(proxy.worker_pid) - before, time.monotonic() - start
    found = re.search(r"(\d+) requests in ", output)
    if not found or int(found[1]) == 0:
        raise BenchError(f"wrk counted no request:\n{output}")
    requests = int(found[1])
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    denied = int(refused[1]) if refused else 0
    expected = requests if mix == "attack" and proxy.name == "wafd" else 0
    if denied != expected:
        raise BenchError(f"{proxy.name} refused {denied} of {requests} requests of mix {mix}:\n{output}")
    return rounds.Sample(used / 1000 / requests, requests / elapsed)


def proportional_kilobytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise BenchError(f"no Pss of process {pid}")
