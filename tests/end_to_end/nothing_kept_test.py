"""What is left behind: nothing. Markers are planted in a household's records; then captures, databases with their write-ahead
logs, logs and spools of kiosk, relay, center, transfer server and issuer are searched for them, for the page and for the PIN."""
import base64
import csv
import re
import tempfile
import unittest
from pathlib import Path

from installation import PIN, PLACES, Installation, program, run, wait_for
from screen import Citizen, wait_for_lines

# Rare, but in every font for official papers: names that nobody bears.
MARKERS = ["鸞麤籬", "驪龕鑿", "ザンキョウヒョウシ"]
CAPTURED = ("relay", "transfer", "center")
CHUNK = 64  # bytes of the page's picture that are searched for


def base64_forms(secret):
    """What stands inside any base64 text of something that contains `secret`, at each of the three alignments."""
    forms = []
    for before in range(3):
        text = base64.b64encode(bytes(before) + secret)
        first = -(-before * 8 // 6)
        forms.append(text[first:(before + len(secret)) * 8 // 6])
    return forms


def forms_of(text):
    forms = []
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = text.encode(coding)
        forms += [raw, *base64_forms(raw)]
    return forms


class NothingKept(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)
        for place in CAPTURED:
            cls.place.append(place, f'[capture]\nfile = "run/{place}.capture"\n')
        cls.plant_markers()
        cls.place.start_all()
        wait_for_lines(cls.place)
        cls.every_kind_of_end()
        cls.page = cls.page_of(cls.place.papers()[0])

    @classmethod
    def plant_markers(cls):
        file = cls.place.directory / "city/residents.csv"
        with file.open(encoding="utf-8", newline="") as residents:
            header, *rows = list(csv.reader(residents))
        column = {name: header.index(name) for name in ("宛名番号", "世帯番号", "住所", "住所_方書", "氏名", "氏名_振り仮名")}
        household = next(row[column["世帯番号"]] for row in rows if row[column["宛名番号"]] == cls.place.resident)
        changed = [row for row in rows if row[column["世帯番号"]] == household]
        for row in changed:
            row[column["氏名"]] = MARKERS[0] + "　" + row[column["氏名"]].split("　")[-1]
            row[column["氏名_振り仮名"]] = MARKERS[2] + "　" + row[column["氏名_振り仮名"]].split("　")[-1]
            row[column["住所"]] += MARKERS[1]
            row[column["住所_方書"]] = ""
        marked = cls.place.directory / "city/marked.csv"
        with marked.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([header, *changed])
        run(program("registry"), "load", "--config", cls.place.settings("registry"), "--residents", marked)

    @classmethod
    def every_kind_of_end(cls):
        cls.place.citizen("--option", "head_and_relation", "--option", "family_register")
        citizen = Citizen(cls.place)
        names = citizen.goes_to("summary")["persons"]
        if not all(name.startswith(MARKERS[0]) for name in names):
            raise AssertionError("the markers never went on their way")
        citizen.gives_up()
        citizen = Citizen(cls.place)
        citizen.goes_to("pay")
        words = ("--config", cls.place.settings("registry"), "--resident", cls.place.resident, "--cause", "protected")
        run(program("registry"), "suppress", *words)
        if citizen.is_refused()["code"] != "cannot_be_issued":
            raise AssertionError("the refusal did not come")
        wait_for("every receipt has arrived", lambda: all(row["center_has_it"] and row["city_has_it"] for row in cls.place.journal()))

    @classmethod
    def page_of(cls, paper):
        with tempfile.TemporaryDirectory() as directory:
            run("pdfimages", "-jbig2", paper, f"{directory}/page")
            return next(Path(directory).glob("*.jb2e")).read_bytes()

    def files(self):
        """Everything that kiosk, relay, center, transfer server and issuer wrote; the register's own database is not theirs."""
        folders = [self.place.directory / name for name in ("run", "log")]
        found = [path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.name.startswith("registry.db")]
        self.assertTrue({"journal.db", "center.db", "issuer.db", "kiosk.log"} <= {path.name for path in found})
        return found

    def assert_nowhere(self, forms):
        for path in self.files():
            content = path.read_bytes()
            for form in forms:
                self.assertNotIn(form, content, f"{path.name} holds {form!r}")

    def test_the_search_itself_finds_a_marker_where_it_belongs(self):
        databases = b"".join(path.read_bytes() for path in (self.place.directory / "run").glob("registry.db*"))
        for marker in MARKERS:
            self.assertIn(marker.encode(), databases)
        for before in range(3):
            hidden = base64.b64encode(b"abc"[:before] + MARKERS[0].encode() + b"xyz")
            self.assertTrue(any(form in hidden for form in base64_forms(MARKERS[0].encode())))

    def test_the_captures_hold_what_was_carried(self):
        for place in CAPTURED:
            content = (self.place.directory / f"run/{place}.capture").read_bytes()
            self.assertGreater(len(content), len(self.page), f"{place} carried the sealed page")
            self.assertIn(b"Apply", content)

    def test_no_name_address_or_reading_is_left(self):
        for marker in MARKERS:
            with self.subTest(marker=marker):
                self.assert_nowhere(forms_of(marker))

    def test_no_part_of_the_page_is_left(self):
        self.assertGreater(len(self.page), 20 * CHUNK)
        for at in range(0, len(self.page) - CHUNK, len(self.page) // 20):
            chunk = self.page[at:at + CHUNK]
            if len(set(chunk)) > 8:  # white paper is everybody's
                self.assert_nowhere([chunk, *base64_forms(chunk)])

    def test_the_pin_is_nowhere(self):
        near = re.compile(rb"(?i)pin.{0,16}" + PIN.encode() + rb"|" + PIN.encode() + rb".{0,16}pin", re.DOTALL)
        for path in self.files():
            self.assertIsNone(near.search(path.read_bytes()), path.name)
            if path.suffix == ".log" and path.stem in PLACES:
                alone = rb"(?<![0-9a-f])" + PIN.encode() + rb"(?![0-9a-f])"
                self.assertIsNone(re.search(alone, path.read_bytes()), path.name)

    def test_no_session_leaves_a_file_of_its_own(self):
        names = {path.relative_to(self.place.directory).as_posix() for path in self.files()}
        known = re.compile(r"log/\w+\.log|run/[\w-]+\.db(-wal|-shm)?|run/issuer-tax\.db\.\d{4}\.key|run/\w+\.capture|run/kiosk-roster\.bin|run/kiosk\.address")
        self.assertEqual([name for name in names if not known.fullmatch(name)], [])


if __name__ == "__main__":
    unittest.main()
