#!/usr/bin/env python3
"""Printed pages before three renderers: what poppler, ghostscript and mupdf show at 600 dpi, beside our own decoded image.

    pages.py DIRECTORY      N.pdf and N.pbm, as judge_print_households writes them

ghostscript and mupdf must show the very pixels. poppler scales every image by up to one pixel, and so repeats or drops
single rows and columns: at most POPPLER_SHARE of its pixels may be without a black neighbour, within a pixel, in ours.
"""
import concurrent.futures
import os
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTH, HEIGHT = 4960, 7016
STRIDE = WIDTH // 8
POPPLER_SHARE = 1e-5  # of all pixels of a page

# Each writes one page to standard output, as PGM or PBM.
RENDERERS = {
    "ghostscript": ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pbmraw", "-r600", "-sOutputFile=OUT", "PDF"],
    "mupdf": ["mutool", "draw", "-q", "-r", "600", "-c", "mono", "-F", "pbm", "-o", "OUT", "PDF", "1"],
    "poppler": ["pdftoppm", "-r", "600", "-mono", "-singlefile", "PDF", "OUT"],
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


def widened(page):
    """Every black pixel spread to its eight neighbours. Rows run on into each other; a page has no ink at its edges."""
    row = page | page << 1 | page >> 1
    return row | row << WIDTH | row >> WIDTH


def strays(a, b):
    return ((a & ~widened(b)) | (b & ~widened(a))).bit_count()


def render(name, pdf, folder):
    out = folder / f"{pdf.stem}.{name}"
    target = out.with_suffix("") if name == "poppler" else out
    words = [str(pdf) if word == "PDF" else str(target) if word == "OUT" else word for word in RENDERERS[name]]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    if name == "poppler":
        out = target.with_suffix(".pbm")
    found = pixels(out)
    out.unlink()
    return found


def judge(pdf):
    """The findings about one page, as sentences, and poppler's strays."""
    findings = []
    for words in CHECKERS:
        ran = subprocess.run([str(pdf) if word == "PDF" else word for word in words], capture_output=True, text=True, timeout=60)
        if ran.returncode != 0:
            findings.append(f"{words[0]}: {ran.stdout}{ran.stderr}".strip())
    ours = pixels(pdf.with_suffix(".pbm"))
    stray = 0
    with tempfile.TemporaryDirectory(prefix="madoguchi-judge-") as folder:
        for name in RENDERERS:
            seen = render(name, pdf, Path(folder))
            if name == "poppler":
                stray = strays(seen, ours)
                if stray > POPPLER_SHARE * WIDTH * HEIGHT:
                    findings.append(f"poppler: {stray} pixels have no neighbour")
            elif differing := (seen ^ ours).bit_count():
                findings.append(f"{name}: {differing} pixels differ")
    return findings, stray


def main(directory):
    pdfs = sorted(Path(directory).glob("*.pdf"), key=lambda path: int(path.stem))
    with concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count()) as workers:
        results = list(workers.map(judge, pdfs))
    for pdf, (findings, _) in zip(pdfs, results):
        for finding in findings:
            print(f"  page {pdf.stem}: {finding}")
    bad = sum(bool(findings) for findings, _ in results)
    worst = max((stray for _, stray in results), default=0)
    print(f"pages: {len(pdfs)} by ghostscript and mupdf pixel for pixel, poppler within {worst} of {WIDTH * HEIGHT} pixels; {bad} wrong")
    return 1 if bad or not pdfs else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
