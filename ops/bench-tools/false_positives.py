"""False positives of a rule set on WebSocket messages: harmless texts go through wafd, which detects and
does not deny, and the error log tells which rules matched what.

A rule that comes before the others writes each message's number, so that lines belong to a message.
"""

import collections
import contextlib
import json
import os
import pathlib
import re
import socket
import struct
import time

import corpora
import kit
import message_load
import proxies
from processes import BenchError

ENGINE = """\
SecRuleEngine DetectionOnly
SecRequestBodyAccess On
SecResponseBodyAccess On
SecAction "id:900000,phase:1,pass,t:none,nolog,setvar:tx.blocking_paranoia_level={level}"
SecAction "id:{client},phase:2,pass,t:none,log,noauditlog,msg:'message %{{WS_MESSAGE_INDEX}}'"
SecAction "id:{server},phase:4,pass,t:none,log,noauditlog,msg:'message %{{WS_MESSAGE_INDEX}}'"
"""
MARKERS = {"client": 900991, "server": 900994}
#: Rules that sum up; a line of one of these is a message that would be denied.
DENYING = {"client": 949110, "server": 959100}
SUMMING_FAMILIES = (949, 959, 980)
HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: load.test\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\n"
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
#: Messages that are under way at once.
WINDOW = 16
PATIENCE_SECONDS = 60


class RuleCatalogue:
    """What the rule files say about rules: paranoia level and message."""

    def __init__(self, files):
        self.levels, self.messages = {}, {}
        for file in files:
            # A rule's actions stand between its id and the next one's.
            for number, text in re.findall(r"\bid:(\d+),(.*?)(?=\bid:\d|\Z)", file.read_text(), re.DOTALL):
                level = re.search(r"paranoia-level/(\d)", text)
                message = re.search(r"msg:'((?:[^'\\]|\\.)*)'", text)
                self.levels[int(number)] = int(level[1]) if level else 0
                self.messages[int(number)] = message[1] if message else ""

    def is_attack(self, number):
        """Whether the rule is of the first level and looks for attacks or leaks."""
        family = number // 1000
        return (930 <= family <= 944 or 950 <= family <= 956) and self.levels.get(number) == 1


def run(folder, options):
    root = pathlib.Path(os.environ.get("WAFD_CONFORMANCE_KIT") or kit.ROOT.parent / "shared" / "conformance")
    files = sorted((root / "crs" / "rules").glob("*.conf"))
    if not files:
        raise BenchError(f"no rules in {root}/crs; set WAFD_CONFORMANCE_KIT")
    engine = folder / "engine.conf"
    engine.write_text(ENGINE.format(level=options.level, **MARKERS))
    all_files = [engine, root / "crs" / "crs-setup.conf.example", *files]
    settings = "\n".join(f"waf_rules_file {file};" for file in all_files)
    catalogue = RuleCatalogue(files)
    client, server, left_out = corpora.negative_tests(root, catalogue)
    found = [
        corpora.lines(pathlib.Path(__file__).with_name("chat.txt"), "chat"),
        corpora.fortunes(),
        *(corpora.lines(path, pathlib.Path(path).name) for path in options.corpus),
        corpora.kit_texts(root),
        client,
        server,
    ]
    print(f"CRS, level {options.level}, detecting; of its tests that expect no match {left_out} are left out:"
          " a reference engine finds an attack in them")
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(message_load.backend(folder))
        proxy = stack.enter_context(proxies.wafd(folder, port, settings=settings, websocket="detect"))
        for corpus in found:
            if not corpus.texts:
                print(f"\n{corpus.name}: nothing there (ops/setup texts)")
                continue
            for form in ("text", "json"):
                hits = send(proxy, [encode(text.text, form) for text in corpus.texts])
                report(corpus, form, hits, catalogue, options)


def encode(text, form):
    if form == "json":
        text = json.dumps({"type": "message", "text": text}, ensure_ascii=False)
    return text.encode()


def send(proxy, messages):
    """Sends all as text over one connection and gives {(direction, index from 0): rules that matched}."""
    log = proxy.folder / "error.log"
    address = ("127.0.0.1", proxy.port)
    with open(log, "rb") as file, socket.create_connection(address, PATIENCE_SECONDS) as peer:
        file.seek(0, os.SEEK_END)
        stream = peer.makefile("rb")
        peer.sendall(HANDSHAKE)
        head = stream.readline()
        if b" 101 " not in head:
            raise BenchError(f"the handshake was answered {head!r}")
        while stream.readline() not in (b"\r\n", b""):
            pass
        for number, message in enumerate(messages):
            peer.sendall(frame(message))
            if number >= WINDOW:
                expect(stream, messages[number - WINDOW])
        for message in messages[-WINDOW:]:
            expect(stream, message)
        return read_log(file, len(messages))


def frame(message):
    """A masked frame of text. A mask of zeros is one, too."""
    count = len(message)
    length = bytes([0x80 | count]) if count < 126 else struct.pack("!BH", 0x80 | 126, count)
    return b"\x81" + length + bytes(4) + message


def expect(stream, message):
    first, length = stream.read(2)
    count = struct.unpack("!H", stream.read(2))[0] if length == 126 else length
    if first != 0x81 or stream.read(count) != message:
        raise BenchError(f"a message came back otherwise, first byte {first:#x}: {message!r}")


def read_log(file, count):
    """The log's new lines, until the markers of all messages are there in both directions."""
    hits = collections.defaultdict(list)
    directions = {number: direction for direction, number in MARKERS.items()}
    seen, current, rest = set(), None, b""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(seen) < 2 * count:
        if time.monotonic() > deadline:
            raise BenchError(f"the log tells of {len(seen)} messages instead of {2 * count}")
        part = file.read()
        if not part:
            time.sleep(0.1)
            continue
        *rows, rest = (rest + part).split(b"\n")
        for row in rows:
            found = re.search(rb'\[id "(\d+)"\]', row)
            if not found:
                continue
            number = int(found[1])
            if number in directions:
                index = re.search(rb'\[msg "message (\d+)"\]', row)
                # The handshake's own phases have no number.
                current = (directions[number], int(index[1])) if index else None
                seen.update([current] if current else [])
            elif current:
                hits[current].append(number)
    # Lines of the last message may follow its marker.
    time.sleep(0.5)
    for row in (rest + file.read()).split(b"\n"):
        if current and (found := re.search(rb'\[id "(\d+)"\]', row)):
            hits[current].append(int(found[1]))
    first = min((index for _, index in seen), default=0)
    return {(direction, index - first): numbers for (direction, index), numbers in hits.items()}


def report(corpus, form, hits, catalogue, options):
    rules, examples = collections.Counter(), {}
    denied, matched = 0, 0
    for (direction, index), numbers in sorted(hits.items(), key=lambda hit: hit[0][1]):
        if direction != corpus.direction:
            continue
        denied += DENYING[direction] in numbers
        ids = {number for number in numbers if number // 1000 not in SUMMING_FAMILIES}
        matched += bool(ids)
        rules.update(ids)
        for number in ids:
            examples.setdefault(number, corpus.texts[index])
    count = len(corpus.texts)
    print(f"\n{corpus.name}, as {form}: {count} messages of the {corpus.direction}, {denied} would be denied "
          f"({100 * denied / count:.2f} %), {matched} matched a rule")
    for number, times in rules.most_common():
        example = examples[number]
        shown = example.text if len(example.text) <= 60 else example.text[:57] + "..."
        print(f"  {number} {times:>5} {100 * times / count:>6.2f} %  {catalogue.messages.get(number, '')}"
              + (f"\n         {example.name}: {shown!r}" if options.examples else ""))
