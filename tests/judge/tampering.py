#!/usr/bin/env python3
"""Runs every row of the tampering table over real processes and prints the table with what came of it.

    tampering.py BUILD_DIR [--jobs N] [--row PATTERN]      exit code 1 if a row failed, or has no case
"""
import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def results(build, rows, jobs):
    """What CTest says of each case, by its name, and the seconds it took."""
    wanted = "^(" + "|".join(re.escape(row["test"]) for row in rows) + ")$"
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        words = ["ctest", "--test-dir", build, "-R", wanted, "-j", str(jobs), "--output-junit", report.name]
        for line in subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout:
            if done := re.search(r"^ *(\d+/\d+) Test.*: (\S+)", line):
                print(f"\r{done[1]} {done[2]:<100.100}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        cases = xml.etree.ElementTree.parse(report.name).getroot().iter("testcase")
        return {case.get("name"): (case.get("status"), float(case.get("time"))) for case in cases}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--row", default="", help="only rows whose name holds this")
    options = parser.parse_args()
    table = tomllib.loads((ROOT / "tests/chain/tampering.toml").read_text(encoding="utf-8"))
    rows = [row for row in table["row"] + table["control"] if options.row in row["name"]]
    found = results(options.build, rows, options.jobs)
    failed = 0
    for row in rows:
        status, seconds = found.get(row["test"], ("no case", 0))
        passed = status == "run"
        failed += not passed
        said = "goes its way" if "shows" in row else ", then ".join(row["refused"]) or row["seen"]
        print(f"{'passed' if passed else 'FAILED'}  {row['name']}  ({seconds:.1f} s)")
        print(f"        {row.get('attack', row.get('shows'))}")
        print(f"        {row['corrupt'] + ': ' if 'corrupt' in row else ''}{said}" if passed else f"        {row['test']}: {status}")
    print(f"tampering: {len(rows)} rows, {failed} failed")
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
