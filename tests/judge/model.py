#!/usr/bin/env python3
"""Spin searches the protocol's model, docs/model/chain.pml: whole, with single defences left out, and its mutants.

    model.py MODEL_DIRECTORY            every run below
    model.py MODEL_DIRECTORY --short    the whole model once, and three mutants that break I1

The whole model must have no error, and every run of it an end. What a single defence guards must stay guarded when only
that one is missing (BACKED_UP). A mutant must have a counter-example, which breaks the very invariant that is named here;
it is printed step by step. docs/model/README.md says what all of it means.
"""
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MEMORY_MIB = 6000
SEARCH_SECONDS = 300
DEEPEST = 100_000  # steps; a search that gets there is incomplete, and fails

WHOLE = [  # name, flags
    ("Whole", ""),
    ("WholeWithRestoreAndTwoCrashes", "RESTORE CRASHES=2"),
    ("WholeWithDishonestCity", "DISHONEST_CITY"),
    ("WholeWithDishonestCityAndKiosk", "DISHONEST_CITY DISHONEST_KIOSK RESTORE"),
]
BACKED_UP = [
    "NO_SESSION_SEAL",
    "NO_CERTIFICATE_QUESTION",
    "NO_CERTIFICATE_NAMED",
    "ID_FROM_CLOCK NO_ID_ONCE",
    "ID_FROM_CLOCK NO_DRAWN_CHECK",
    "NO_ID_ONCE",
    "NO_SEQUENCE_ONCE",
    "NO_CITY_SEAL",
    "NO_OPENING_CITY",
]
MUTANTS = [  # name, what is left out, the invariant that breaks
    ("Yokohama", "NO_SESSION_SEAL NO_CERTIFICATE_QUESTION NO_CERTIFICATE_NAMED", "I1"),
    ("Kawasaki", "ID_FROM_CLOCK NO_ID_ONCE NO_DRAWN_CHECK", "I1"),
    ("Munakata", "NO_IDLE_CHECK", "I1"),
    ("Adachi", "PRINT_AGAIN", "I8"),
    ("Takamatsu", "RESTORE NO_EPOCH", "I3"),
    ("Saitama", "NO_RELEASE_READS_AGAIN", "I7"),
    ("ReplayedApplication", "NO_ID_ONCE NO_SEQUENCE_ONCE", "I3"),
    ("BasketWithoutBottom", "NO_MOST_IN_OPENING", "I3"),
    ("EnvelopeForAnyCity", "NO_CITY_SEAL NO_OPENING_CITY", "I2"),
    ("OpeningUsedAtAnotherCity", "DISHONEST_CITY NO_OPENING_CITY", "I2"),
    ("AnotherCitysSignature", "DISHONEST_CITY NO_CITY_SIGNER", "I2"),
    ("ReleaseOfAnother", "NO_RELEASE_QUESTION", "I2"),
    ("KioskSealsAgain", "DISHONEST_KIOSK NO_CERTIFICATE_QUESTION NO_CERTIFICATE_NAMED", "I1"),
    ("PrintedBeforeTheJournal", "NO_JOURNAL_FIRST", "I8"),
    ("NothingSettledAtRestart", "NO_SETTLE_AT_RESTART", "live"),
    ("ReceiptSentOnce", "RECEIPT_ONCE", "live"),
]
SHORT_MUTANTS = 3


