"""Counts the tests in the output of `swift test` or `python3 -m unittest -v`.

    count_tests.py FILE         prints "PASSED FAILED SKIPPED"

Swift Testing ends each test with a line of its own, and the run with
`Test run with 12 tests in 3 suites passed after 0.1 seconds.`; unittest says at the end
`Ran 12 tests in 0.1s` and `FAILED (failures=1, errors=2, skipped=3)`.
"""

import re
import sys

SWIFT_RUN = re.compile(r"Test run with (\d+) tests?\b")
# A test with rows has one line for itself, whatever its rows print.
SWIFT_FAILED = re.compile(r"^\S+ +Test (?!run with |case passing )(.+) failed after [\d.]+ seconds", re.MULTILINE)
SWIFT_SKIPPED = re.compile(r"^\S+ +Test (?!run with |case passing )(.+) skipped", re.MULTILINE)
UNITTEST_RUN = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
UNITTEST_END = re.compile(r"^(?:OK|FAILED) \((.*)\)$", re.MULTILINE)


def count_swift(text):
    total = sum(int(number) for number in SWIFT_RUN.findall(text)[-1:])
    failed = len(SWIFT_FAILED.findall(text))
    skipped = len(SWIFT_SKIPPED.findall(text))
    return total, failed, skipped


def count_unittest(text):
    total = sum(int(number) for number in UNITTEST_RUN.findall(text)[-1:])
    ends = UNITTEST_END.findall(text)
    notes = dict(re.findall(r"([a-z ]+)=(\d+)", ends[-1])) if ends else {}
    notes = {name.strip(): int(number) for name, number in notes.items()}
    # A test with several failing rows has one entry for each of them.
    failed = min(total, sum(notes.get(name, 0) for name in ("failures", "errors", "unexpected successes")))
    return total, failed, notes.get("skipped", 0)


def main():
    with open(sys.argv[1], errors="replace") as file:
        text = file.read()
    total, failed, skipped = count_unittest(text) if UNITTEST_RUN.search(text) else count_swift(text)
    print(max(0, total - failed - skipped), failed, skipped)


main()
