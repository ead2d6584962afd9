"""Every kind of certificate over real processes: the paper that comes out, and what the kiosk says of a kind that may not be had."""
import csv
import unittest

from city_systems import ChangesRegisters, rewrite, wait_until_tax_is_linked
from installation import Installation, program, run
from screen import Citizen, wait_for_lines

HOLDER = "渡邉󠄂　健一"  # has records in every register (src/registry/core/synthesis.hpp)
NOT_TAXED = "渡邉󠄂　和子"  # has declared a small pension
SEAL, WHOLE, PERSONS, SUPPLEMENT = 3, 4, 5, 6
TITLES = {"residence_certificate": "住民票の写し", "residence_items": "住民票記載事項証明書", "seal_certificate": "印鑑登録証明書",
          "family_register_whole": "戸籍全部事項証明書", "family_register_persons": "戸籍個人事項証明書",
          "family_register_supplement": "戸籍の附票の写し"}

TAX_TITLES = {"income": "所得証明書", "taxation": "課税証明書", "income_and_taxation": "所得課税証明書"}


class Kinds(ChangesRegisters, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation("--holder", HOLDER)
        cls.addClassCleanup(cls.place.close)
        cls.place.start_all()
        wait_for_lines(cls.place)

    def test_each_kind_comes_out_for_one_person_and_for_many(self):
        for kind, title in TITLES.items():
            for persons in ("one", "many"):
                with self.subTest(kind=kind, persons=persons):
                    before = set(self.place.papers())
                    walk = self.place.citizen("--kind", kind, "--persons", persons)
                    self.assertEqual((walk["ended_on"], walk["kind"]), ("ended", title))
                    paper, = set(self.place.papers()) - before
                    self.assertEqual(int(run("qpdf", "--show-npages", paper).stdout), walk["sheets"])
                    row = self.place.journal()[-1]
                    self.assertEqual((row["kind"], row["fee"], row["money_taken"]), (kind, walk["fee"], walk["fee"]))
        self.assertTrue(self.place.money_agrees())

    # What may not be had

    def kinds_shown(self, language):
        citizen = Citizen(self.place)
        citizen.press("language", language=language)
        view = citizen.goes_to("kind")
        self.assertEqual(citizen.message["language"], language)
        citizen.gives_up()
        self.assertTrue(view["telephone"])
        return {kind["kind"]: kind for kind in view["kinds"]}

    def assert_not_to_be_had(self, reason, *kinds):
        """These kinds are shown with the reason in each language, and cannot be chosen; no other kind has that reason."""
        told = set()
        for language in ("ja", "en"):
            shown = self.kinds_shown(language)
            self.assertEqual({kind for kind, each in shown.items() if each["code"] == reason}, set(kinds), shown)
            for kind in kinds:
                self.assertFalse(shown[kind]["available"])
                self.assertTrue(shown[kind]["why"])
                told.add(shown[kind]["why"])
        self.assertEqual(len(told), 2, "one sentence in Japanese, one in English")
        self.assert_nothing_is_chosen(kinds[0])

    def assert_nothing_is_chosen(self, kind):
        papers = self.place.papers()
        citizen = Citizen(self.place, kind=kind)
        citizen.does("kind", citizen.goes_to("kind"))
        citizen.press("stay")
        citizen.message = citizen.screen.next()
        self.assertEqual(citizen.message["screen"], "kind")
        citizen.gives_up()
        self.assertEqual(self.place.papers(), papers)

    def test_a_seal_whose_registration_was_cancelled(self):
        def cancel(rows):
            next(row for row in rows if row["宛名番号"] == self.place.resident)["印鑑登録状態"] = "cancelled"

        def register_anew(rows):
            next(row for row in rows if row["宛名番号"] == self.place.resident)["印鑑登録番号"] = "0009999"
        self.with_rows("seals", cancel)
        rewrite(self.place.directory / "city/seals.csv", register_anew)  # a cancelled number is never registered again
        self.assert_not_to_be_had("seal_not_registered", SEAL)

    def test_a_family_register_with_a_notice_pending(self):
        def pend(rows):
            next(row for row in rows if row["筆頭者"] == HOLDER)["届出処理中"] = "1"
        self.with_rows("family_registers", pend)
        self.assert_not_to_be_had("cannot_be_issued", WHOLE, PERSONS)

    def test_a_supplement_of_a_protected_person(self):
        with (self.place.directory / "city/supplement_persons.csv").open(encoding="utf-8", newline="") as file:
            person = next(row for row in csv.DictReader(file) if row["宛名番号"] == self.place.resident)["戸籍個人番号"]
        self.with_suppression(person, "supplements")
        self.assert_not_to_be_had("cannot_be_issued", SUPPLEMENT)


class Tax(unittest.TestCase):
    def installed(self, holder):
        place = Installation("--holder", holder)
        self.addCleanup(place.close)
        return place

    def started(self, place):
        place.start_all()
        wait_for_lines(place)
        wait_until_tax_is_linked(place)

    def comes_out(self, place, kind, title):
        walk = place.citizen("--kind", kind)
        self.assertEqual((walk["ended_on"], walk["kind"], walk["sheets"]), ("ended", title, 1))

    def test_each_tax_kind_of_somebody_who_is_taxed(self):
        place = self.installed(HOLDER)
        self.started(place)
        for kind, title in TAX_TITLES.items():
            with self.subTest(kind=kind):
                self.comes_out(place, kind, title)
        self.assertEqual(len(place.papers()), len(TAX_TITLES))
        self.assertTrue(place.money_agrees())

    def test_no_taxation_of_somebody_who_is_not_taxed(self):
        place = self.installed(NOT_TAXED)
        self.started(place)
        self.comes_out(place, "no_taxation", "非課税証明書")

    def test_who_has_not_declared_gets_no_tax_certificate(self):
        place = self.installed(HOLDER)
        self.not_declared(place)
        self.started(place)
        walk = place.citizen("--kind", "taxation", check=False)
        self.assertEqual((walk["ended_on"], walk["code"]), ("kind", "tax_not_declared"))
        self.assertEqual(place.papers(), [])

    def not_declared(self, place):
        """The register hears it before the issuer links."""
        def withdraw(rows):
            for row in rows:
                if row["宛名番号"] == place.resident:
                    row.update(申告区分="not_declared", 合計所得金額="", 年税額="")

        def leave_out(rows):
            rows[:] = [row for row in rows if row["宛名番号"] != place.resident]
        city = place.directory / "city"
        rewrite(city / "tax_records.csv", withdraw)
        rewrite(city / "tax_amounts.csv", leave_out)
        run(program("registry"), "load", "--config", place.settings("registry"), "--from", city)


class BornElsewhere(unittest.TestCase):
    def test_who_has_the_domicile_elsewhere_gets_no_family_register_here(self):
        place = Installation()  # a head of a household: most people's 本籍 is elsewhere
        self.addCleanup(place.close)
        with (place.directory / "city/family_register_persons.csv").open(encoding="utf-8", newline="") as file:
            if any(row["宛名番号"] == place.resident for row in csv.DictReader(file)):
                self.skipTest("this seed's card holder has the 本籍 here")
        place.start_all()
        wait_for_lines(place)
        for kind in ("family_register_whole", "family_register_persons", "family_register_supplement"):
            walk = place.citizen("--kind", kind, check=False)
            self.assertEqual((walk["ended_on"], walk["code"]), ("kind", "family_register_not_found"))
        self.assertEqual(place.papers(), [])


if __name__ == "__main__":
    unittest.main()
