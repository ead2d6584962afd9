#!/usr/bin/env python3
"""The rows of script/bench: which there are, which were asked for, and how they are shown.

    report.py --list                          the parts and their rows
    report.py --parts [NAME…]                 the parts that must run for these names; exit code 2 for an unknown one
    report.py ROWS [NAME…] [--json FILE]      shows what the benchmarks printed into ROWS, one JSON object a line
"""
import json
import sys

PARTIES = ["kiosk", "relay", "center", "jpki", "transfer", "issuer", "registry"]  # in the order of the way
STEPS = ["prepare", "challenge", "card", "open", "apply", "pay", "confirm", "print", "report"]
# The last four make a vector page of the same content, and have rows if they are on this machine (bench/peers).
COMPOSERS = ["", "/cairo", "/typst", "/fop", "/weasyprint", "/chromium"]
PARTS = {
    "compose": ["compose.page/cold"] + [f"compose.page{composer}{row}" for composer in COMPOSERS for row in ["", "/bytes", "/peak_memory"]],
    "profile": [row for step in STEPS for row in [f"step.{step}"] + [f"cpu.{step}.{party}" for party in PARTIES]],
    "rate": ["issue.rate", "issue.p50", "issue.p99", "issue.certificates", "issue.refusals"]
            + [f"cpu.certificate.{party}" for party in PARTIES],
    "scale": [f"scale.application{clock}{row}" for clock in ["", ".cpu"] for row in ["", "/small", "/ratio"]]
             + ["scale.load", "scale.load/cpu", "scale.load/peak_memory", "scale.load/database", "scale.tax_link", "scale.tax_link/records",
                "scale.tax_roll_over", "scale.peak_memory.issuer", "scale.peak_memory.registry"],
}
ONLY_WHEN_NAMED = {"scale"}  # takes many minutes and gigabytes


def rows_of(name):
    """The rows that a name on the command line means: a part's, one row with its peers, or those that begin so."""
    if name in PARTS:
        return PARTS[name]
    return [row for rows in PARTS.values() for row in rows if row == name or row.startswith((name + ".", name + "/"))]


def chosen(names):
    """Every row that was asked for; if nothing was named, all but those of ONLY_WHEN_NAMED."""
    for name in names:
        if not rows_of(name):
            sys.exit(usage(f'there is nothing called "{name}" to measure; see --list'))
    return {row for name in names or PARTS.keys() - ONLY_WHEN_NAMED for row in rows_of(name)}


def usage(sentence):
    print(f"bench: {sentence}", file=sys.stderr)
    return 2


def show_composers(values):
    """Every composer in a line, and how many times ours it takes."""
    print("\n  one page              ms         bytes  peak memory    times ours")
    for composer in COMPOSERS:
        row = f"compose.page{composer}"
        shown = [values.get(row), values.get(row + "/bytes"), values.get(row + "/peak_memory")]
        if None in shown:
            print(f"  {composer[1:]:<14}  was not measured")
            continue
        time, size, memory = shown
        print(f"  {composer[1:] or 'ours':<14} {time:>9.3f} {size:>11.0f} B {memory:>8.1f} MiB {time / values['compose.page']:>11.1f}")


def show_rows(results):
    width = max(len(result["name"]) for result in results)
    for result in results:
        print(f"  {result['name']:<{width}}  {result['value']:>12.3f}  {result['unit']}")


def show_matrix(values):
    """What each step takes on the wall's clock, and of each party's CPU."""
    print("\n  one citizen, medians in ms" + "\n  " + f"{'step':<10} {'wall':>8} |" + "".join(f" {party:>9}" for party in PARTIES))
    for step in STEPS:
        shown = "".join(f" {values[f'cpu.{step}.{party}']:>9.2f}" for party in PARTIES)
        print(f"  {step:<10} {values[f'step.{step}']:>8.2f} |{shown}")


def slowest_step(values):
    step = max(STEPS, key=lambda step: values[f"step.{step}"])
    party = max(PARTIES, key=lambda party: values[f"cpu.{step}.{party}"])
    return (f"slowest step: {step}, {values[f'step.{step}']:.1f} ms, "
            f"of which {party} {values[f'cpu.{step}.{party}']:.1f} ms CPU")


def show(results):
    values = {result["name"]: result["value"] for result in results}
    has_matrix = all(row in values for row in PARTS["profile"])
    has_composers = "compose.page" in values and "compose.page/cairo" in values
    elsewhere = (PARTS["profile"] if has_matrix else []) + (PARTS["compose"] if has_composers else [])
    shown = [result for result in results if result["name"] not in elsewhere]
    if shown:
        show_rows(shown)
    if has_matrix:
        show_matrix(values)
        print(f"\n  {slowest_step(values)}")
    if has_composers:
        show_composers(values)
        print(f"\n  compose.page takes {values['compose.page'] / values['compose.page/cairo']:.4f} of Cairo's time")


def main(words):
    if words == ["--list"]:
        for part, rows in PARTS.items():
            print("\n  ".join([part] + rows))
        return 0
    if words[:1] == ["--parts"]:
        wanted = chosen(words[1:])
        print(*[part for part, rows in PARTS.items() if wanted & set(rows)])
        return 0
    if not words:
        return usage(__doc__)
    out = words[words.index("--json") + 1] if "--json" in words else None
    names = words[1:words.index("--json")] if out else words[1:]
    wanted = chosen(names)
    with open(words[0], encoding="utf-8") as file:
        results = [result for result in map(json.loads, file) if result["name"] in wanted]
    if results:
        show(results)
    if out:
        with open(out, "w", encoding="utf-8") as file:
            json.dump({"results": results}, file, indent=1)
            file.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
