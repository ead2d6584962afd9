#!/usr/bin/env python3
"""Compares how long refusals take whose causes differ, as the kiosk measures them over real processes (chain rule 9).

    refusals.py BUILD_DIR [--runs N] [--delay MS] [--seed N]

A pair of causes differs if the two-sample Kolmogorov-Smirnov test or the Mann-Whitney test gives p < 0.001, twice, in two series
of their own: by chance that happens to one pair in a million. A session that is *not* refused must differ from those that are,
or the statistic would see nothing at all. Exit code 1 if a pair of refusals differs, in time, size or code where rule 9 asks for
one, or if one came before its moment.
"""
import argparse
import itertools
import math
import statistics
import subprocess
import sys
from pathlib import Path

LEAST_P = 0.001
SENSITIVE = ["protected", "moving_out", "another_member_protected"]
REFUSED = SENSITIVE + ["moved_away"]  # an ordinary refusal, with a code of its own that only the citizen learns
SERVED = "nothing"


def measure(build, seed, runs, delay):
    """{cause: [(microseconds, bytes, code)]}"""
    words = [Path(build) / "tests/chain/judge_time_refusals", seed, runs, delay]
    said = subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout
    sample = {}
    for line in said.splitlines():
        cause, time, size, code = line.split(",")
        sample.setdefault(cause, []).append((int(time), int(size), code))
    return sample


def kolmogorov_smirnov(one, other):
    """The largest distance between the two distributions, and the probability of a larger one by chance (asymptotic)."""
    one, other = sorted(one), sorted(other)
    distance, i, j = 0.0, 0, 0
    while i < len(one) and j < len(other):
        value = min(one[i], other[j])
        while i < len(one) and one[i] == value:
            i += 1
        while j < len(other) and other[j] == value:
            j += 1
        distance = max(distance, abs(i / len(one) - j / len(other)))
    root = math.sqrt(len(one) * len(other) / (len(one) + len(other)))
    x = (root + 0.12 + 0.11 / root) * distance
    if x < 0.2:
        return distance, 1.0
    return distance, min(1.0, max(0.0, 2 * sum((-1) ** (k - 1) * math.exp(-2 * k * k * x * x) for k in range(1, 101))))


def mann_whitney(one, other):
    """U of the first, and the two-sided probability of one as far from the middle by chance (normal, ties corrected)."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks, ties, at = 0.0, 0.0, 0
    for _, group in itertools.groupby(ranked, key=lambda pair: pair[0]):
        group = list(group)
        ranks += (at + (len(group) + 1) / 2) * sum(which == 0 for _, which in group)
        ties += len(group) ** 3 - len(group)
        at += len(group)
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    spread = math.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
    return u, math.erfc(abs(u - n * m / 2) / spread / math.sqrt(2)) if spread else 1.0


def times(sample, cause):
    return [time for time, _, _ in sample[cause]]


def compare(sample, one, other, say=True):
    """The smaller p of the two tests."""
    distance, by_distance = kolmogorov_smirnov(times(sample, one), times(sample, other))
    u, by_rank = mann_whitney(times(sample, one), times(sample, other))
    if say:
        print(f"{one:>26} {other:<26} D {distance:.3f}  p {by_distance:.4f}   U {u:8.0f}  p {by_rank:.4f}")
    return min(by_distance, by_rank)


def show(sample):
    print(f"{'cause':>26}    n   median     5 %    95 %  (ms)  bytes       code")
    for cause in REFUSED + [SERVED]:
        lasted = sorted(time / 1000 for time in times(sample, cause))
        low, high = lasted[len(lasted) // 20], lasted[-1 - len(lasted) // 20]
        sizes = "/".join(str(size) for size in sorted({size for _, size, _ in sample[cause]}))
        codes = "/".join(sorted({code for _, _, code in sample[cause]}))
        print(f"{cause:>26} {len(lasted):4} {statistics.median(lasted):8.2f} {low:7.2f} {high:7.2f}        {sizes:10}  {codes}")


def findings(sample, delay, again):
    codes = {code for cause in SENSITIVE for _, _, code in sample[cause]}
    sizes = {size for cause in REFUSED for _, size, _ in sample[cause]}
    if codes != {"cannot_be_issued"}:
        yield f"the sensitive causes have the codes {sorted(codes)}"
    if len(sizes) != 1:
        yield f"refusals have the sizes {sorted(sizes)}"
    early = min(time for cause in REFUSED for time in times(sample, cause)) / 1000
    if early < delay - 1:  # the issuer's clock counts whole milliseconds
        yield f"a refusal came after {early:.2f} ms, before its {delay} ms"
    for one, other in itertools.combinations(REFUSED, 2):
        if compare(sample, one, other) < LEAST_P and compare(again(), one, other) < LEAST_P:
            yield f"{one} and {other} differ in time"
    if compare(sample, SENSITIVE[0], SERVED) >= LEAST_P:
        yield "the statistic does not tell a refusal from a menu: it sees nothing"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--delay", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    second = []

    def again():
        if not second:
            second.append(measure(options.build, options.seed + 1, options.runs, options.delay))
            print("once more, with another order:")
        return second[0]

    sample = measure(options.build, options.seed, options.runs, options.delay)
    show(sample)
    found = list(findings(sample, options.delay, again))
    for finding in found:
        print(f"WRONG: {finding}")
    print(f"refusals: {options.runs} of each cause, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
