"""Who may not have what, cause by cause, as the kiosk's screen says it in Japanese and English: what a cause stops, and what it does not."""
import csv
import datetime
import re
import sqlite3
import unittest

from city_systems import (ChangesRegisters, an_hour_passes_without, feed, rewrite, tell_registry, wait_until_tax_is_linked,
                          wait_until_tax_is_linked_again)
from installation import CITY, ROOT, Installation, program, run, wait_for
from rules import ChangesRules, moment
from screen import Citizen, wait_for_lines

HOLDER = "渡邉󠄂　健一"  # has records in every register, and is taxed (src/registry/core/synthesis.hpp)
RESIDENCE, ITEMS, SEAL, WHOLE, PERSONS, SUPPLEMENT, INCOME, TAXATION, NO_TAXATION, INCOME_AND_TAXATION = range(1, 11)
TAX = (INCOME, TAXATION, NO_TAXATION, INCOME_AND_TAXATION)
SELF, HOUSEHOLD = 1, 3  # scopes
SENSITIVE = ("protected", "protected_pending", "blocked", "notice_pending", "moving_out", "provisional")
SOURCES = {"juki": "residents", "inkan": "seals", "koseki": "family_registers"}  # systems that feed a register each
TODAY = datetime.date.today()
YEAR = TODAY.year if TODAY.month >= 6 else TODAY.year - 1  # 年度, the newest of the synthetic city
NO_GLYPH = "𰻞"  # U+30EDE, in no font for official papers
SENTENCES = {code: {"ja": ja, "en": en} for code, ja, en in
             re.findall(r'^REASON\((\w+), "(.*)", "(.*)"\)$', (ROOT / "src/base/reasons.def").read_text(encoding="utf-8"), re.M)}


def years_ago(years):
    return f"{TODAY.year - years}-01-01"


class CausesTest(ChangesRegisters, ChangesRules, unittest.TestCase):
    """One installation a class; a test leaves it as it was, with nothing printed but what it says."""

    @classmethod
    def installed(cls):
        cls.place = Installation("--holder", HOLDER)
        cls.addClassCleanup(cls.place.close)
        cls.place.change("issuer", "[tax]\n", "[tax]\nlink_interval_ms = 200\n")
        cls.rules = (cls.place.directory / "rules.toml").read_text(encoding="utf-8")

    @classmethod
    def started(cls):
        cls.place.start_all()
        wait_for_lines(cls.place)
        wait_until_tax_is_linked(cls.place)

    def setUp(self):
        self.before = self.place.papers(), self.place.acceptor(), self.place.journal()

    def assert_nothing_happened(self):
        self.assertEqual((self.place.papers(), self.place.acceptor(), self.place.journal()), self.before)

    def says(self, view, reason, language):
        self.assertEqual((view["code"], view["sentence"]), (reason, SENTENCES[reason][language]))
        self.assertTrue(view["telephone"])

    def kinds_shown(self, language):
        """What the menu says of each kind: "" if it may be had."""
        citizen = Citizen(self.place)
        citizen.press("language", language=language)
        view = citizen.goes_to("kind")
        citizen.gives_up()
        self.assertTrue(view["telephone"])
        for kind in view["kinds"]:
            self.assertEqual((kind["available"], kind["why"]), (kind["code"] == "", SENTENCES[kind["code"]][language] if kind["code"] else ""))
        return {kind["kind"]: kind["code"] for kind in view["kinds"]}

    def usual(self):
        """What somebody who is taxed is told of each kind when nothing stops it."""
        return {**dict.fromkeys(range(1, 11), ""), NO_TAXATION: self.taxed}

    taxed = "taxed"

    def assert_stops(self, reason, *kinds):
        """The menu withholds these kinds for this reason, and says of the others what it always says."""
        for language in ("ja", "en"):
            self.assertEqual(self.kinds_shown(language), {**self.usual(), **dict.fromkeys(kinds, reason)}, language)
        self.assert_nothing_happened()

    def assert_stops_nothing(self):
        self.assertEqual(self.kinds_shown("ja"), self.usual())

    def assert_stops_everything(self, reason, languages=("ja", "en")):
        """There is no menu: the session is refused."""
        for language in languages:
            citizen = Citizen(self.place)
            citizen.press("language", language=language)
            self.says(citizen.is_refused(), reason, language)
        self.assert_nothing_happened()

    def assert_is_not_drawn(self, reason, kind, scope):
        """Nothing of the menu is stopped; the paper cannot be made, and nobody has paid for it."""
        for language in ("ja", "en"):
            citizen = Citizen(self.place, kind=kind, scope=scope, options=())
            citizen.press("language", language=language)
            self.says(citizen.is_refused(), reason, language)
        self.assert_nothing_happened()

    def assert_is_printed(self, kind):
        walk = self.place.citizen("--kind", kind)
        self.assertEqual((walk["ended_on"], len(self.place.papers())), ("ended", len(self.before[0]) + 1))


