#!/usr/bin/env python3
"""Printed pages before every decoder of Debian and npm: what each shows, beside the pixels that we meant.

    pages.py PROGRAM PAGES MODULES BROWSER_MODULES
        PROGRAM: judge_print_households; MODULES: a node_modules with pdfjs-dist; BROWSER_MODULES: one with playwright-core

jbig2dec, pdf.js, poppler, ghostscript and mupdf must decode the very pixels, and the last two show them at 600 dots an inch.
poppler's and Chromium's renderers scale: of the first SHOWN pages, the ink of each square centimetre must be about mupdf's.
"""
import concurrent.futures
import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTH, HEIGHT = 4960, 7016
STRIDE = WIDTH // 8
SHOWN = 5
CELLS = 21, 29  # of a page, across and down
MOST_INK_APART = 0.02  # of a cell's area

# Each writes one page to standard output, as PGM or PBM.
RENDERERS = {
    "ghostscript": ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pbmraw", "-r600", "-sOutputFile=OUT", "PDF"],
    "mupdf": ["mutool", "draw", "-q", "-r", "600", "-c", "mono", "-F", "pbm", "-o", "OUT", "PDF", "1"],
}
CHECKERS = [["qpdf", "--check", "PDF"], ["pdfinfo", "PDF"]]


def pixels(path):
    """The rows of a raw PBM as one whole number, black is 1."""
    data = path.read_bytes()
    words, at = [], 0
    while len(words) < 3:
        end = at
        while data[end:end + 1] not in (b" ", b"\n", b"\t"):
            end += 1
        if data[at:at + 1] == b"#":
            at = data.index(b"\n", at) + 1
            continue
        words.append(data[at:end])
        at = end + 1
    if words != [b"P4", str(WIDTH).encode(), str(HEIGHT).encode()] or len(data) - at != STRIDE * HEIGHT:
        raise ValueError(f"{path.name}: not a page of {WIDTH} x {HEIGHT} pixels")
    return int.from_bytes(data[at:], "big")


def run(*command):
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120).stdout


def render(name, pdf, folder):
    out = folder / name
    run(*[str(pdf) if word == "PDF" else word.replace("OUT", str(out)) for word in RENDERERS[name]])
    return pixels(out)


def by_poppler(pdf, folder):
    run("pdfimages", pdf, folder / "poppler")
    return pixels(folder / "poppler-000.pbm")


def by_jbig2dec(pdf, folder):
    """The image's own segments, cut out of the PDF by poppler."""
    run("pdfimages", "-all", pdf, folder / "cut")
    run("jbig2dec", "-q", "-e", "-t", "pbm", "-o", folder / "decoded", folder / "cut-000.jb2e")
    return pixels(folder / "decoded")


def by_pdfjs(pdf):
    return pixels(pdf.with_suffix(".pdfjs.pbm"))


def ink(rows, left, right):
    """How much of each cell is black, of rows of grey between two columns."""
    across, down = CELLS
    cells = []
    for i, j in itertools.product(range(down), range(across)):
        part = [row[left + j * (right - left) // across:left + (j + 1) * (right - left) // across]
                for row in rows[i * len(rows) // down:(i + 1) * len(rows) // down]]
        cells.append(1 - sum(map(sum, part)) / (255 * sum(map(len, part))))
    return cells


def grey(*command):
    """The rows of a PGM on standard output."""
    data = run(*command)
    width, height = (int(word) for word in data[:64].split()[1:3])
    return [data[len(data) - width * (height - y):][:width] for y in range(height)]


def by_chromium(pdf):
    """The ink in Chromium's viewer, where the page is white on a dark ground."""
    seen = grey("mutool", "draw", "-q", "-r", 96, "-c", "gray", "-F", "pgm", "-o", "-", pdf.with_suffix(".chromium.png"))
    lit = [x for x, value in enumerate(seen[len(seen) // 2]) if value > 240]
    rows = [row for row in seen if row[lit[0] + 2] > 240]
    return ink(rows, lit[0], lit[-1] + 1)


def judge_shown(pdf):
    """The findings about what two renderers that scale show of a page."""
    def whole(*command):
        rows = grey(*command)
        return ink(rows, 0, len(rows[0]))
    ours = whole("mutool", "draw", "-q", "-r", 150, "-c", "gray", "-F", "pgm", "-o", "-", pdf, 1)
    shown = {"poppler": whole("pdftoppm", "-r", 150, "-gray", "-singlefile", pdf), "chromium": by_chromium(pdf)}
    apart = {name: max(abs(a - b) for a, b in zip(cells, ours)) for name, cells in shown.items()}
    return [f"{name}: a cell's ink differs by {most:.3f} of its area" for name, most in apart.items() if most > MOST_INK_APART]


def judge(pdf):
    """The findings about one page, as sentences."""
    findings = []
    for words in CHECKERS:
        ran = subprocess.run([str(pdf) if word == "PDF" else word for word in words], capture_output=True, text=True, timeout=60)
        if ran.returncode != 0:
            findings.append(f"{words[0]}: {ran.stdout}{ran.stderr}".strip())
    ours = pixels(pdf.with_suffix(".pbm"))
    with tempfile.TemporaryDirectory(prefix="madoguchi-judge-") as folder:
        seen = {name: render(name, pdf, Path(folder)) for name in RENDERERS}
        seen["poppler"] = by_poppler(pdf, Path(folder))
        seen["jbig2dec"] = by_jbig2dec(pdf, Path(folder))
        seen["pdf.js"] = by_pdfjs(pdf)
    return findings + [f"{name}: {differing} pixels differ" for name, page in seen.items() if (differing := (page ^ ours).bit_count())]


def run_node(script, *words):
    subprocess.run(["node", str(Path(__file__).with_name(script)), *map(str, words)], check=True, timeout=900)


def main(program, wanted, modules, browser_modules):
    with tempfile.TemporaryDirectory(prefix="madoguchi-pages-") as directory:
        subprocess.run([program, directory, wanted], check=True, timeout=300)
        return judge_all(sorted(Path(directory).glob("*.pdf"), key=lambda path: int(path.stem)), modules, browser_modules)


def judge_all(pdfs, modules, browser_modules):
    run_node("decode_with_pdfjs.mjs", modules, *pdfs)
    run_node("show_in_chromium.mjs", browser_modules, *pdfs[:SHOWN])
    with concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count()) as workers:
        results = list(workers.map(judge, pdfs))
        shown = list(workers.map(judge_shown, pdfs[:SHOWN]))
    wrong = {pdf.stem: found + more for pdf, found, more in itertools.zip_longest(pdfs, results, shown, fillvalue=[])}
    for page, findings in wrong.items():
        for finding in findings:
            print(f"  page {page}: {finding}")
    bad = sum(map(bool, wrong.values()))
    print(f"pages: {len(pdfs)} by jbig2dec, pdf.js, poppler, ghostscript and mupdf pixel for pixel, {len(shown)} as poppler and Chromium show them; {bad} wrong")
    return 1 if bad or not pdfs else 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
