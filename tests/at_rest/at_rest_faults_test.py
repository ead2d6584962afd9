"""At rest, nothing personal is left: after a session whose time ran out, and after a printer that went wrong."""
import unittest

import columns
import places
from at_rest import AtRest
from installation import PLACES


class NothingIsLeftAfterFaults(AtRest):
    def hurried(self):
        """The kiosk waits for a citizen two seconds only."""
        before = self.place.settings("kiosk").read_text(encoding="utf-8")
        self.place.change("kiosk", "[times]\n", "[times]\nidle_seconds = 2\n")
        self.place.restart("kiosk")

        def put_back():
            self.place.settings("kiosk").write_text(before, encoding="utf-8")
            self.place.restart("kiosk")
        self.addCleanup(put_back)

    def walks_away(self, citizen):
        """Leaves everything as it is; the kiosk ends the session by itself."""
        self.assertEqual(citizen.sees_end("refused")["code"], "timed_out")
        self.place.address(last=citizen.address)
        citizen.screen.close()

    def test_after_a_citizen_who_walked_away_from_the_menu(self):
        self.hurried()
        citizen = self.citizen(self.holders[0])
        citizen.goes_to("kind")
        self.walks_away(citizen)
        self.assert_nothing_is_left()

    def test_after_a_citizen_who_walked_away_while_paying(self):
        self.hurried()
        citizen = self.citizen(self.holders[0])
        citizen.goes_to("pay")
        citizen.press("insert_coin", yen=100)
        self.walks_away(citizen)
        self.wait_for_receipts()
        self.assert_nothing_is_left()

    def test_after_a_jam(self):
        counted = sum(row["sheets_printed"] for row in self.place.journal())
        self.place.kill("printer")
        self.place.start_fault_printer("--fault", "media-jam", "--page", 1, "--pages", 1, "--counted", counted)
        view = self.citizen(self.holders[1]).is_refused(next_citizen=False)
        self.assertEqual(view["code"], "printer_jammed")
        self.place.wait_for_trouble("kiosk", "printer_jammed")
        self.wait_for_receipts()
        self.assert_nothing_is_left()

    def test_the_databases_have_no_other_columns_and_their_columns_nothing_else(self):
        self.assertEqual(columns.strange_columns(self.place), [])
        self.assertEqual(list(columns.strange_values(self.place)), [])

    def test_memory_is_locked_and_nothing_is_swapped_out(self):
        for name in PLACES:
            locked, anonymous, swapped = places.locked_and_resident(self.place.processes[name].pid)
            with self.subTest(place=name):
                self.assertEqual(swapped, 0)
                if self.memory_is_searched:  # sanitizers do not let a program lock its memory
                    self.assertGreaterEqual(locked, anonymous, "KiB; what is not a file's is locked")


if __name__ == "__main__":
    unittest.main()
