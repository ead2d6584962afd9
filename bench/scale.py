#!/usr/bin/env python3
"""The part `scale` of script/bench: a city of the size that the sources name, beside one of a thousand residents.

    scale.py DIRECTORY --build DIR --port BASE [--residents N] [--rounds N] [--sessions N]

Makes two installations in DIRECTORY, loads the large city with the product's own loader, starts both, and lets one citizen after the
other apply in each, in turns. Prints a row as one JSON object a line.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = {"registry": 2, "jpki": 4, "transfer": 8, "issuer": 9, "center": 11, "relay": 13}  # offset of each one's status page
READING_STEPS = ("open", "apply", "confirm")  # those in which the city's records are read
PATIENCE = 900  # seconds; a bound, not a delay
MIB = 1024 * 1024


def row(name, value, unit):
    print(json.dumps({"name": name, "value": value, "unit": unit}), flush=True)


def say(sentence):
    print(f"[{time.strftime('%H:%M:%S')}] scale: {sentence}", file=sys.stderr, flush=True)


def facts_of(installation):
    return dict(line.split("=", 1) for line in (installation / "installation").read_text(encoding="utf-8").splitlines())


def measured(*words):
    """Runs a program; its seconds on the wall, its processor's seconds and its peak memory in MiB."""
    begun = time.monotonic()
    process = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"scale: {' '.join(map(str, words))}: {process.returncode}")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def peak_memory(pid):
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Installation:
    """One city with everything around it, as processes of this machine."""

    def __init__(self, directory, binaries, port):
        self.directory, self.binaries, self.port, self.processes = directory, binaries, port, {}
        subprocess.run([ROOT / "script/make_installation", "--out", directory, "--bin", binaries, "--port", str(port), "--residents", "1000"],
                       check=True, stdout=subprocess.DEVNULL)

    def load(self, residents):
        """The city of that size in the place of the small one: its first households, and so the card's holder, are the same."""
        facts = facts_of(self.directory)
        shutil.rmtree(self.directory / "city")
        for left in (self.directory / "run").glob("registry.db*"):
            left.unlink()
        registry, settings = self.binaries / "madoguchi-registry", self.directory / "registry.toml"
        say(f"a synthetic city of {residents} residents")
        subprocess.run([registry, "synthesise", "--out", self.directory / "city", "--city", facts["city"], "--prefecture", "東京都",
                        "--municipality", "千代田区", "--residents", str(residents), "--seed", "1", "--today", time.strftime("%Y-%m-%d")],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        say("loading it")
        wall, processor, memory = measured(registry, "load", "--config", settings, "--from", self.directory / "city")
        row("scale.load", wall * 1000, "ms")
        row("scale.load/cpu", processor * 1000, "ms")
        row("scale.load/peak_memory", memory, "MiB")
        row("scale.load/database", sum(file.stat().st_size for file in (self.directory / "run").glob("registry.db*")) / MIB, "MiB")
        subprocess.run([registry, "add-card", "--config", settings, "--resident", facts["resident"], "--certificate",
                        self.directory / "card/authentication.der"], check=True, stdout=subprocess.DEVNULL)

    def start(self):
        (self.directory / "log").mkdir(exist_ok=True)
        for place in PLACES:
            program = "relay" if place == "transfer" else place
            with (self.directory / f"log/{place}.log").open("w", encoding="utf-8") as log:
                self.processes[place] = subprocess.Popen([self.binaries / f"madoguchi-{program}", "--config", self.directory / f"{place}.toml"],
                                                         stdout=log, stderr=log)
        for place, offset in PLACES.items():
            self.wait_for(f"{place} is healthy", lambda offset=offset: self.is_healthy(offset))
        begun = time.monotonic()
        self.wait_for("the taxes are linked", self.is_linked)
        self.linked_in = time.monotonic() - begun
        self.wait_for("nobody links or loads any more", self.is_quiet)

    def is_healthy(self, offset):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port + offset}/healthz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            time.sleep(0.1)
            return False

    def tax_metric(self, name):
        """What the issuer says of its tax store; 0 until it has said it."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port + PLACES['issuer']}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return next((float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(f"madoguchi_issuer_tax_{name} ")), 0)

    def is_linked(self):
        time.sleep(0.1)
        return self.tax_metric('links_total{outcome="linked"}') > 0

    def change_tax_year(self):
        """Erases the year that is linked, as the coming year's roll-over will."""
        words = [self.binaries / "madoguchi-issuer", "tax-year", int(self.tax_metric("year")) + 1, "--not-linked", "--config", self.directory / "issuer.toml"]
        row("scale.tax_roll_over", measured(*words)[0] * 1000, "ms")

    def is_quiet(self):
        """Whether issuer and registry used less than a twentieth of a processor for three seconds."""
        used = lambda: sum(processor_seconds(self.processes[place].pid) for place in ("issuer", "registry"))
        before = used()
        time.sleep(3)
        return used() - before < 0.15

    @staticmethod
    def wait_for(what, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                sys.exit(f"scale: not in {PATIENCE} s: {what}")

    def application(self, bench, sessions):
        """Milliseconds of the steps of one application that read the city's records, by the clock on the wall and of the city's processors
        (issuer and registry): each a median over the sessions."""
        words = [word for place, process in self.processes.items() for word in ("--place", f"{place}={process.pid}")]
        done = subprocess.run([bench, "profile", "--installation", self.directory, "--sessions", str(sessions), *words],
                              check=True, stdout=subprocess.PIPE, text=True)
        values = {result["name"]: result["value"] for result in map(json.loads, done.stdout.splitlines())}
        return (sum(values[f"step.{step}"] for step in READING_STEPS),
                sum(values[f"cpu.{step}.{place}"] for step in READING_STEPS for place in ("issuer", "registry")))

    def stop(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(timeout=30)
        self.processes = {}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("directory", type=Path)
    arguments.add_argument("--build", type=Path, required=True)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--residents", type=int, default=346_162)
    arguments.add_argument("--rounds", type=int, default=16)
    arguments.add_argument("--sessions", type=int, default=3)
    words = arguments.parse_args()
    binaries, bench = words.build / "bin", words.build / "bench/bench_issue"
    small = Installation(words.directory / "small", binaries, words.port)
    large = Installation(words.directory / "large", binaries, words.port + 60)
    try:
        large.load(words.residents)
        for installation in (small, large):
            installation.start()
        times = {small: [], large: []}
        for turn in range(words.rounds):
            say(f"round {turn + 1} of {words.rounds}")
            # The one that begins takes turns too.
            for installation in (small, large) if turn % 2 == 0 else (large, small):
                times[installation].append(installation.application(bench, words.sessions))
        for name, at in (("scale.application", 0), ("scale.application.cpu", 1)):
            middle = {city: statistics.median(turn[at] for turn in times[city]) for city in (small, large)}
            row(name, middle[large], "ms")
            row(name + "/small", middle[small], "ms")
            row(name + "/ratio", middle[large] / middle[small], "1")
        for place in ("issuer", "registry"):
            row(f"scale.peak_memory.{place}", peak_memory(large.processes[place].pid), "MiB")
        row("scale.tax_link", large.linked_in * 1000, "ms")
        row("scale.tax_link/records", large.tax_metric('records{year="issued"}'), "1")
        large.change_tax_year()
    finally:
        small.stop()
        large.stop()


if __name__ == "__main__":
    main()
