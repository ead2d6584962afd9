"""The yearly tax link and the change of the year, by the programs themselves: the issuer links from the registry, staff change the
year while it runs, and nothing of the older year is left in its files."""
import contextlib
import datetime
import os
import shutil
import tomllib
import unittest
import urllib.request

from installation import PLACES, Installation, program, run, wait_for

TODAY = datetime.date.today()
OLD = TODAY.year if TODAY.month >= 6 else TODAY.year - 1  # 年度, the newest of the synthetic city
NEW = OLD + 1
PEOPLE = 30  # who have records of the new year, and of the old one records that are easily found
STEPS = ("tax_roll_over_begun", "tax_key_overwritten", "tax_key_removed", "tax_rows_erased", "tax_years_erased", "tax_store_rebuilt",
         "tax_log_emptied", "tax_roll_over_ended")


def tax_row(number, year, person):
    return f"{year},{number},鸞麤　籬{year}之{person},龕鑿爨町{year}番地,1980-02-17,,assessed,3560000,182300"


class TaxYear(unittest.TestCase):
    def setUp(self):
        self.place = Installation()
        self.addCleanup(self.place.close)
        self.place.change("issuer", "[tax]\n", "[tax]\nlink_interval_ms = 200\n")
        with (self.place.directory / "city/residents.csv").open(encoding="utf-8") as file:
            column = file.readline().rstrip().split(",").index("宛名番号")
            self.numbers = sorted({line.split(",")[column] for line in file})[:PEOPLE]
        self.load(OLD)
        old = "SELECT count(*) n FROM tax_record WHERE in_force = 1 AND part_of = ?"
        self.count = {OLD: self.place.rows("registry", old, str(OLD))[0]["n"], NEW: PEOPLE}
        self.place.start("registry")

    def line_of(self, place):
        return tomllib.loads(self.place.settings(place).read_text(encoding="utf-8"))["line"]["listen"]

    def load(self, year, of="registry"):
        directory = self.place.directory / f"tax-{year}"
        directory.mkdir()
        lines = ["年度,宛名番号,賦課期日氏名,賦課期日住所,生年月日,生年月日_表記,申告区分,合計所得金額,年税額",
                 *(tax_row(number, year, person) for person, number in enumerate(self.numbers))]
        (directory / "tax_records.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
        run(program("registry"), "load", "--config", self.place.settings(of), "--from", directory)

    def start_issuer(self):
        """Without a transfer server it is not healthy, and links all the same."""
        self.place.start("issuer", until_healthy=False)

    def metrics(self):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.place.base + PLACES['issuer']}/metrics", timeout=10) as answer:
            return answer.read().decode()
        return ""

    def wait_until_linked(self, year, role):
        wait_for(f"{year} is linked", lambda: f'madoguchi_issuer_tax_records{{year="{role}"}} {self.count[year]}\n' in self.metrics())

    def link_both_years(self):
        self.start_issuer()
        self.wait_until_linked(OLD, "issued")
        self.load(NEW)
        self.wait_until_linked(NEW, "next")

    def store(self, name="issuer-tax.db"):
        return self.place.directory / "run" / name

    def rows(self, sql, *values):
        return self.place.rows("issuer-tax", sql, *values)

    def markers(self, year):
        """What would tell that something of a year is there: texts, rows as they are encrypted, the key."""
        key = self.store(f"issuer-tax.db.{year}.key").read_bytes()
        rows = self.rows("SELECT name, body FROM record WHERE year = ?", year)
        self.assertEqual(len(rows), self.count[year])
        return [f"{year}之".encode(), f"爨町{year}".encode(), key[:16], key[16:48], *(row["name"] for row in rows), *(row["body"][12:60] for row in rows)]

    def files_with(self, markers):
        """The issuer's files, its log among them, that hold one of the markers."""
        files = [*(self.place.directory / "run").glob("issuer*"), *(self.place.directory / "log").glob("issuer*")]
        return sorted({file.name for file in files for marker in markers if marker in file.read_bytes()})

    def change_year(self, *words, kill_at="", check=True):
        environment = {**os.environ, "MADOGUCHI_KILL_AT": kill_at}
        return run(program("issuer"), "tax-year", *words, "--config", self.place.settings("issuer"), check=check, env=environment)

    def test_the_issuer_links_and_its_files_tell_nothing(self):
        self.link_both_years()
        told = [text.encode() for text in (f"{OLD}之", f"爨町{OLD}", *self.numbers)]
        self.assertEqual(self.files_with(told), [])
        self.assertIn(f"madoguchi_issuer_tax_year {OLD}\n", self.metrics())
        self.assertIn('"tax_link"', self.place.log("issuer"))

    def test_the_tax_register_is_another_system(self):
        """Its registry has no residents, and the registry of the residents has no taxes."""
        self.place.stop("registry")
        settings = self.place.settings("registry").read_text(encoding="utf-8")
        free = {"registry": self.place.base + 40, "status": self.place.base + 41}
        for old, new in (("run/registry.db", "run/taxation.db"), (self.line_of("registry"), f"127.0.0.1:{free['registry']}"),
                         (f"127.0.0.1:{self.place.base + PLACES['registry']}", f"127.0.0.1:{free['status']}")):
            self.assertIn(old, settings)
            settings = settings.replace(old, new)
        self.place.settings("registry-tax").write_text(settings, encoding="utf-8")
        line = self.place.settings("issuer").read_text(encoding="utf-8").split("[residents]\n")[1].split("[ledger]")[0]
        self.place.append("issuer", "[taxation]\n" + line.replace(self.line_of("registry"), f"127.0.0.1:{free['registry']}"))
        self.load(NEW, of="registry-tax")
        self.place.start("registry-tax", until_healthy=False)
        self.start_issuer()
        self.wait_until_linked(NEW, "issued")
        self.assertNotIn(str(OLD), {str(row["year"]) for row in self.rows("SELECT DISTINCT year FROM record")})

    def test_the_year_changes_while_the_issuer_runs(self):
        self.link_both_years()
        older, newer = self.markers(OLD), self.markers(NEW)
        rows, key = self.files_with(older)
        self.assertIn(rows, ("issuer-tax.db", "issuer-tax.db-wal"), "the search finds what is there")
        self.assertEqual(key, f"issuer-tax.db.{OLD}.key")
        self.assertIn(f"{PEOPLE} records of {NEW}", self.change_year(NEW).stdout)
        self.assertEqual(self.files_with(older), [])
        self.wait_until_linked(NEW, "issued")
        self.place.stop("issuer")
        self.assertEqual(self.files_with(older), [])
        self.assertEqual(self.files_with(newer), ["issuer-tax.db", f"issuer-tax.db.{NEW}.key"])

    def test_the_command_is_killed_at_each_step_and_given_again(self):
        self.link_both_years()
        self.place.stop("issuer")
        kept = self.place.directory / "kept"
        shutil.copytree(self.place.directory / "run", kept)
        for step in STEPS:
            for moment in ("before", "after"):
                with self.subTest(step=step, moment=moment):
                    for file in (self.place.directory / "run").glob("issuer-tax*"):
                        file.unlink()
                    for file in kept.glob("issuer-tax*"):
                        shutil.copyfile(file, self.store(file.name))
                    older = self.markers(OLD)
                    self.assertEqual(self.change_year(NEW, kill_at=f"{step}.{moment}", check=False).returncode, -9)
                    self.change_year(NEW)
                    self.assertEqual(self.files_with(older), [])
                    self.assertEqual(self.rows("SELECT * FROM roll_over"), [])

    def test_what_a_kill_left_is_finished_by_the_issuer(self):
        self.link_both_years()
        older = self.markers(OLD)
        self.assertEqual(self.change_year(NEW, kill_at="tax_key_overwritten.after", check=False).returncode, -9)
        wait_for("the issuer has finished the change", lambda: not self.rows("SELECT * FROM roll_over"))
        self.assertEqual(self.files_with(older), [])

    def test_a_link_that_was_killed_goes_on(self):
        self.place.environments["issuer"] = {"MADOGUCHI_KILL_AT": "tax_page_kept.after"}
        self.start_issuer()
        self.assertEqual(self.place.wait_for_end("issuer"), -9)
        self.place.environments["issuer"] = {}
        self.start_issuer()
        self.wait_until_linked(OLD, "issued")

    def test_what_cannot_be_is_refused_in_a_sentence(self):
        self.start_issuer()
        self.wait_until_linked(OLD, "issued")
        for words, said in (((NEW,), "is not linked whole"), ((OLD - 1, "--not-linked"), "is older and erased"), (("26",), "four digits"),
                            ((NEW + 2, "--not-linked"), "a 年度 is from"), ((), "YEAR is needed")):
            with self.subTest(words=words):
                refused = self.change_year(*words, check=False)
                self.assertEqual(refused.returncode, 1)
                self.assertIn(said, refused.stderr)
        self.assertEqual(self.rows("SELECT year FROM issued"), [{"year": OLD}])


if __name__ == "__main__":
    unittest.main()
