"""A printer that goes wrong and a kiosk that is killed: what became of the money is never a guess, and nothing is printed twice."""
import json
import unittest
import urllib.request

from installation import RETURNED, SETTLED, UNKNOWN, Installation, program, run, wait_for
from screen import Citizen, wait_for_lines

FEE = 200
PAGE = 2
TWO_COPIES = {"copies": 2}  # two sheets, so that the second can go wrong


class MachineTest(unittest.TestCase):
    """An installation of its own, with tests/print/fault_printer.py as its printer."""

    def begin(self, *printer, limit_ms=300_000):
        self.place = Installation()
        self.addCleanup(self.place.close)
        self.place.change("kiosk", "[printer]\n", f"[printer]\nprint_limit_ms = {limit_ms}\n")
        self.place.start_fault_printer("--pages", "2", *printer)
        self.place.start_all(printer=False)
        wait_for_lines(self.place)

    def jobs(self):
        """How many jobs the printer was ever sent."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.place.base + 30}/seen", timeout=10) as answer:
            return len(json.load(answer)["names"])

    def wait_for_the_job(self):
        wait_for("the printer has the job", lambda: self.jobs() == 1)

    def settled(self):
        return wait_for("the journal is settled", lambda: next((row for row in self.place.journal()[-1:] if row["step"] == SETTLED), None))

    def assert_reported(self):
        """Center and city know what became of it, a case included."""
        wait_for("both have the receipt", lambda: all(row["center_has_it"] and row["city_has_it"] for row in self.place.journal()))

    def pays_and_is_refused(self):
        citizen = Citizen(self.place, **TWO_COPIES)
        return citizen.is_refused(next_citizen=False)

    def assert_open_case(self, sheets):
        """The money is in the box and belongs to a case that staff see; neither the kiosk nor the screen gives it back."""
        row = self.settled()
        self.assertEqual((row["ending"], row["case_closed"]), (UNKNOWN, 0))
        self.assertEqual((row["money_taken"], row["money_in_case"], row["money_returned"]), (2 * FEE, 2 * FEE, 0))
        self.assertEqual((row["sheets_printed"], row["sheets"]), (sheets, 2))
        self.assertEqual(self.place.acceptor(), {"only": 1, "captured": 2 * FEE, "returned": 0, "escrow": 0})
        self.assertTrue(self.place.money_agrees())
        case, = self.place.cases()
        self.assertTrue(case.startswith(row["issuance"].hex()))
        self.assertIn(f"in_case={2 * FEE} sheets={sheets}/2", case)
        self.assert_reported()
        self.assertEqual(self.place.ledger()[-1]["outcome"], "ENDING_UNKNOWN")
        return row


class PrinterGoesWrong(MachineTest):
    def test_paper_runs_out_on_the_second_sheet(self):
        self.begin("--fault", "media-empty", "--page", PAGE)
        view = self.pays_and_is_refused()
        self.assertEqual(view["code"], "printer_out_of_paper")
        row = self.assert_open_case(sheets=1)
        self.assertEqual(view["case"], row["issuance"].hex()[:8])
        self.place.wait_for_trouble("kiosk", "printer_out_of_paper")

    def test_paper_jams_on_the_second_sheet(self):
        self.begin("--fault", "media-jam", "--page", PAGE)
        self.assertEqual(self.pays_and_is_refused()["code"], "printer_jammed")
        row = self.assert_open_case(sheets=1)
        self.place.wait_for_trouble("kiosk", "printer_jammed")
        closed = run(program("kiosk"), "close-case", "--journal", self.place.directory / "run/journal.db", "--issuance", row["issuance"].hex())
        self.assertEqual((closed.returncode, self.place.cases()), (0, []))

    def test_completed_without_a_count_is_no_proof(self):
        self.begin("--fault", "without-counting")
        self.assertEqual(self.pays_and_is_refused()["code"], "print_unconfirmed")
        self.assertEqual(self.settled()["ending"], UNKNOWN)
        self.assertTrue(self.place.money_agrees())
        self.assertEqual(len(self.place.cases()), 1)

    def test_switched_off_before_a_session_the_kiosk_is_out_of_service(self):
        self.begin()
        self.place.kill("printer")
        citizen = Citizen(self.place)
        citizen.gives_up(next_citizen=False)
        self.place.wait_for_trouble("kiosk", "printer_unreachable")
        self.place.start_fault_printer("--pages", "1")
        self.place.wait_until_healthy("kiosk")
        self.assertEqual((self.place.journal(), self.place.acceptor()["captured"]), ([], 0))

    def test_a_printer_that_has_counted_before_is_taken_into_service_by_staff(self):
        self.begin()
        self.place.kill("printer")
        Citizen(self.place).gives_up(next_citizen=False)
        self.place.wait_for_trouble("kiosk", "printer_unreachable")
        self.place.start_fault_printer("--pages", "1", "--counted", 4711)
        self.place.wait_for_trouble("kiosk", "out_of_service: the printer counted 4711 sheets, the journal 0")
        said = run(program("kiosk"), "reconcile", "--config", self.place.settings("kiosk"), "--note", "the printer was exchanged")
        self.assertIn("adjusted by +0 yen and +4711 sheets", said.stdout)
        self.place.wait_until_healthy("kiosk")
        self.place.citizen()
        self.assertEqual(self.settled()["sheets_printed"], 1)
        self.assertTrue(self.place.money_agrees())

    def test_switched_off_while_printing(self):
        self.begin("--page-time", 600, limit_ms=5000)
        citizen = Citizen(self.place, **TWO_COPIES)
        citizen.goes_to("pay")
        citizen.inserts(2 * FEE)
        self.wait_for_the_job()
        self.place.kill("printer")
        self.assertEqual(citizen.sees_end("refused")["code"], "print_unconfirmed")
        citizen.screen.close()
        self.assert_open_case(sheets=0)


class KioskIsKilled(MachineTest):
    def killed_on(self, screen, *printer, coins=0):
        """The kiosk is killed while it shows a screen, and starts again."""
        self.begin(*printer)
        citizen = Citizen(self.place, **TWO_COPIES)
        citizen.goes_to("pay")
        if coins:
            citizen.inserts(coins, coin=100)
            citizen.sees("pay", where=lambda view: view["inserted"] == coins) if screen == "pay" else citizen.sees(screen)
        if screen == "printing":
            self.wait_for_the_job()
        self.place.kill("kiosk")
        citizen.screen.close()
        self.place.start("kiosk", until_healthy=False)
        if screen == "printing":
            # As long as it may still print, its count is not the last: until somebody looks, here by switching it off.
            self.place.wait_for_trouble("kiosk", "out_of_service: a job lies in the printer")
            self.assertEqual(self.jobs(), 1)
            self.place.kill("printer")
        # Nobody else opens the journal while the kiosk takes it up again: the first to open it replays its write-ahead log.
        wait_for("the kiosk says what was open", lambda: "open row settled" in self.place.log("kiosk"))
        return self.settled()

    def test_with_coins_in_escrow_they_are_given_back(self):
        row = self.killed_on("pay", coins=100)
        self.assertEqual((row["ending"], row["money_taken"], row["money_returned"], row["case_closed"]), (RETURNED, 0, 100, 1))
        self.assertEqual(self.place.acceptor(), {"only": 1, "captured": 0, "returned": 100, "escrow": 0})
        self.assertIn("open row settled", self.place.log("kiosk"))
        self.assertEqual(self.jobs(), 0)
        self.place.wait_until_healthy("kiosk")
        self.assert_reported()

    def test_before_a_coin_is_in_nothing_is_open(self):
        row = self.killed_on("pay")
        self.assertEqual((row["ending"], row["money_taken"], row["money_returned"], row["case_closed"]), (RETURNED, 0, 0, 1))
        self.assertEqual(self.jobs(), 0)
        self.place.wait_until_healthy("kiosk")

    def test_while_printing_it_becomes_a_case_and_is_not_printed_again(self):
        self.killed_on("printing", "--page-time", 600, coins=400)
        self.assert_open_case(sheets=0)
        self.place.wait_for_trouble("kiosk", "printer_unreachable")
        self.assertIn("open row settled", self.place.log("kiosk"))

    def test_with_the_paper_in_the_tray_it_is_lost_property(self):
        row = self.killed_on("take", coins=400)
        self.assertEqual((row["ending"], row["money_taken"], row["money_in_case"], row["case_closed"]), (3, 2 * FEE, 0, 0))
        self.assertEqual(row["sheets_printed"], 2)
        self.assertEqual(self.jobs(), 1)
        self.assertTrue(self.place.money_agrees())
        self.place.wait_until_healthy("kiosk")


if __name__ == "__main__":
    unittest.main()
