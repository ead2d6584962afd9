#!/usr/bin/env python3
"""Judges every certificate of a load while it runs, then the books, and says what was found.

    oracle.py --installation DIR --out DIR [--workers N] [--keep] [--thoroughly-every N] [--json FILE]

DIR is bench_load's: spool/NUMBER is removed once it has been judged (--keep: it stays). Exit code 1 for a mismatch, for a
refusal that is none at a limit, or if something was lost. docs/load.md says what is checked, and what is not.
"""
import argparse
import json
import math
import multiprocessing
import queue
import shutil
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from books import Books, read_visits
from installed import Installed
from judge import KINDS, Evidence, Judge
from residue import Residue
from statements import Wrong

LIMITS = {"busy"}  # reasons of a refusal at a limit
LOOK_AGAIN = 0.02  # seconds


def work(words, share, found):
    """One process: its share of the numbers, until the load has ended and nothing is left."""
    judge = Judge(Installed(words.installation))
    wishes = {wish["number"]: wish for wish in json.loads((words.out / "wishes.json").read_text(encoding="utf-8"))}
    spool, done, pause = words.out / "spool", set(), threading.Event()
    while True:
        ended = (words.out / "ended").exists() or not words.out.exists()  # removed: the load was broken off
        waiting = sorted(folder for folder in spool.iterdir() if int(folder.name) % words.workers == share and folder.name not in done) if spool.exists() else []
        for folder in waiting:
            done.add(folder.name)
            found.put(verdict(judge, folder, wishes[int(folder.name)], words))
        if ended and not waiting:
            return
        if not waiting:
            pause.wait(LOOK_AGAIN)


def verdict(judge, folder, wish, words):
    began = time.process_time()
    try:
        facts = judge.judge(Evidence(folder), wish, thoroughly=wish["number"] % words.thoroughly_every == 0)
        facts["wrong"] = None
    except Exception as wrong:  # whatever cannot be read is a mismatch
        facts = {"wrong": str(wrong) if isinstance(wrong, Wrong) else repr(wrong)}
    if not words.keep and facts["wrong"] is None:
        shutil.rmtree(folder)
    return {**facts, "number": wish["number"], "cpu": time.process_time() - began}


def judge_all(words):
    """The judged certificates by number, those that are wrong among them."""
    found = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=work, args=(words, share, found)) for share in range(words.workers)]
    for worker in workers:
        worker.start()
    judged = {}
    while any(worker.is_alive() for worker in workers) or not found.empty():
        try:
            facts = found.get(timeout=1)
        except queue.Empty:
            continue
        judged[facts["number"]] = facts
        if facts["wrong"]:
            print(f"oracle: certificate {facts['number']}: {facts['wrong']}", file=sys.stderr)
        if len(judged) % 500 == 0:
            print(f"oracle: {len(judged)} judged, {sum(1 for facts in judged.values() if facts['wrong'])} wrong", file=sys.stderr)
    if any(worker.exitcode for worker in workers):
        raise SystemExit("oracle: a worker ended by itself")
    return judged


def quantile(values, share):
    """By nearest rank; 0 of nothing."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share), 1) - 1] if ordered else 0.0


def by_kind(installed, wishes, judged):
    """Of each kind, in each city that offers it: certificates, pages and mismatches."""
    asked = {wish["number"]: (wish["kind"], installed.city(wish["city"]).name) for wish in wishes}
    table = {}
    for number, facts in judged.items():
        row = table.setdefault(asked[number], {"certificates": 0, "copies": 0, "pages": 0, "mismatches": 0})
        row["certificates"] += 1
        row["copies"] += len(facts.get("numbers", []))
        row["pages"] += facts.get("pages", 0)
        row["mismatches"] += bool(facts["wrong"])
    return {f"{kind} {city}": table[kind, city] for kind, city in sorted(table, key=lambda key: (KINDS[key[0]], key[1]))}


def summary(visits, judged, complaints, owed):
    """What script/load prints and writes down."""
    served = [visit for visit in visits if visit["outcome"] == "printed"]
    refused = [visit for visit in visits if visit["outcome"] != "printed"]
    seconds = max((visit["began"] + visit["took"] for visit in visits), default=0) / 1000
    right = [facts for facts in judged.values() if not facts["wrong"]]
    return {
        "offered": len(visits), "seconds": round(seconds, 1), "offered_per_second": round(len(visits) / max(max((visit["began"] for visit in visits), default=0) / 1000, 0.001), 1),
        "served": len(served), "served_per_second": round(len(served) / max(seconds, 0.001), 1),
        "refused": {f"{reason} at {step}": count for (reason, step), count in sorted(Counter((visit["outcome"], visit["step"]) for visit in refused).items())},
        "served_p50_ms": round(quantile([visit["took"] for visit in served], 0.5)), "served_p99_ms": round(quantile([visit["took"] for visit in served], 0.99)),
        "paper_p50_ms": round(quantile([visit["waited"] for visit in served], 0.5)), "paper_p99_ms": round(quantile([visit["waited"] for visit in served], 0.99)),
        "refusal_p50_ms": round(quantile([visit["took"] for visit in refused], 0.5), 1), "refusal_p99_ms": round(quantile([visit["took"] for visit in refused], 0.99), 1),
        "judged": len(judged), "pages": sum(facts["pages"] for facts in right), "mismatches": len(judged) - len(right), "yen": sum(visit["paid"] for visit in visits),
        "oracle_ms_per_page": round(1000 * sum(facts["cpu"] for facts in judged.values()) / max(sum(facts["pages"] for facts in right), 1), 1),
        "errors": sum(1 for visit in refused if visit["outcome"] not in LIMITS), "paid_and_refused": sum(1 for visit in refused if visit["paid"]),
        "lost": len(served) - len(right), "receipts_owed": owed, "books": complaints,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--installation", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--thoroughly-every", type=int, default=50)
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    judged = judge_all(words)
    visits = read_visits(words.out / "visits.tsv")
    wishes = json.loads((words.out / "wishes.json").read_text(encoding="utf-8"))
    right = {number: facts for number, facts in judged.items() if not facts["wrong"]}
    installed = Installed(words.installation)
    complaints = Books(installed, wishes, visits, right).complaints
    said = {**summary(visits, judged, complaints, int((words.out / "ended").read_text())), "residue": Residue(installed, wishes).found}
    for name, value in said.items():
        print(f"{name:>20}  {value}")
    said["kinds"] = by_kind(installed, wishes, judged)
    for name, counts in said["kinds"].items():
        print(f"{name}: " + ", ".join(f"{count} {word}" for word, count in counts.items()))
    if words.json:
        words.json.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if said["mismatches"] or said["errors"] or said["paid_and_refused"] or said["lost"] or said["receipts_owed"] or complaints or said["residue"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
