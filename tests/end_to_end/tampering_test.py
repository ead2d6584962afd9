"""The rows of tests/chain/tampering.toml that need the machines: what must be seen stands in the row, and is read from there.

One class a row, and one CTest case a class: `tampering_test.py -v NAME`.
"""
import json
import tomllib
import unittest
import urllib.request

from installation import ROOT, SETTLED, UNKNOWN, Installation, program, run, wait_for
from screen import Citizen, wait_for_lines

FEE = 200
TABLE = tomllib.loads((ROOT / "tests/chain/tampering.toml").read_text(encoding="utf-8"))["row"]


class Row(unittest.TestCase):
    def setUp(self):
        self.row = next(row for row in TABLE if row["test"] == f"end_to_end.{type(self).__name__}")
        self.seen = []
        self.place = Installation()
        self.addCleanup(self.place.close)

    def refused(self, code):
        """The row's next reason, or the last one once more."""
        if self.seen[-1:] != [code]:
            self.seen.append(code)

    def check(self):
        """What came of it is what the row says, on paper and in money too."""
        journal, ledger = self.place.journal(), self.place.ledger()
        self.assertEqual(self.seen, self.row["refused"])
        self.assertEqual(len(ledger), self.row["begun"])
        self.assertEqual(sum(row["state"] >= 3 for row in ledger), self.row["released"])
        self.assertEqual(sum(row["sheets_printed"] for row in journal), self.row["sheets"])
        self.assertEqual(sum(row["money_in_case"] for row in journal), self.row["yen_in_case"])
        self.assertTrue(self.place.money_agrees())


class MunakataJobLeftInPrinterAfterKill(Row):
    def jobs(self):
        """The names of all jobs that the printer was ever sent."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.place.base + 30}/seen", timeout=10) as answer:
            return json.load(answer)["names"]

    def settled(self):
        return wait_for("the journal is settled", lambda: next((row for row in self.place.journal()[-1:] if row["step"] == SETTLED), None))

    def nobody_is_served(self, trouble):
        self.place.wait_for_trouble("kiosk", trouble)
        nobody = Citizen(self.place)
        self.assertEqual(nobody.message["screen"], "out_of_service")
        nobody.screen.close()
        self.refused(nobody.message["view"]["code"])

    def killed_while_printing(self):
        citizen = Citizen(self.place)
        citizen.goes_to("pay")
        citizen.inserts(FEE, coin=100)
        wait_for("the printer has the job", self.jobs)
        self.place.kill("kiosk")
        citizen.screen.close()
        self.place.start("kiosk", until_healthy=False)

    def test_it_never_comes_out_for_the_next_citizen(self):
        self.place.start_fault_printer("--pages", "1", "--page-time", 600)
        self.place.start_all(printer=False)
        wait_for_lines(self.place)
        self.killed_while_printing()
        self.nobody_is_served("out_of_service: a job lies in the printer")
        self.assertEqual(len(self.jobs()), 1, "it was not printed again either")
        self.place.kill("printer")
        wait_for("the kiosk says what was open", lambda: "open row settled" in self.place.log("kiosk"))
        row = self.settled()
        self.assertEqual((row["ending"], row["case_closed"]), (UNKNOWN, 0), "a refund case, and no guess")

        # The sheet comes out while nobody is served: the printer has counted one that the journal has not.
        self.place.start_fault_printer("--pages", "1", "--counted", 1)
        self.nobody_is_served("out_of_service: the printer counted 1 sheets, the journal 0")

        # Staff take it from the tray and say so. Only then is the next citizen served, with a job of their own.
        run(program("kiosk"), "reconcile", "--config", self.place.settings("kiosk"), "--note", "a sheet taken from the tray")
        self.place.wait_until_healthy("kiosk")
        self.place.citizen()
        own = self.settled()
        self.assertEqual([name for name in self.jobs() if own["issuance"].hex() in name], self.jobs())
        self.check()


if __name__ == "__main__":
    unittest.main()
