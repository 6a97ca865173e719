"""WebSocket messages under the OWASP Core Rule Set, blocking: what rules add to a message of JSON."""

import contextlib
import statistics

import measure_rules
import message_load
import proxies
import rounds

SIZE = 200
CONNECTIONS = 64
#: Microseconds that rules may add to a message.
LIMIT = 15


def run(folder, options):
    """An echo is two messages, the client's under phase 2 and the server's under phase 4; an
    acknowledgement of one byte leaves the client's."""
    print(f"JSON of {SIZE} B, {CONNECTIONS} connections, depth 1, level {options.level}; "
          f"{options.rounds} rounds of {options.seconds:g} s, medians (and extremes)")
    print(f"{'CPU us per exchange':<34}{'no rules':>9}{'rules':>9}  rules add")
    files = measure_rules.rule_files(folder, options.level)
    settings = "\n".join(f"waf_rules_file {file};" for file in files)
    for acknowledges, what in ((False, "echo: two messages"), (True, "acknowledged: client's, and 1 B")):
        place = folder / ("acknowledged" if acknowledges else "echo")
        place.mkdir()
        with contextlib.ExitStack() as stack:
            port = stack.enter_context(message_load.backend(place, acknowledges))
            candidates = [
                stack.enter_context(proxies.wafd(place, port)),
                stack.enter_context(proxies.wafd(place, port, settings=settings, name="rules")),
            ]
            samples = rounds.measure(
                candidates, options.rounds, what,
                lambda proxy: message_load.load(
                    proxy.port, options, pid=proxy.worker_pid, connections=CONNECTIONS, size=SIZE,
                    acknowledges=acknowledges))
        added = rounds.differences(samples["rules"], samples["wafd"])
        without, under = (rounds.median(samples[name], "microseconds") for name in ("wafd", "rules"))
        print(f"{what:<34}{without:>9.2f}{under:>9.2f}  {rounds.middle(added)}", flush=True)
        if not acknowledges:
            print(f"{'':<34}{'':>18}  {statistics.median(added) / 2:.2f} a message (to stay under {LIMIT})")
