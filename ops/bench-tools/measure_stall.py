"""What one large body costs the others: the time in which small requests are answered while bodies of 1 MiB are
judged, all by one worker under the OWASP Core Rule Set.
"""

import contextlib
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import time

import kit
import measure_rules
import proxies
from processes import BenchError, Program, cores, free_port

BODY_BYTES = 1 << 20
SMALL = b"GET /?page=1&sort=name HTTP/1.1\r\nHost: bench.test\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\n\r\n"
WORDS = """water people number their would about first little sentence picture between important until children side
    always mountain later without second young talk soon list song leave family body music color stand question fish area
    horse birds problem complete room knew since ever piece told usually friends easy heard order red door sure become
    top ship across today during short better best however low hours black products happened whole measure remember early
    waves reached listen wind rock space covered fast several hold himself toward five step morning passed vowel true""".split()


def bodies():
    """By name: one value of a mebibyte, and as many as the engine takes by default. The words are chosen so that no
    rule denies them."""
    draw = random.Random(7)
    text = " ".join(draw.choice(WORDS) for _ in range(BODY_BYTES // 4))[:BODY_BYTES - 16]
    items = [" ".join(draw.choice(WORDS) for _ in range(BODY_BYTES // 4 // 900)) for _ in range(900)]
    return {
        "one text": ("application/x-www-form-urlencoded", b"text=" + text.replace(" ", "+").encode()),
        "json": ("application/json", json.dumps(items).encode()[:BODY_BYTES]),
    }


def send_bodies(port, kind, body):
    """Sends the body again and again, until the process is ended. Prints nothing unless it is refused."""
    head = (f"POST /form HTTP/1.1\r\nHost: bench.test\r\nContent-Type: {kind}\r\nUser-Agent: Mozilla/5.0\r\n"
            f"Accept: */*\r\nContent-Length: {len(body)}\r\n\r\n").encode()
    with socket.create_connection(("127.0.0.1", port)) as sock:
        while True:
            sock.sendall(head + body)
            take_answer(sock)
            print(".", end="", flush=True)


def take_answer(sock):
    data = b""
    while b"\r\n\r\n" not in data:
        part = sock.recv(65536)
        if not part:
            raise BenchError("the connection was closed")
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise BenchError(f"not answered with 200: {head[:200]!r}")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    while len(body) < length:
        body += sock.recv(65536)


def latencies(port, seconds):
    """Milliseconds of each of the small requests, one after another on one connection."""
    took = []
    end = time.monotonic() + seconds
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.monotonic() < end:
            start = time.perf_counter()
            sock.sendall(SMALL)
            take_answer(sock)
            took.append(1000 * (time.perf_counter() - start))
            time.sleep(0.001)
    return took


def run(folder, options):
    tools = kit.build()
    port = free_port()
    seconds = options.rounds * options.seconds
    with contextlib.ExitStack() as stack:
        argv = [tools / "httpback", "-p", port, "-s", 512]
        backend = stack.enter_context(Program(argv, cores()[1], folder / "httpback.output"))
        backend.wait_for_port(port)
        rules = "\n".join(f"waf_rules_file {file};" for file in measure_rules.rule_files(folder, options.level))
        proxy = stack.enter_context(proxies.wafd(folder, port, settings=rules + "\nclient_max_body_size 16m;"))
        os.sched_setaffinity(0, {cores()[1]})
        print(f"small requests, {seconds:g} s each, ms: p50 / p99 / most")
        print(f"  alone               {figures(latencies(proxy.port, seconds))}")
        for name in bodies():
            sender = subprocess.Popen(
                [sys.executable, __file__, str(proxy.port), name], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(0.5)
            took = latencies(proxy.port, seconds)
            alive = sender.poll() is None
            sender.kill()
            dots, errors = sender.communicate()
            if not alive or not dots:
                raise BenchError(f"the large bodies did not get through:\n{errors.decode()}")
            each = 1000 * (seconds + 0.5) / len(dots)
            print(f"  beside 1 MiB, {name:9}{figures(took)}   ({len(dots)} of these, {each:.0f} ms each)", flush=True)


def figures(took):
    cuts = statistics.quantiles(took, n=100)
    return f"{cuts[49]:7.2f} {cuts[98]:7.2f} {max(took):7.2f}   {len(took)} requests"


if __name__ == "__main__":
    send_bodies(int(sys.argv[1]), *bodies()[sys.argv[2]])
