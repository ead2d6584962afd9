"""The kiosk is killed (SIGKILL) just before and just after each durable write and each outside effect of a paid certificate.
It starts again, says what was open, and nothing is guessed: coin box, journal, printer, center and city agree."""
import contextlib
import unittest

from installation import HANDED_OVER, RETURNED, SETTLED, UNKNOWN, Installation, wait_for
from screen import Citizen, wait_for_lines

FEE = 200
ABANDONED = 3
# In their order: effect and moment, then what became of it: ending, yen taken, yen in a case, sheets counted by the printer.
# None: the crash came before the journal had a row, and nothing is open.
POINTS = [
    ("journal_accepting.before", None),
    ("journal_accepting.after", (RETURNED, 0, 0, 0)),
    ("enable.before", (RETURNED, 0, 0, 0)),
    ("enable.after", (RETURNED, 0, 0, 0)),
    ("journal_paid.before", (RETURNED, 0, 0, 0)),
    ("journal_paid.after", (RETURNED, 0, 0, 0)),
    ("capture.before", (RETURNED, 0, 0, 0)),
    ("capture.after", (UNKNOWN, FEE, FEE, 0)),
    ("journal_submitted.before", (UNKNOWN, FEE, FEE, 0)),
    ("journal_submitted.after", (UNKNOWN, FEE, FEE, 0)),
    ("print.before", (UNKNOWN, FEE, FEE, 0)),
    ("print.after", (UNKNOWN, FEE, FEE, 1)),
    ("journal_printed.before", (UNKNOWN, FEE, FEE, 1)),
    ("journal_printed.after", (ABANDONED, FEE, 0, 1)),
    ("journal_settled.before", (ABANDONED, FEE, 0, 1)),
    ("journal_settled.after", (HANDED_OVER, FEE, 0, 1)),
]


class KilledAtEachEffect(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)
        cls.place.start_fault_printer("--pages", "1")
        cls.place.start_all(printer=False)
        wait_for_lines(cls.place)

    def applies_until_killed(self, point):
        self.place.restart("kiosk", MADOGUCHI_KILL_AT=point)
        citizen = Citizen(self.place)
        with contextlib.suppress(ConnectionError):  # after the last point there is nothing more to wait for
            citizen.goes_to("ended")
        self.assertEqual(self.place.wait_for_end("kiosk"), -9)
        citizen.screen.close()
        self.place.remove_card()

    def check(self, point, became):
        before, box = self.place.journal(), self.place.acceptor()
        self.applies_until_killed(point)
        self.place.start("kiosk")
        new = [row for row in self.place.journal() if row["issuance"] not in {old["issuance"] for old in before}]
        after = self.place.acceptor()
        self.assertEqual(after["escrow"], 0)
        self.assertTrue(self.place.money_agrees())
        if became is None:
            return self.assertEqual((new, after["captured"]), ([], box["captured"]))
        row, = new
        ending, taken, in_case, sheets = became
        self.assertEqual((row["step"], row["ending"], row["money_taken"], row["money_in_case"], row["sheets_printed"]),
                         (SETTLED, ending, taken, in_case, sheets))
        self.assertEqual(after["captured"] - box["captured"], taken)
        self.assertEqual(row["case_closed"], int(ending in (RETURNED, HANDED_OVER)))
        same = lambda: next(each for each in self.place.journal() if each["issuance"] == row["issuance"])
        wait_for("center and city have the receipt", lambda: same()["center_has_it"] and same()["city_has_it"])
        settled = next(each for each in self.place.ledger() if each["issuance"] == row["issuance"])
        self.assertEqual(settled["state"], 4)

    def test_every_point_in_the_order_of_a_certificate(self):
        for point, became in POINTS:
            with self.subTest(point=point):
                self.check(point, became)


if __name__ == "__main__":
    unittest.main()
