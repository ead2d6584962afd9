#!/usr/bin/env python3
"""Writes what a mutant makes of the sources: mutate.py NAME.mutant SOURCE_DIR OUT_DIR.

A mutant is a file of `word: text` lines, then for each place `file: PATH`, `was:`, lines, `is:`, lines, `end`. The lines after
`was:` must stand in the file exactly once; those after `is:` take their place. docs/simulator.md says more.
"""
import sys
from pathlib import Path


def places_of(mutant):
    """(file, old text, new text) of each place that the mutant changes."""
    file, texts, into = None, {}, None
    for number, line in enumerate(mutant.read_text(encoding="utf-8").splitlines(), 1):
        if line in ("was:", "is:"):
            into = line
            texts[into] = ""
        elif line == "end":
            yield file, texts["was:"], texts["is:"]
            texts, into = {}, None
        elif into:
            texts[into] += line + "\n"
        elif line.startswith("file: "):
            file = line.removeprefix("file: ")
        elif line and not line.startswith(("invariant: ", "incident: ", "does: ", "within: ")):
            sys.exit(f"{mutant}:{number}: neither a header nor file, was, is or end: {line}")
    if into:
        sys.exit(f"{mutant}: its last place lacks an `end`")


def main(mutant, source, out):
    texts = {}
    for file, was, becomes in places_of(mutant):
        text = texts.get(file) or (source / file).read_text(encoding="utf-8")
        count = text.count(was)
        if not was or count != 1:
            sys.exit(f"{mutant.name}: what it changes stands in {file} {count} times, not once. Write the mutant anew:\n{was}")
        texts[file] = text.replace(was, becomes)
    for file, text in texts.items():
        target = out / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
