#!/usr/bin/env python3
"""An outside reader before printed pages: tesseract, with Japanese data, must read back who stands on them.

    reading.py DIRECTORY PEOPLE FORM      DIRECTORY: as judge_print_people writes it; FORM: forms/residence.toml

Takes the first PEOPLE whose name and address consist of ordinary characters (JIS X 0208), renders of their page what stands
where the form places title, name, date of birth and address, and reads each as a line of text; what it missed, at other sizes
too. Spaces and the width of characters do not count, since a reader cannot know them. Prints the rate of each item, at first
sight and in all, and what was read in place of what was missed. Fails if less than LEAST of an item was read to the letter.
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
# Tesseract takes some characters of 明朝 for others at every size, 荘, 菖, 蒲, 忠 and 紬 among them, and a city has them more or less often.
LEAST = {"title": 0.99, "name": 0.85, "born": 0.95, "address": 0.85}
INSET = 0.4  # mm: the frame around a box
EMS = (32, 44, 24)  # pixels: its models were made from letters of about 32
AT_A_TIME = 40  # lines of one run of tesseract
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
    _, name, day, written, address = line
    return {"title": TITLE, "name": name, "born": written or in_era(day), "address": address}


def places(form):
    """Where each item stands on the page of one person, and its type's size; in millimetres."""
    with open(form, "rb") as file:
        read = tomllib.load(file)
    x, y = read["flow"]["at"][:2]
    found = {}
    for field, (left, top) in [(field, (0, 0)) for field in read["page"]["field"]] + [(field, (x, y)) for field in read["row"]["person"]["field"]]:
        box = field["box"]
        found[field["name"]] = [left + box[0], top + box[1], *box[2:]], field["size"]
    return {item: found[item] for item in LEAST}


def cut(pdf, place, em, out):
    """What stands there, as a picture in grey whose letters are `em` pixels high."""
    box, size = place
    dpi = round(em * 25.4 / size)
    left, top = (round((at + INSET) * dpi / 25.4) for at in box[:2])
    width, height = (round((size - 2 * INSET) * dpi / 25.4) for size in box[2:])
    subprocess.run(["pdftoppm", "-r", str(dpi), "-x", str(left), "-y", str(top), "-W", str(width), "-H", str(height), "-gray", "-singlefile",
                    str(pdf), str(out.with_suffix(""))], check=True, capture_output=True, timeout=60)


def read(wanted, places, em):
    """What stands in each of the places, pairs of a PDF and an item, by one run of tesseract."""
    with tempfile.TemporaryDirectory(prefix="madoguchi-reading-") as folder:
        names = []
        for pdf, item in wanted:
            names.append(Path(folder) / f"{pdf.stem}-{item}.pgm")
            cut(pdf, places[item], em, names[-1])
        listed = Path(folder) / "all.txt"
        listed.write_text("\n".join(map(str, names)), encoding="utf-8")
        ran = subprocess.run(["tesseract", str(listed), "stdout", "-l", "jpn", "--psm", "7", "--dpi", "300"], check=True, capture_output=True,
                             timeout=600, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return dict(zip(wanted, (plain(text) for text in ran.stdout.decode().split("\f")[:len(names)])))


def read_all(wanted, places, em):
    groups = [wanted[at:at + AT_A_TIME] for at in range(0, len(wanted), AT_A_TIME)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
        found = {}
        for group in workers.map(lambda group: read(group, places, em), groups):
            found.update(group)
    return found


def people(directory, wanted):
    lines = [line.split("\t") for line in (directory / "people.tsv").read_text(encoding="utf-8").splitlines()]
    ordinary = [line for line in lines if is_ordinary(line[1]) and is_ordinary(line[-1])]
    if len(ordinary) < wanted:
        sys.exit(f"reading: only {len(ordinary)} of {len(lines)} people have ordinary characters")
    return ordinary[:wanted]


def main(directory, wanted, form):
    where = places(form)
    right = {(directory / f"{line[0]}.pdf", item): plain(value) for line in people(directory, wanted) for item, value in expected(line).items()}
    missed, seen, rates = list(right), {}, []
    for em in EMS:
        for place, text in read_all(missed, where, em).items():
            seen[place] = [*seen.get(place, []), text]
        missed = [place for place in missed if right[place] not in seen[place]]
        lost = collections.Counter(item for _, item in missed)
        rates.append({item: 1 - lost[item] / wanted for item in LEAST})
    for pdf, item in missed:
        print(f"  page {pdf.stem}: {item} {right[pdf, item]} was read as {', '.join(each or 'nothing' for each in seen[pdf, item])}")
    for sight, rate in (("at first sight", rates[0]), ("in three sizes", rates[-1])):
        print(f"reading: {wanted} pages, {sight}: " + ", ".join(f"{item} {rate[item]:.1%}" for item in rate))
    return 0 if all(rates[-1][item] >= least for item, least in LEAST.items()) else 1


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