class OfTheResident(CausesTest):
    """住民記録: what it says of anybody in the household stops all."""

    @classmethod
    def setUpClass(cls):
        cls.installed()
        for source, records in SOURCES.items():
            cls.place.append("registry", f'[[feed]]\nsource = "{source}"\npeer = "{source}.city-{CITY}.office.example"\nrecords = ["{records}"]\n')
        for source in SOURCES:
            feed(cls.place, source, 0, "heartbeat {}")
        cls.started()

    def child(self):
        with (self.place.directory / "city/residents.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        household = self.row_of_holder(rows)["世帯番号"]
        return next(row["宛名番号"] for row in rows if row["世帯番号"] == household and row["続柄"] == "子")

    def test_every_sensitive_cause_of_the_holder_and_of_somebody_else(self):
        for cause, person, language in zip(SENSITIVE, (self.place.resident, self.child()) * 3, ("ja", "en", "en", "ja", "ja", "en")):
            with self.subTest(cause=cause):
                self.with_suppression(person, cause=cause)
                self.assert_stops_everything("cannot_be_issued", (language,))
                self.doCleanups()
        self.assert_stops_nothing()

    def test_a_household_gets_nothing_once_the_feed_has_acknowledged(self):
        words = f'suppression {{ person: "{self.child()}" cause: SUPPRESSION_PROTECTED in_force: %s }}'
        feed(self.place, "juki", 1, words % "true")
        self.assert_stops_everything("cannot_be_issued")
        feed(self.place, "juki", 2, words % "false")
        self.assert_stops_nothing()

    def test_what_blocks_ends_only_by_name_and_a_lift_within_the_office_never_comes_here(self):
        self.with_suppression(self.place.resident, cause="blocked")
        self.load(self.place.directory / "city")  # records that come without it, as after a temporary lift
        self.assert_stops_everything("cannot_be_issued")
        self.doCleanups()
        self.assert_stops_nothing()

    def test_who_is_about_to_leave(self):
        self.with_holder(転出予定年月日=moment(30 * 86400)[:10], 転出先住所_予定="神奈川県横浜市中区一丁目")
        self.assert_stops_everything("cannot_be_issued")

    def test_who_has_died_or_was_removed(self):
        for state, language in (("dead", "ja"), ("removed", "en")):
            with self.subTest(state=state):
                self.with_rows("residents", lambda rows: self.ends(rows, state))
                self.assert_stops_everything("not_registered_here", (language,))
                self.doCleanups()
        self.assert_stops_nothing()

    def ends(self, rows, state):
        """The holder is no resident, and somebody else of the household its head."""
        holder = self.row_of_holder(rows)
        holder["住民状態"] = state
        next(row for row in rows if row["世帯番号"] == holder["世帯番号"] and row["続柄"] == "妻")["続柄"] = "世帯主"

    def test_who_is_under_15(self):
        self.with_holder(生年月日=years_ago(14), 生年月日_表記="")
        self.assert_stops_everything("under_age")

    def test_who_is_younger_than_one_kind_asks_for(self):
        self.load_rules(self.changed_kind("seal_certificate", "youngest = 99"))
        self.addCleanup(self.load_rules, self.rules)
        self.assert_stops("under_age", SEAL)

    def test_a_character_that_no_font_has(self):
        self.with_holder(転入前住所=f"北海道{NO_GLYPH}町１番地")
        self.assert_is_not_drawn("character_not_available", RESIDENCE, SELF)
        self.assert_is_printed("seal_certificate")

    def test_a_paper_of_more_pages_than_the_city_allows(self):
        self.load_rules(self.changed("most_pages = 50", "most_pages = 1"))
        self.addCleanup(self.load_rules, self.rules)
        self.assert_is_not_drawn("too_many_pages", WHOLE, HOUSEHOLD)
        self.assert_is_printed("seal_certificate")

    def test_a_feed_of_residents_that_is_silent(self):
        an_hour_passes_without(self.place, "juki")
        self.assert_stops_everything("register_unavailable")
        feed(self.place, "juki", self.position("juki"), "heartbeat {}")
        self.assert_stops_nothing()

    def test_a_feed_of_seals_that_is_silent(self):
        an_hour_passes_without(self.place, "inkan")
        self.assert_stops("register_unavailable", SEAL)
        feed(self.place, "inkan", self.position("inkan"), "heartbeat {}")
        self.assert_stops_nothing()

    def test_a_gap_in_the_numbers_of_the_family_registers_feed(self):
        first, second = (self.position("koseki") + more for more in (1, 2))
        recorded = f'notice {{ family_register: "{self.family_register()}" }}'
        refused = feed(self.place, "koseki", second, recorded, check=False)
        self.assertIn(f"change {first} has not come", refused.stderr)
        for number in (second, first):
            self.addCleanup(feed, self.place, "koseki", number, recorded)
        self.assert_stops("register_unavailable", WHOLE, PERSONS)
        self.doCleanups()
        self.assert_stops_nothing()

    def test_a_notice_that_is_being_processed(self):
        number, family_register = self.position("koseki"), self.family_register()
        feed(self.place, "koseki", number + 1, f'notice {{ family_register: "{family_register}" pending: true }}')
        self.assert_stops("cannot_be_issued", WHOLE, PERSONS)
        feed(self.place, "koseki", number + 2, f'notice {{ family_register: "{family_register}" }}')
        self.assert_stops_nothing()

    def position(self, source):
        return self.place.rows("registry", "SELECT number FROM feed_source WHERE source = ?", source)[0]["number"]

    def of_family_register(self, column):
        with (self.place.directory / "city/family_register_persons.csv").open(encoding="utf-8", newline="") as file:
            return self.row_of_holder(csv.DictReader(file))[column]

    def family_register(self):
        return self.of_family_register("戸籍番号")

    def test_a_protected_person_of_the_family_register_and_of_the_supplement(self):
        person = self.of_family_register("戸籍個人番号")
        for record, kinds in (("family_registers", (WHOLE, PERSONS)), ("supplements", (SUPPLEMENT,))):
            with self.subTest(record=record):
                self.with_suppression(person, record)
                self.assert_stops("cannot_be_issued", *kinds)
                self.doCleanups()

    def test_a_seal_that_belongs_to_another_name(self):
        city, changed = self.place.directory / "city/residents.csv", self.place.directory / "renamed.csv"
        changed.write_bytes(city.read_bytes())
        rewrite(changed, lambda rows: self.row_of_holder(rows).update(旧氏="鸞"))
        tell_registry(self.place, "load", "--residents", changed)  # the office of seals has not said anything since
        self.addCleanup(tell_registry, self.place, "load", "--residents", city)
        self.assert_stops("seal_not_registered", SEAL)
        self.doCleanups()
        self.assert_stops_nothing()

    def test_who_has_not_declared(self):
        def withdraw(rows):
            self.row_of_holder(row for row in rows if row["年度"] == str(YEAR)).update(申告区分="not_declared", 合計所得金額="", 年税額="")
        self.addCleanup(wait_until_tax_is_linked_again, self.place)
        self.with_rows("tax_records", withdraw, {"tax_amounts": self.leaves_out})
        wait_until_tax_is_linked_again(self.place)
        self.assert_stops("tax_not_declared", *TAX)

    def leaves_out(self, rows):
        rows[:] = [row for row in rows if (row["宛名番号"], row["年度"]) != (self.place.resident, str(YEAR))]

    def test_who_is_taxed_gets_no_certificate_of_no_taxation(self):
        self.assert_stops(self.taxed, NO_TAXATION)

    def test_hours_of_a_family(self):
        today, tomorrow = moment()[:10], moment(86400)[:10]
        self.load_rules(self.changed('name = "family_register"\n[family.store]',
                                     f'name = "family_register"\nclosed_days = ["{today}", "{tomorrow}"]\n[family.store]'))
        self.addCleanup(self.load_rules, self.rules)
        self.assert_stops("outside_hours", WHOLE, PERSONS, SUPPLEMENT)

    def test_a_family_that_is_stopped(self):
        self.load_rules(self.stopped("tax"))
        self.addCleanup(self.load_rules, self.rules)
        self.assert_stops("stopped_for_now", *TAX)


class OfTheTaxYear(CausesTest):
    """個人住民税: the city's register has the new year, and its staff change to it."""

    @classmethod
    def setUpClass(cls):
        cls.installed()
        with sqlite3.connect(cls.place.directory / "run/registry.db") as connection:
            connection.execute("DELETE FROM tax_record WHERE part_of = ?", (str(YEAR),))
        connection.close()
        cls.started()

    def test_a_year_that_is_due_and_not_issued_from(self):
        self.assert_stops("tax_year_changing", *TAX)
        self.load(self.place.directory / "city")
        wait_until_tax_is_linked_again(self.place)
        self.assert_stops("tax_year_changing", *TAX)
        # If the issuer reads its store at that moment, it finishes the roll-over itself with its next link.
        run(program("issuer"), "tax-year", YEAR, "--config", self.place.settings("issuer"), check=False)
        wait_for("older years are erased", lambda: not self.place.rows("issuer-tax", "SELECT * FROM roll_over"))
        self.assert_stops_nothing()


if __name__ == "__main__":
    unittest.main()
