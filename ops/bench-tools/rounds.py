"""Interleaved rounds and their table: A B A B ..., medians, ratios within a round."""

import statistics
import sys


class Sample:
    """One measurement: CPU microseconds an item, and items a second."""

    def __init__(self, microseconds, per_second):
        self.microseconds = microseconds
        self.per_second = per_second


def measure(candidates, count, what, take):
    """Takes `count` rounds of all candidates in turn.

    Returns the samples by candidate name. A first round that is not counted warms caches and
    connections up.
    """
    samples = {candidate.name: [] for candidate in candidates}
    for number in range(count + 1):
        for candidate in candidates:
            progress(f"{what}: {'warm-up' if number == 0 else f'round {number} of {count}'}, {candidate.name}")
            sample = take(candidate)
            if number > 0:
                samples[candidate.name].append(sample)
    progress("")
    return samples


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def row(label, samples):
    """A line of the table; ratios are of samples of the same round."""
    ours = samples["wafd"]
    text = f"{label:<28}{median(ours, 'microseconds'):>9.2f}"
    if "nginx" not in samples:
        return text + f"{median(ours, 'per_second'):>38,.0f}"
    theirs = samples["nginx"]
    all_ratios = ratios(ours, theirs)
    spread = f"{min(all_ratios):.2f}-{max(all_ratios):.2f}"
    text += (
        f"{median(theirs, 'microseconds'):>9.2f}{statistics.median(all_ratios):>8.2f}  {spread:>10}"
        f"{median(ours, 'per_second'):>11,.0f}{median(theirs, 'per_second'):>11,.0f}"
    )
    if "haproxy" in samples:
        third = samples["haproxy"]
        text += f"{median(third, 'microseconds'):>10.2f}{statistics.median(ratios(ours, third)):>8.2f}"
    return text


def header(unit, with_haproxy=False):
    first = f"{'CPU us per ' + unit:<28}{'wafd':>9}{'nginx':>9}{'ratio':>8}  {'min-max':>10}"
    third = f"{'haproxy':>10}{'ratio':>8}" if with_haproxy else ""
    return first + f"{'wafd /s':>11}{'nginx /s':>11}" + third


def ratios(ours, theirs):
    """Of processor time, each within its round."""
    return [a.microseconds / b.microseconds for a, b in zip(ours, theirs)]


def differences(ours, theirs, name="microseconds"):
    """Ours less theirs, each within its round."""
    return [getattr(a, name) - getattr(b, name) for a, b in zip(ours, theirs)]


def middle(values):
    """The median with the extremes."""
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


def median(samples, name):
    return statistics.median(getattr(sample, name) for sample in samples)
