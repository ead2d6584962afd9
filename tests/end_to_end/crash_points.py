#!/usr/bin/env python3
"""Every crash point of every program: the program is killed there (SIGKILL), started again, and everything must balance.

    crash_points.py [--times N] [--jobs N] [--only PROGRAM[.POINT]] [--power-loss SHIM] [--json FILE]

The points are those that each program itself lists (PROGRAM --crash-points). How a session or a command comes to pass a point
is said in OCCASIONS; a point without one is an error. See docs/crash-points.md.
"""
import argparse
import collections
import contextlib
import ctypes
import json
import multiprocessing
import signal
import sys
import time
import traceback

import balance
import occasions
from crash_site import PROGRAMS, Site
from installation import program, run

MOMENTS = ("before", "after")


def points_of(name):
    return run(program(name), "--crash-points").stdout.split()


class Kill:
    """One kill, and what was wrong after it."""

    def __init__(self, name, point, moment):
        self.name, self.point, self.moment = name, point, moment
        self.findings, self.seconds = [], 0.0

    def __str__(self):
        return f"{self.name} {self.point}.{self.moment}"

    def happen(self, site):
        begun = time.monotonic()
        occasion = occasions.of(self.name, self.point)
        self.findings = list(occasion(site, f"{self.point}.{self.moment}") or ())
        balance.settle(site.place)
        self.findings += balance.imbalances(site.place, site.closed)
        self.seconds = time.monotonic() - begun


def all_kills(times=1, only=None):
    """Every point of every program, before and after, in the order of programs; `times` rounds."""
    chosen = [Kill(name, point, moment) for name in PROGRAMS for point in points_of(name) for moment in MOMENTS
              if only is None or f"{name}.{point}".startswith(only)]
    return [Kill(kill.name, kill.point, kill.moment) for _ in range(times) for kill in chosen]


def points_without_occasion():
    return [f"{name}.{point}" for name in PROGRAMS for point in points_of(name) if occasions.of(name, point) is None]


def carry_out(kills, shim, say):
    """All kills, in one installation; in a new one after a kill from which it does not recover, which is a finding."""
    site = None
    try:
        for kill in kills:
            site = site or Site(shim)
            try:
                kill.happen(site)
            except (AssertionError, TimeoutError) as trouble:
                kill.findings.append(f"it does not settle: {trouble}")
                with contextlib.suppress(AssertionError):
                    site.close()
                site = None
            say(kill)
    finally:
        if site:
            site.close()


def carry_out_beside(kills, jobs, shim, say):
    """All kills, shared among `jobs` processes with an installation each."""
    around = multiprocessing.get_context("spawn")  # each process watches its own installation
    answers = around.SimpleQueue()
    workers = [around.Process(target=carry_out_and_answer, args=(kills[one * len(kills) // jobs:(one + 1) * len(kills) // jobs], shim, answers))
               for one in range(jobs)]
    for worker in workers:
        worker.start()
    ended = 0
    try:
        while ended < jobs:
            answer = answers.get()
            if isinstance(answer, Kill):
                say(answer)
            elif answer:
                raise RuntimeError(answer)
            else:
                ended += 1
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def carry_out_and_answer(kills, shim, answers):
    """Each kill when it is done, at last nothing; or what went wrong."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the installation is closed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who began says when it is over
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
    try:
        carry_out(kills, shim, answers.put)
        answers.put(None)
    except Exception:
        answers.put(traceback.format_exc())


def summary(kills, seconds, power_loss):
    programs = {}
    for kill in kills:
        one = programs.setdefault(kill.name, {"points": set(), "kills": 0, "imbalances": 0})
        one["points"].add(kill.point)
        one["kills"] += 1
        one["imbalances"] += len(kill.findings)
    programs = {name: {**one, "points": len(one["points"])} for name, one in programs.items()}
    each = collections.Counter((kill.point, kill.moment) for kill in kills)
    total = {key: sum(one[key] for one in programs.values()) for key in ("points", "kills", "imbalances")}
    return {"power_loss": power_loss, "seconds": round(seconds, 1), **total, "each_at_least": min(each.values(), default=0), "programs": programs,
            "findings": [f"{kill}: {finding}" for kill in kills for finding in kill.findings]}


def show(result):
    print(f"{'program':<10} {'points':>6} {'kills':>6} {'imbalances':>10}")
    for name, one in [*result["programs"].items(), ("all", result)]:
        print(f"{name:<10} {one['points']:>6} {one['kills']:>6} {one['imbalances']:>10}")
    print(f"{'power lost' if result['power_loss'] else 'killed'} before and after each, at least {result['each_at_least']} times; {result['seconds']:.0f} s")
    for finding in result["findings"]:
        print(f"  {finding}")


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--times", type=int, default=1)
    words.add_argument("--jobs", type=int, default=1)
    words.add_argument("--only")
    words.add_argument("--power-loss", metavar="SHIM")
    words.add_argument("--json")
    words.add_argument("--quiet", action="store_true", help="no progress")
    asked = words.parse_args()
    if missing := points_without_occasion():
        sys.exit(f"no occasion passes {', '.join(missing)}: say one in occasions.py")
    kills, begun, done = all_kills(asked.times, asked.only), time.monotonic(), []

    def say(kill):
        done.append(kill)
        if not asked.quiet or kill.findings:
            print(f"[{len(done)}/{len(kills)}] {kill}  {kill.seconds:.1f} s{''.join(f'{chr(10)}    {said}' for said in kill.findings)}", flush=True)

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if asked.jobs == 1:
            carry_out(kills, asked.power_loss, say)
        else:
            carry_out_beside(kills, asked.jobs, asked.power_loss, say)
    except KeyboardInterrupt:
        print("interrupted: what was done so far")
    result = summary(done, time.monotonic() - begun, bool(asked.power_loss))
    show(result)
    if asked.json:
        with open(asked.json, "w", encoding="utf-8") as file:
            json.dump(result, file, indent=1)
    sys.exit(1 if result["imbalances"] else 0)


if __name__ == "__main__":
    main()
