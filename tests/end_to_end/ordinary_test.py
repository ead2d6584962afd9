"""The ordinary day: a certificate, two copies, a change of mind, a wrong PIN. What arrives, and what every place noted."""
import tempfile
import unittest
from pathlib import Path

from installation import HANDED_OVER, PIN, SETTLED, Installation, run, wait_for
from screen import Citizen, wait_for_lines


class Ordinary(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)
        cls.place.start_all()
        wait_for_lines(cls.place)

    def setUp(self):
        self.papers_before = set(self.place.papers())
        self.rows_before = len(self.place.journal())
        self.box_before = self.place.acceptor()
        self.history_before = len(self.place.history())

    def new_papers(self):
        return sorted(set(self.place.papers()) - self.papers_before)

    def reported(self, row):
        """The journal's row once both center and city have acknowledged its receipt."""
        same = lambda: next(each for each in self.place.journal() if each["issuance"] == row["issuance"])
        return wait_for("both have the receipt", lambda: same()["center_has_it"] and same()["city_has_it"] and same())

    def assert_nothing_happened(self):
        self.assertEqual(self.new_papers(), [])
        self.assertEqual(self.place.acceptor()["captured"], self.box_before["captured"])
        self.assertEqual(self.place.acceptor()["escrow"], 0)
        self.assertTrue(self.place.money_agrees())

    def test_one_certificate_arrives_and_every_place_agrees(self):
        walk = self.place.citizen("--option", "head_and_relation", "--option", "family_register")
        self.assertEqual((walk["ended_on"], walk["fee"], walk["kind"]), ("ended", 200, "住民票の写し"))
        paper, = self.new_papers()
        self.assert_is_a_paper_of_images(paper)

        row = self.reported(self.place.journal()[-1])
        self.assertEqual(row["issuance"].hex(), paper.stem)
        self.assertTrue(row["issuance"].hex().startswith(walk["number"]))
        self.assertEqual((row["step"], row["ending"], row["case_closed"]), (SETTLED, HANDED_OVER, 1))
        self.assertEqual((row["money_taken"], row["money_returned"], row["money_in_case"]), (200, 0, 0))
        self.assertEqual((row["sheets_printed"], row["sheets"]), (walk["sheets"], walk["sheets"]))

        settled = next(each for each in self.place.ledger() if each["issuance"] == row["issuance"])
        self.assertEqual((settled["state"], settled["outcome"]), (4, "ENDING_HANDED_OVER"))
        self.assertEqual(settled["application_digest"], row["application_digest"])
        told = self.place.history()[self.history_before:]
        self.assertEqual([(each["step"], each["outcome"]) for each in told[:3]], [("open", "answered"), ("apply", "answered"), ("confirm", "answered")])
        self.assertEqual(told[1]["digest"], row["application_digest"])
        ends = [each["outcome"] for each in told if each["step"] == "report" and each["digest"] == row["application_digest"]]
        self.assertEqual(set(ends), {"ENDING_HANDED_OVER"})
        self.assertTrue(self.place.money_agrees())
        self.assertEqual(self.place.cases(), [])

    def assert_is_a_paper_of_images(self, paper):
        """One 600-dpi picture of one bit a page, and no text, as outside programs see it."""
        self.assertIn("No syntax or stream encoding errors", run("qpdf", "--check", paper).stdout)
        images = [line.split() for line in run("pdfimages", "-list", paper).stdout.splitlines()[2:]]
        pages = int(run("qpdf", "--show-npages", paper).stdout)
        self.assertEqual([int(image[0]) for image in images], list(range(1, pages + 1)))
        for image in images:
            self.assertEqual(image[7], "1", "bits")
            self.assertEqual((image[12], image[13]), ("600", "600"), "dots an inch")
        self.assertEqual(run("pdftotext", paper, "-").stdout.strip(), "")

    def test_two_copies_have_two_numbers(self):
        citizen = Citizen(self.place, copies=2)
        self.assertEqual(citizen.goes_to("pay")["due"], 400)
        citizen.goes_to("ended")
        citizen.leave()
        paper, = self.new_papers()
        row = self.reported(self.place.journal()[-1])
        self.assertEqual((row["money_taken"], row["sheets_printed"]), (400, 2))
        settled = next(each for each in self.place.ledger() if each["issuance"] == row["issuance"])
        self.assertEqual(settled["copies"], 2)
        later = self.place.citizen()
        self.assertEqual(self.place.ledger()[-1]["first_number"], settled["first_number"] + 2, later)
        first, second = self.pictures_of(paper)
        self.assertNotEqual(first, second, "two sheets, two 発行番号")

    def pictures_of(self, paper):
        """Each page's picture. Two copies differ in their 発行番号, and in nothing that the citizen chose."""
        with tempfile.TemporaryDirectory() as directory:
            run("pdfimages", "-jbig2", paper, f"{directory}/page")
            return [page.read_bytes() for page in sorted(Path(directory).glob("*.jb2e"))]

    def test_cancelling_charges_nothing_and_prints_nothing(self):
        for screen in ("place", "card_on", "pin", "card_off", "kind", "persons", "items", "copies", "summary"):
            with self.subTest(screen=screen):
                citizen = Citizen(self.place)
                citizen.goes_to(screen)
                citizen.gives_up()
                self.assert_nothing_happened()
                self.assertEqual(len(self.place.journal()), self.rows_before)

    def test_cancelling_while_paying_gives_the_coins_back(self):
        citizen = Citizen(self.place)
        citizen.goes_to("pay")
        citizen.press("insert_coin", yen=100)
        citizen.sees("pay", where=lambda view: view["inserted"] == 100)
        citizen.press("cancel")
        view = citizen.sees_end("refused")
        self.assertEqual((view["code"], view["returned"], view["case"]), ("cancelled", 100, ""))
        citizen.leave()
        self.assert_nothing_happened()
        self.assertEqual(self.place.acceptor()["returned"], self.box_before["returned"] + 100)
        row = self.reported(self.place.journal()[-1])
        self.assertEqual((row["step"], row["money_taken"], row["money_returned"], row["refusal"]), (SETTLED, 0, 100, "cancelled"))

    def test_two_wrong_pins_and_then_the_right_one(self):
        citizen = Citizen(self.place)
        citizen.goes_to("pin")
        for left in (2, 1):
            citizen.enters("9999")
            self.assertEqual(citizen.sees("pin", where=lambda view: view["wrong"])["tries_left"], left)
        citizen.enters(PIN)
        citizen.sees("card_off")
        self.assertEqual(self.place.card_state()["pin_tries"], 3, "the right PIN gives the tries back")
        citizen.goes_to("ended")
        citizen.leave()
        self.assertEqual(len(self.new_papers()), 1)


class Blocked(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)
        cls.place.start_all()
        wait_for_lines(cls.place)

    def test_three_wrong_pins_block_the_card_also_after_it_was_killed(self):
        walk = self.place.citizen(pin="9999", check=False)
        self.assertEqual((walk["ended_on"], walk["code"]), ("refused", "pin_blocked"))
        self.place.kill("card")
        self.place.start("card")
        self.assertEqual(self.place.card_state()["pin_tries"], 0)
        again = self.place.citizen(check=False)
        self.assertEqual((again["ended_on"], again["code"]), ("refused", "pin_blocked"))
        self.assertEqual(self.place.papers(), [])
        self.assertEqual(self.place.acceptor()["captured"], 0)
        

if __name__ == "__main__":
    unittest.main()
