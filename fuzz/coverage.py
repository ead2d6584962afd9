"""Which part of each parser its corpus reaches: replays every fuzz target's inputs through a build that counts (preset
`coverage`), and prints a line for each target, over the sources that fuzz/CMakeLists.txt says it parses with.
  coverage.py BUILD CORPORA...   CORPORA: folders that hold one folder of inputs for each target"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

KINDS = ("lines", "branches", "functions")


def counts(target, build, inputs, sources):
    program = build / "fuzz" / f"fuzz_{target}"
    with tempfile.TemporaryDirectory() as directory:
        raw, merged = Path(directory) / "raw", Path(directory) / "merged"
        subprocess.run([program, *inputs], check=True, stdout=subprocess.DEVNULL, env={**os.environ, "LLVM_PROFILE_FILE": str(raw)})
        subprocess.run(["llvm-profdata-19", "merge", "-o", merged, raw], check=True)
        told = subprocess.run(["llvm-cov-19", "export", "--summary-only", f"--instr-profile={merged}", program, *sources],
                              check=True, capture_output=True)
    return json.loads(told.stdout)["data"][0]["totals"]


def main(build, *corpora):
    build = Path(build)
    print(f"{'target':<18}" + "".join(f"{kind:>16}" for kind in KINDS) + "   parsed by")
    for line in (build / "fuzz/parsers.txt").read_text().splitlines():
        target, *parsers = line.split()
        inputs = [folder for folder in (Path(corpus) / target for corpus in corpora) if folder.is_dir() and any(folder.iterdir())]
        total = counts(target, build, inputs, [Path("src", parser).resolve() for parser in parsers])
        cells = (f"{total[kind]['covered']}/{total[kind]['count']} {total[kind]['percent']:3.0f}%" for kind in KINDS)
        print(f"{target:<18}" + "".join(f"{cell:>16}" for cell in cells) + "   " + " ".join(parsers), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
