"""What is wrong with a place's settings or a register's files is said in one sentence, by name, before anything starts."""
import csv
import unittest

from installation import PLACES, Installation, program, run

# A file that each place must find, as its settings name it.
FILES = {
    "card": ("card.state", 'state = "card/card.state"'),
    "registry": ("line.certificate", 'certificate = "keys/office/residents.city-131016.office.example.pem"'),
    "jpki": ("line.certificate", 'certificate = "keys/jpki/ocsp.jpki.example.pem"'),
    "transfer": ("line.authority", 'authority = "keys/lgwan/authority.pem"'),
    "issuer": ("keys.handle_key", 'handle_key = "keys/city/handle.key"'),
    "center": ("center.token_key", 'token_key = "keys/center/token.key"'),
    "relay": ("line.authority", 'authority = "keys/store/authority.pem"'),
    "kiosk": ("roster.file", 'file = "run/kiosk-roster.bin"'),
}
FORBIDDEN = ["information-network", "office-link", "juki-net", "addressee", "intermediate-server"]


class ConfigurationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)

    def start_with(self, place, old, new):
        """The result of a place's program with one change in its settings."""
        text = self.place.settings(place).read_text(encoding="utf-8")
        self.assertIn(old, text)
        broken = self.place.directory / f"{place}-broken.toml"
        broken.write_text(text.replace(old, new, 1), encoding="utf-8")
        return run(program("relay" if place == "transfer" else place), "--config", broken, check=False)

    def assert_refuses(self, place, old, new, *said):
        result = self.start_with(place, old, new)
        self.assertEqual(result.returncode, 2, result.stderr)
        for words in said:
            self.assertIn(words, result.stderr)


class Settings(ConfigurationTest):
    def for_each_place(self):
        for place in PLACES:
            with self.subTest(place=place):
                yield place

    def test_malformed_toml_is_refused_with_its_line(self):
        for place in self.for_each_place():
            self.assert_refuses(place, "[status]\n", "[status\n", "line ", "column ")

    def test_a_missing_setting(self):
        for place in self.for_each_place():
            self.assert_refuses(place, "[status]\nlisten = ", "[status]\n# listen = ", '"status.listen" is missing')

    def test_an_unknown_setting(self):
        for place in self.for_each_place():
            self.assert_refuses(place, "[status]\n", "[status]\nsurplus = 1\n", '"status.surplus"')

    def test_a_number_out_of_bounds(self):
        for place in self.for_each_place():
            self.assert_refuses(place, "locked_mib = ", "locked_mib = 70000 # ", '"memory.locked_mib" must be from 0 to 65536, not 70000')

    def test_a_file_that_does_not_exist(self):
        for place in self.for_each_place():
            setting, line = FILES[place]
            self.assert_refuses(place, line, line[:-1] + '.gone"', f'"{setting}"', "does not exist")

    def test_settings_that_do_not_exist(self):
        for place in self.for_each_place():
            result = run(program("relay" if place == "transfer" else place), "--config", self.place.directory / "nowhere.toml", check=False)
            self.assertEqual(result.returncode, 2)
            self.assertIn("nowhere.toml: cannot be read", result.stderr)


class Boundary(ConfigurationTest):
    """The four boxes that stay unticked, and 中間サーバー (S20)."""

    def test_the_issuer_refuses_a_connection_to_another_system(self):
        for system in FORBIDDEN:
            with self.subTest(system=system):
                self.assert_refuses("issuer", "[status]\n", f'[{system}]\ntarget = "127.0.0.1:1"\n[status]\n', f'"{system}"', "S20")

    def test_the_issuer_refuses_such_a_system_as_its_register(self):
        for system in FORBIDDEN:
            with self.subTest(system=system):
                self.assert_refuses("issuer", 'peer = "residents.city-131016.office.example"', f'peer = "{system}.city-131016.office.example"',
                                    '"residents.peer"', "S20")

    def test_the_issuer_refuses_such_a_system_as_its_tax_register(self):
        for system in FORBIDDEN:
            with self.subTest(system=system):
                self.assert_refuses("issuer", "[ledger]\n", f'[taxation]\npeer = "{system}.city-131016.office.example"\n[ledger]\n',
                                    '"taxation.peer"', "S20")


class ResidentFiles(ConfigurationTest):
    """All of a file is loaded, or nothing."""

    def setUp(self):
        with open(self.place.directory / "city/residents.csv", encoding="utf-8", newline="") as file:
            self.header, *self.rows = list(csv.reader(file))

    def load(self):
        file = self.place.directory / "changed.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([self.header, *self.rows])
        return run(program("registry"), "load", "--config", self.place.settings("registry"), "--residents", file, check=False)

    def assert_refuses_file(self, *said):
        before = self.place.rows("registry", "SELECT count(*) AS n FROM resident")
        result = self.load()
        self.assertEqual(result.returncode, 1, result.stderr)
        for words in said:
            self.assertIn(words, result.stderr)
        self.assertEqual(self.place.rows("registry", "SELECT count(*) AS n FROM resident"), before)

    def test_a_household_without_a_head(self):
        relation = self.header.index("続柄")
        at = next(i for i, row in enumerate(self.rows) if row[relation] == "世帯主")
        household = self.rows[at][0]
        self.rows[at][relation] = "子"
        first = next(i for i, row in enumerate(self.rows) if row[0] == household)
        self.assert_refuses_file(f"line {first + 2}, column 1 (世帯番号)", "世帯主")

    def test_a_day_that_is_none(self):
        born = self.header.index("生年月日")
        self.rows[4][born] = "1980-02-31"
        self.assert_refuses_file(f"line 6, column {born + 1} (生年月日)")

    def test_a_row_with_a_column_too_few(self):
        self.rows[2] = self.rows[2][:-1]
        self.assert_refuses_file("line 4, column ")

    def test_a_quote_that_never_ends(self):
        file = self.place.directory / "open-quote.csv"
        file.write_text(",".join(self.header) + '\n"abc\n', encoding="utf-8")
        result = run(program("registry"), "load", "--config", self.place.settings("registry"), "--residents", file, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, r"line \d+, column \d+")


if __name__ == "__main__":
    unittest.main()
