"""本籍地利用登録 over real processes: somebody who lives elsewhere applies at the kiosk, staff decide, and the 戸籍 comes out."""
import csv
import unittest

from installation import Installation, program, run
from screen import DOMICILE_CITY, DOMICILE_REGISTRATION, Citizen, wait_for_lines

FAMILY_REGISTER_WHOLE, SUPPLEMENT = 4, 6


class Domicile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation("--holder", "-")
        cls.addClassCleanup(cls.place.close)
        cls.place.start_all()

    def command(self, *words):
        return run(program("registry"), "domicile", *words, "--config", self.place.settings("registry")).stdout

    def applies(self):
        """The number that the kiosk shows at the end."""
        citizen = Citizen(self.place, service=DOMICILE_REGISTRATION)
        view = citizen.goes_to("accepted")
        self.assertTrue(view["telephone"])
        citizen.goes_to("ended")
        citizen.leave()
        return view["number"]

    def refused(self, **wish):
        return Citizen(self.place, **wish).is_refused()["code"]

    def somebody_of_a_register(self):
        """戸籍個人番号 of the 筆頭者 渡邉󠄂 健一."""
        with (self.place.directory / "city/family_register_persons.csv").open(encoding="utf-8", newline="") as file:
            return next(csv.DictReader(file))["戸籍個人番号"]

    def test_from_the_application_to_the_paper(self):
        self.assertEqual(self.refused(service=DOMICILE_CITY), "domicile_not_registered")
        number = self.applies()
        self.assertEqual(self.applies(), number, "the same card again: the same number")
        listed = self.command("list")
        self.assertIn(number, listed)
        self.assertIn("マト　タロウ", listed)
        for place in ("kiosk", "relay", "center", "transfer", "issuer", "registry"):
            self.assertNotIn(number, self.place.log(place), place)
            self.assertNotIn("タロウ", self.place.log(place), place)

        self.command("approve", number, "--person", self.somebody_of_a_register())
        citizen = Citizen(self.place, service=DOMICILE_CITY, kind=FAMILY_REGISTER_WHOLE)
        kinds = citizen.goes_to("kind")["kinds"]
        self.assertEqual([kind["kind"] for kind in kinds], [4, 5, 6], "戸籍 and 附票, nothing else")
        citizen.goes_to("ended")
        citizen.leave()
        self.assertEqual(len(self.place.papers()), 1)
        self.assertEqual(self.refused(), "not_registered_here", "who lives elsewhere has no 住民票 here")
        self.assertEqual(self.refused(service=DOMICILE_REGISTRATION), "domicile_registered_already")


if __name__ == "__main__":
    unittest.main()
