"""Each crash point of each program once, before and after; the money's and the card's also under loss of power. And that the
balance, which must find nothing, can find something. `script/judge crash` does the same at length (docs/crash-points.md)."""
import contextlib
import os
import sqlite3
import unittest
from pathlib import Path

import balance
import crash_points
import occasions
from crash_site import PROGRAMS, Site

SHIM = Path(os.environ["MADOGUCHI_POWER_LOSS"])
UNDER_POWER_LOSS = ("kiosk", "issuer", "card")


class EveryPoint(unittest.TestCase):
    def test_is_passed_on_an_occasion_and_no_occasion_waits_for_a_point_that_is_gone(self):
        listed = {(name, point) for name in PROGRAMS for point in crash_points.points_of(name)}
        self.assertEqual(listed, {(name, point) for name, points in occasions.OCCASIONS.items() for point in points})

    def carry_out(self, kills, shim=None):
        crash_points.carry_out(kills, shim, lambda kill: None)
        for kill in kills:
            with self.subTest(kill=str(kill)):
                self.assertEqual(kill.findings, [])

    def test_killed_once_before_and_once_after(self):
        self.carry_out(crash_points.all_kills())

    def test_without_power_once_before_and_once_after(self):
        self.carry_out([kill for kill in crash_points.all_kills() if kill.name in UNDER_POWER_LOSS], SHIM)


class TheBalanceCanFail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(SHIM)
        cls.addClassCleanup(cls.site.close)
        balance.settle(cls.site.place)

    def found(self):
        return "; ".join(balance.imbalances(self.site.place))

    def changed(self, database, sql, back):
        """Changes what lies on a disk, and changes it back after the test."""
        def change(statement):
            with contextlib.closing(sqlite3.connect(self.site.place.directory / f"run/{database}.db")) as opened, opened:
                opened.execute(statement)
        change(sql)
        self.addCleanup(change, back)

    def test_nothing_is_wrong_before(self):
        self.assertEqual(self.found(), "")

    def test_a_coin_that_nobody_wrote_down(self):
        self.changed("acceptor", "UPDATE counters SET captured = captured + 100", "UPDATE counters SET captured = captured - 100")
        self.assertRegex(self.found(), r"the coin box holds 300 yen, the journal says 200")

    def test_a_sheet_that_was_not_paid(self):
        self.changed("journal", "UPDATE journal SET money_taken = 0", "UPDATE journal SET money_taken = 200")
        self.assertRegex(self.found(), r"1 sheets printed and not paid")

    def test_a_sheet_that_nobody_wrote_down(self):
        self.changed("journal", "UPDATE journal SET sheets_printed = 0", "UPDATE journal SET sheets_printed = 1")
        self.assertRegex(self.found(), r"the printer counted 1 sheets, the journal says 0")

    def test_a_release_that_was_forgotten(self):
        self.changed("issuer", "UPDATE issuance SET state = 3", "UPDATE issuance SET state = 4")
        self.assertRegex(self.found(), r"released by the city and never settled")

    def test_an_end_that_the_center_was_told_otherwise(self):
        told = "UPDATE history SET outcome = '{}' WHERE step = 'report'"
        self.changed("center", told.format("ENDING_RETURNED"), told.format("ENDING_HANDED_OVER"))
        self.assertRegex(self.found(), r"the history \['ENDING_RETURNED'\]")

    def test_a_disk_that_lies(self):
        """It says that the journal is synced, and forgets it: the kiosk sees that its coin box holds more, and serves nobody."""
        site = Site(SHIM)
        self.addCleanup(site.close)
        site.disks["kiosk"].environment["POWER_LOSS_FORGETS"] = "run/journal.db"
        site.place.environments["kiosk"].update(site.disks["kiosk"].environment)
        site.place.stop("kiosk")
        site.start("kiosk")
        site.kill_while("kiosk", "journal_printed.after", site.paid_certificate)
        site.start("kiosk", until_healthy=False)
        site.place.wait_for_trouble("kiosk", "out_of_service: the printer counted 2 sheets, the journal 1")
        self.assertRegex("; ".join(balance.imbalances(site.place)), "the coin box holds 400 yen, the journal says 200")


if __name__ == "__main__":
    unittest.main()
