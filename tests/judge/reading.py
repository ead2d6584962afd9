#!/usr/bin/env python3
"""An outside reader before printed pages: tesseract, with Japanese data, must read back who stands on them.

    reading.py DIRECTORY PEOPLE FORM      DIRECTORY: as judge_print_people writes it; FORM: forms/residence.toml

Takes the first PEOPLE whose name and address consist of ordinary characters (JIS X 0208), renders of their page what stands
where the form places title, name, date of birth and address, and reads each as a line of text. Spaces and the width of
characters do not count, since a reader cannot know them. Prints the rate of each item, and what was read in place of what was
missed. Fails if less than LEAST of an item was read to the letter.
"""
import collections
import concurrent.futures
import os
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
from pathlib import Path

TITLE = "住民票"
LEAST = {"title": 0.99, "name": 0.85, "born": 0.95, "address": 0.95}
INSET = 0.4  # mm: the frame around a box
EM = 32  # pixels: what tesseract reads best; its models were made from letters of about that height
AT_A_TIME = 10  # pages of one run of tesseract
ERAS = [("令和", "2019-05-01", 2018), ("平成", "1989-01-08", 1988), ("昭和", "1926-12-25", 1925), ("大正", "1912-07-30", 1911)]


def in_era(day):
    """2001-02-03 as 平成13年2月3日."""
    name, _, before = next(era for era in ERAS if day >= era[1])
    year, month, number = (int(part) for part in day.split("-"))
    return f"{name}{'元' if year - before == 1 else year - before}年{month}月{number}日"


def is_ordinary(text):
    """Whether every character stands in JIS X 0208, which takes two bytes in EUC."""
    try:
        return all(len(each.encode("euc_jp")) == 2 for each in text)
    except UnicodeEncodeError:
        return False


def plain(text):
    """What a reader can see: without spaces, every character in its ordinary width."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if not each.isspace())


def expected(line):
    _, name, born, address = line
    return {"title": TITLE, "name": name, "born": in_era(born), "address": address}


def places(form):
    """Where each item stands on the page of one person, in millimetres, and how many dots an inch make its type EM high."""
    with open(form, "rb") as file:
        read = tomllib.load(file)
    x, y = read["flow"]["at"][:2]
    found = {}
    for field, (left, top) in [(field, (0, 0)) for field in read["page"]["field"]] + [(field, (x, y)) for field in read["row"]["person"]["field"]]:
        box = field["box"]
        found[field["name"]] = [left + box[0], top + box[1], *box[2:]], round(EM * 25.4 / field["size"])
    return {item: found[item] for item in LEAST}


def cut(pdf, place, out):
    """What stands there, as a picture in grey."""
    box, dpi = place
    left, top = (round((at + INSET) * dpi / 25.4) for at in box[:2])
    width, height = (round((size - 2 * INSET) * dpi / 25.4) for size in box[2:])
    subprocess.run(["pdftoppm", "-r", str(dpi), "-x", str(left), "-y", str(top), "-W", str(width), "-H", str(height), "-gray", "-singlefile",
                    str(pdf), str(out.with_suffix(""))], check=True, capture_output=True, timeout=60)


def read(pdfs, items):
    """Of each PDF's first page what stands in each place, by one run of tesseract."""
    with tempfile.TemporaryDirectory(prefix="madoguchi-reading-") as folder:
        names = []
        for pdf in pdfs:
            for item, place in items.items():
                names.append(Path(folder) / f"{pdf.stem}-{item}.pgm")
                cut(pdf, place, names[-1])
        listed = Path(folder) / "all.txt"
        listed.write_text("\n".join(map(str, names)), encoding="utf-8")
        ran = subprocess.run(["tesseract", str(listed), "stdout", "-l", "jpn", "--psm", "7", "--dpi", "300"], check=True, capture_output=True,
                             timeout=600, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    texts = [plain(text) for text in ran.stdout.decode().split("\f")[:len(names)]]
    return [dict(zip(items, texts[at:at + len(items)])) for at in range(0, len(texts), len(items))]


def people(directory, wanted):
    lines = [line.split("\t") for line in (directory / "people.tsv").read_text(encoding="utf-8").splitlines()]
    ordinary = [line for line in lines if is_ordinary(line[1]) and is_ordinary(line[3])]
    if len(ordinary) < wanted:
        sys.exit(f"reading: only {len(ordinary)} of {len(lines)} people have ordinary characters")
    return ordinary[:wanted]


def main(directory, wanted, form):
    asked, items = people(directory, wanted), places(form)
    pdfs = [directory / f"{line[0]}.pdf" for line in asked]
    groups = [pdfs[at:at + AT_A_TIME] for at in range(0, wanted, AT_A_TIME)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
        pages = [page for group in workers.map(lambda group: read(group, items), groups) for page in group]
    found = collections.Counter()
    for line, page in zip(asked, pages):
        for item, value in expected(line).items():
            if page[item] == plain(value):
                found[item] += 1
            else:
                print(f"  page {line[0]}: {item} {plain(value)} was read as {page[item]}")
    rates = {item: found[item] / wanted for item in LEAST}
    print(f"reading: {wanted} pages; " + ", ".join(f"{item} {rate:.1%}" for item, rate in rates.items()))
    return 0 if all(rates[item] >= least for item, least in LEAST.items()) else 1


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