class Search:
    """One model, generated, compiled and searched in a folder of its own."""

    def __init__(self, model, folder, flags, compiler_flags, words=()):
        folder.mkdir(parents=True)
        self.folder, self.model = folder, model / "chain.pml"
        self.flags = [f"-D{flag}" for flag in flags.split()]
        self.run(["spin", "-a", *self.flags, str(self.model)])
        self.run(["cc", "-w", f"-DMEMLIM={MEMORY_MIB}", *compiler_flags, "-o", "pan", "pan.c"])
        began = time.monotonic()
        self.said = self.run(["./pan", f"-m{DEEPEST}", *words])
        self.seconds = time.monotonic() - began
        self.errors = self.number(r"errors: (\d+)")
        self.states = self.number(r"^\s*(\d+) states, stored")
        self.depth = self.number(r"depth reached (\d+)")

    def run(self, words):
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, timeout=SEARCH_SECONDS)
        if done.returncode != 0:
            raise RuntimeError(f"{words[0]}: {done.stdout[-500:]}{done.stderr[-500:]}")
        return done.stdout

    def number(self, pattern):
        found = re.search(pattern, self.said, re.M)
        if not found:
            raise RuntimeError(f"spin said neither states nor errors: {self.said[-500:]}")
        return int(found.group(1))

    def complete(self):
        return "Search not completed" not in self.said and "max search depth too small" not in self.said

    def figures(self):
        return f"errors: {self.errors}, states: {self.states}, depth: {self.depth}, {self.seconds:.1f} s"

    def trail(self):
        """The counter-example: its steps as the model tells them, and the invariant named beside the failed assertion."""
        told = self.run(["spin", "-t", "-T", "-B", "-k", str(next(self.folder.glob("*.trail"))), *self.flags,
                         str(self.model)]).splitlines()
        steps = [line.strip() for line in told if re.match(r"\s*(city|both cities|kiosk) ?\d?", line)]
        place = next((re.search(r"([\w.]+\.pml):(\d+), Error: assertion violated", line) for line in told
                      if "assertion violated" in line), None)
        if not place:
            return steps, "no assertion"
        line = (self.model.parent / place.group(1)).read_text(encoding="utf-8").splitlines()[int(place.group(2)) - 1]
        named = re.search(r"/\* (I\d|live)", line)
        return steps, named.group(1) if named else line.strip()


def report(good, text):
    print(f"{'ok    ' if good else 'WRONG '} {text}", flush=True)
    return good


def no_error(model, scratch, name, flags, optimised):
    search = Search(model, scratch / name, flags, optimised + ["-DSAFETY", "-DCOLLAPSE"])
    return report(search.errors == 0 and search.complete(), f"{name} [{flags}]: {search.figures()}")


def every_run_ends(model, scratch):
    """Without a progress label, a cycle of any kind is a non-progress cycle."""
    search = Search(model, scratch / "ends", "", ["-O2", "-DNP", "-DCOLLAPSE"], ["-l"])
    return report(search.errors == 0 and search.complete(), f"every run ends (no cycle): {search.figures()}")


def has_counter_example(model, scratch, name, flags, invariant):
    # Breadth first: the first counter-example is a shortest one. To optimise would take longer than the search.
    search = Search(model, scratch / name, flags, ["-DSAFETY", "-DCOLLAPSE", "-DBFS"])
    steps, broken = search.trail() if search.errors else ([], "nothing")
    good = report(broken == invariant, f"mutant {name} [{flags}]: breaks {broken}; {search.figures()}")
    for step in steps:
        print(f"           {step}")
    return good


def every_flag_is_run(model):
    """A defence that no run leaves out would not be known to matter."""
    text = "".join((model / name).read_text(encoding="utf-8") for name in ("chain.pml", "defences.pml"))
    known = set(re.findall(r"^#ifn?def (\w+)", text, re.M))
    runs = [flags for _, flags in WHOLE] + BACKED_UP + [flags for _, flags, _ in MUTANTS]
    run = {flag.split("=")[0] for flags in runs for flag in flags.split()}
    return report(known == run, f"flags of the model that are run: {len(run & known)} of {len(known)}" +
                  "".join(f"; {flag}" for flag in sorted(known ^ run)))


def main(arguments):
    if len(arguments) not in (1, 2) or arguments[1:] not in ([], ["--short"]):
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="madoguchi-model.") as scratch:
        good = judge(Path(arguments[0]).resolve(), Path(scratch), short=len(arguments) == 2)
    print(f"model: {len(good)} checks, {good.count(False)} wrong")
    return 0 if all(good) else 1


def judge(model, scratch, short):
    good = [every_flag_is_run(model)]
    for name, flags in WHOLE[:1] if short else WHOLE:
        good.append(no_error(model, scratch, name, flags, ["-O2"]))
    if not short:
        good.append(every_run_ends(model, scratch))
        for flags in BACKED_UP:
            good.append(no_error(model, scratch, "BackedUp-" + flags.replace(" ", "-"), flags, []))
    for mutant in MUTANTS[:SHORT_MUTANTS] if short else MUTANTS:
        good.append(has_counter_example(model, scratch, *mutant))
    return good


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
