"""Texts that are harmless: what people write, the kit's own, and what CRS itself says is no attack."""

import base64
import json
import pathlib
import re
from urllib.parse import unquote_plus

FORTUNES = pathlib.Path("/usr/share/games/fortunes")
# Pictures made of characters are no text.
PICTURES = {"art", "ascii-art", "banner"}
#: Bytes of the longest text that is sent.
TEXT_LIMIT = 4096


class Text:
    """A text, and where it stands."""

    def __init__(self, text, name):
        self.text = text
        self.name = name


class Corpus:
    def __init__(self, name, texts, direction="client"):
        self.name = name
        self.direction = direction
        # What is said twice is no second case.
        self.texts = list({text.text: text for text in texts if text.text}.values())


def lines(path, name):
    """One text a line."""
    rows = enumerate(pathlib.Path(path).read_text().splitlines(), 1)
    return Corpus(name, [Text(row, f"{name}:{number}") for number, row in rows])


def fortunes():
    """Sayings, jokes and verse in several languages, where Debian's packages of them are installed."""
    found = []
    for path in sorted(FORTUNES.rglob("*")):
        if path.suffix in (".dat", ".u8") or not path.is_file():
            continue
        if "off" in path.parts or path.name in PICTURES:
            continue
        try:
            entries = re.split(r"^%\n", path.read_text(), flags=re.MULTILINE)
        except UnicodeDecodeError:
            continue
        found += [
            Text(entry.strip(), f"{path.name}:{number}")
            for number, entry in enumerate(entries, 1)
            if len(entry.encode()) <= TEXT_LIMIT
        ]
    return Corpus("fortunes", found)


def kit_texts(kit):
    """What SQL detection took for an attack once and is none."""
    found = []
    for row in (kit / "libinjection" / "verdicts.tsv").read_text().splitlines():
        name, text, *_ = row.split("\t")
        if name.startswith("false_positives"):
            found.append(Text(bytes.fromhex(text).decode("latin-1"), name))
    return Corpus("kit", found)


def negative_tests(kit, rules):
    """CRS's tests that expect no match, their values one by one; (client's, server's, left out).

    A test is for one rule; another may rightly match it. Where a reference engine logs a rule of the first
    paranoia level that looks for attacks, the test is left out.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    golden = json.loads((kit / "golden" / "ids.json").read_text())["tests"]
    client, server, left_out = [], [], 0
    for path in sorted((kit / "ftw").rglob("*.yaml")):
        family = int(re.match(r"\w+-(\d+)", path.parent.name)[1])
        if not (930 <= family <= 944 or 950 <= family <= 956):
            continue
        document = yaml.load(path.read_text(), loader)
        for test in document["tests"]:
            name = f"{document['rule_id']}-{test['test_id']}"
            ids = golden.get(name, {})
            logged = (*ids.get("must", ()), *ids.get("may", ()))
            is_attack = any(rules.is_attack(number) for number in logged)
            for stage in test["stages"]:
                log = stage["output"].get("log", {})
                if not log.get("no_expect_ids") or log.get("expect_ids"):
                    continue
                if is_attack or name not in golden:
                    left_out += 1
                    continue
                found = values(stage["input"], is_response=family >= 950)
                (server if family >= 950 else client).extend(Text(value, name) for value in found)
    return Corpus("CRS negative", client), Corpus("CRS negative answers", server, "server"), left_out


def values(given, is_response):
    """What a test sends as arguments or body, or has the origin answer."""
    data = str(given.get("data") or "")
    if is_response:
        try:
            answer = json.loads(data)
        except ValueError:
            return []
        if answer.get("encodedBody"):
            return [base64.b64decode(answer["encodedBody"]).decode("latin-1")]
        return [answer["body"]] if isinstance(answer.get("body"), str) else []
    fields = {name.lower(): str(value) for name, value in (given.get("headers") or {}).items()}
    kind = fields.get("content-type", "application/x-www-form-urlencoded")
    query = str(given.get("uri") or "").partition("?")[2]
    parts = query.split("&")
    if "urlencoded" in kind:
        parts += data.split("&")
        data = ""
    elif "multipart" in kind:
        data = ""
    found = [unquote_plus(part.partition("=")[2], errors="replace") for part in parts]
    return [value for value in [*found, data] if value and len(value.encode()) <= TEXT_LIMIT]
