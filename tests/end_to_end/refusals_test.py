"""Every way in which an application is refused: its own reason, and neither a coin taken nor a sheet printed."""
import csv
import datetime
import os
import shutil
import unittest

from installation import CITY, Installation, program, run, wait_for
from screen import Citizen, wait_for_lines

SHIFTED_CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t clock, struct timespec* time) {
  int (*real)(clockid_t, struct timespec*) = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, time);
  if (clock == CLOCK_REALTIME) time->tv_sec += atol(getenv("SHIFTED_SECONDS"));
  return result;
}
"""
DAY = 86400  # seconds


class RefusalTest(unittest.TestCase):
    """One installation a class; a test leaves it as it was."""

    @classmethod
    def setUpClass(cls):
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)
        cls.place.start_all()
        wait_for_lines(cls.place)

    def setUp(self):
        self.box_before = self.place.acceptor()
        self.rows_before = len(self.place.journal())

    def assert_refused(self, reason, citizen=None):
        """The citizen is refused for this reason, before money, and nothing has happened."""
        view = (citizen or Citizen(self.place)).is_refused()
        self.assertEqual(view["code"], reason)
        self.assertTrue(view["sentence"], "in plain words")
        self.assertTrue(view["telephone"])
        self.assert_nothing_happened()
        self.assertEqual(len(self.place.journal()), self.rows_before)

    def assert_nothing_happened(self):
        self.assertEqual(self.place.papers(), [])
        self.assertEqual(self.place.acceptor()["captured"], self.box_before["captured"])
        self.assertTrue(self.place.money_agrees())

    def assert_coins_come_back(self, reason, citizen):
        """Refused at the last check, with the fee in escrow."""
        view = citizen.is_refused()
        self.assertEqual((view["code"], view["returned"], view["case"]), (reason, 500, ""))
        self.assert_nothing_happened()
        row = wait_for("the journal is settled", lambda: next((row for row in self.place.journal()[-1:] if row["step"] == 5), None))
        self.assertEqual((row["refusal"], row["money_taken"], row["money_returned"]), (reason, 0, 500))
        self.assertEqual(self.place.cases(), [])

    def at_the_till(self):
        citizen = Citizen(self.place)
        citizen.goes_to("pay")
        return citizen

    def with_other_settings(self, place, old, new):
        """Runs a place with other settings until the test ends."""
        before = self.place.settings(place).read_text(encoding="utf-8")
        self.place.change(place, old, new)
        self.place.restart(place)

        def put_back():
            self.place.settings(place).write_text(before, encoding="utf-8")
            self.place.restart(place)
            wait_for_lines(self.place)
        self.addCleanup(put_back)


class WhoMayHaveWhat(RefusalTest):
    def test_a_city_that_is_not_in_the_roster_cannot_be_chosen(self):
        citizen = Citizen(self.place)
        citizen.goes_to("place")
        citizen.press("choose_city", city="999999")
        citizen.press("stay")
        citizen.message = citizen.screen.next()
        self.assertEqual(citizen.message["screen"], "place")
        citizen.press("cancel")
        citizen.sees("ended")
        citizen.leave()
        self.assert_nothing_happened()

    def test_a_city_without_a_line_is_unknown_to_the_center(self):
        self.with_other_settings("center", f'[[city]]\ncode = "{CITY}"', '[[city]]\ncode = "131024"')
        self.assert_refused("city_unknown")

    def test_a_kiosk_that_nobody_registered(self):
        keys = self.place.directory / "keys/kiosk"
        if not (keys / "K000002.key").exists():
            run(program("ceremony"), "kiosk", "--dir", keys, "--kiosk", "K000002")
        before = self.place.address()
        self.with_other_settings("kiosk", 'name = "K000001"\ndevice_key = "keys/kiosk/K000001.key"\ndevice_certificate = "keys/kiosk/K000001.pem"',
                                 'name = "K000002"\ndevice_key = "keys/kiosk/K000002.key"\ndevice_certificate = "keys/kiosk/K000002.pem"')
        self.assert_refused("kiosk_not_registered", Citizen(self.place, last=before))

    def test_a_kiosk_that_its_operator_has_blocked(self):
        register = self.place.settings("kiosks")
        before = register.read_text(encoding="utf-8")
        register.write_text(before.replace('name = "K000001"\n', 'name = "K000001"\nblocked = true\n'), encoding="utf-8")
        self.place.restart("center")

        def unblock():
            register.write_text(before, encoding="utf-8")
            self.place.restart("center")
            wait_for_lines(self.place)
        self.addCleanup(unblock)
        self.assert_refused("kiosk_not_registered")

    def with_holder(self, new_head=False, **facts):
        """The register has other facts of the card's holder until the test ends; another member may be the household's head."""
        original = self.place.directory / "city/residents.csv"
        with original.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        holder = next(row for row in rows if row["宛名番号"] == self.place.resident)
        holder.update(facts)
        if new_head:
            next(row for row in rows if row["世帯番号"] == holder["世帯番号"] and row is not holder)["続柄"] = "世帯主"
        changed = self.place.directory / "changed.csv"
        with changed.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        load = lambda file: run(program("registry"), "load", "--config", self.place.settings("registry"), "--residents", file)
        load(changed)
        self.addCleanup(load, original)

    def test_a_holder_under_15(self):
        self.with_holder(生年月日=f"{datetime.date.today().year - 14}-01-01", 生年月日_表記="")
        self.assert_refused("under_age")

    def test_a_holder_who_has_moved_away(self):
        self.with_holder(住民状態="moved", new_head=True)
        self.assert_refused("not_registered_here")

    def suppress(self, command):
        run(program("registry"), command, "--config", self.place.settings("registry"), "--resident", self.place.resident, "--cause", "protected")

    def test_a_protected_household(self):
        self.suppress("suppress")
        self.addCleanup(self.suppress, "unsuppress")
        self.assert_refused("cannot_be_issued")

    def test_saitama_a_household_protected_between_issue_and_payment(self):
        citizen = self.at_the_till()
        self.suppress("suppress")
        self.addCleanup(self.suppress, "unsuppress")
        self.assert_coins_come_back("cannot_be_issued", citizen)


class RevokedCard(RefusalTest):
    def test_a_card_revoked_while_its_holder_pays_and_ever_after(self):
        citizen = self.at_the_till()
        serial = run("openssl", "x509", "-inform", "DER", "-in", self.place.directory / "card/authentication.der", "-noout", "-serial")
        run(program("jpki"), "revoke", "--dir", self.place.directory / "jpki", "--serial", serial.stdout.strip().split("=")[1],
            "--reason", "keyCompromise")
        self.assert_coins_come_back("card_revoked", citizen)
        self.rows_before += 1
        self.assert_refused("card_revoked")


class LinesDown(RefusalTest):
    def down(self, place):
        self.place.kill(place)

        def up():
            self.place.start(place)
            for each in ("transfer", "issuer"):
                self.place.wait_until_healthy(each)
            wait_for_lines(self.place)
        self.addCleanup(up)

    def test_relay_down(self):
        self.down("relay")
        self.assert_refused("line_down")

    def test_center_down(self):
        self.down("center")
        self.assert_refused("line_down")

    def test_transfer_server_down(self):
        self.down("transfer")
        self.assert_refused("city_unreachable")

    def test_issuer_down(self):
        self.down("issuer")
        self.assert_refused("city_unreachable")

    def test_register_down(self):
        self.down("registry")
        self.assert_refused("register_unavailable")

    def test_card_authority_down(self):
        self.down("jpki")
        self.assert_refused("check_unavailable")

    def test_down_while_the_citizen_pays(self):
        for place, reason in (("relay", "line_down"), ("issuer", "city_unreachable"), ("registry", "register_unavailable"), ("jpki", "check_unavailable")):
            with self.subTest(place=place):
                citizen = self.at_the_till()
                self.down(place)
                self.assert_coins_come_back(reason, citizen)
                self.doCleanups()

    def test_a_line_of_another_authority(self):
        before = self.place.address()
        self.with_other_settings("kiosk", 'authority = "keys/store/authority.pem"', 'authority = "keys/lgwan/authority.pem"')
        self.assert_refused("line_down", Citizen(self.place, last=before))

    def test_a_key_that_the_line_does_not_know(self):
        before = self.place.address()
        self.with_other_settings("kiosk", 'certificate = "keys/store/k000001.kiosk.store.example.pem"\nkey = "keys/store/k000001.kiosk.store.example.key"',
                                 'certificate = "keys/lgwan/center-1.lgwan.example.pem"\nkey = "keys/lgwan/center-1.lgwan.example.key"')
        self.assert_refused("line_down", Citizen(self.place, last=before))


class Rosters(RefusalTest):
    def center_carries(self, old, new):
        self.place.change("center", f'roster = "{old}"', f'roster = "{new}"')
        self.place.restart("center")

    def test_a_newer_roster_reaches_the_kiosk_and_an_older_one_stops_it(self):
        second = self.place.make_roster(2, into="roster-2.bin")
        self.center_carries("roster.bin", "roster-2.bin")
        self.place.restart("kiosk")
        kept = self.place.directory / "run/kiosk-roster.bin"
        wait_for("the kiosk keeps the newer roster", lambda: kept.read_bytes() == second.read_bytes())

        self.center_carries("roster-2.bin", "roster.bin")
        self.place.restart("kiosk", until_healthy=False)
        self.place.wait_for_trouble("kiosk", "roster_stale")
        nobody = Citizen(self.place)
        self.assertEqual((nobody.message["screen"], nobody.message["view"]["code"]), ("out_of_service", "roster_stale"), "nobody can begin")
        nobody.screen.close()
        self.assertEqual(kept.read_bytes(), second.read_bytes())

        self.center_carries("roster.bin", "roster-2.bin")
        self.place.wait_until_healthy("kiosk")
        self.assert_nothing_happened()

    def test_the_ceremony_signs_with_two_keys_or_not_at_all(self):
        made = self.place.make_roster(9, "--signer", "roster-1", into="one-key.bin", check=False)
        self.assertEqual(made.returncode, 1, made.stderr)
        self.assertFalse((self.place.directory / "one-key.bin").exists())


class ExpiredRoster(unittest.TestCase):
    """A roster lives a day at least, so the ceremony's clock is set back: it expires under the eyes of the test."""

    @classmethod
    def setUpClass(cls):
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)
        cls.shift = cls.place.directory / "shifted_clock.so"
        (cls.place.directory / "shifted_clock.c").write_text(SHIFTED_CLOCK)
        run("cc", "-shared", "-fPIC", "-O2", "-o", cls.shift, cls.place.directory / "shifted_clock.c", "-ldl")

    def roster_that_expires_in(self, seconds, name, version):
        self.place.make_roster(version, "--days", 1, into=name,
                               env={**os.environ, "LD_PRELOAD": str(self.shift), "SHIFTED_SECONDS": str(seconds - DAY)})
        return name

    def test_it_is_refused_at_the_start_and_while_running(self):
        self.assert_no_place_starts_with(self.roster_that_expires_in(-60, "expired.bin", 2))
        name = self.roster_that_expires_in(25, "expiring.bin", 3)
        self.place.change("center", 'roster = "roster.bin"', f'roster = "{name}"')
        self.place.start_all()
        citizen = Citizen(self.place)
        citizen.goes_to("place")
        self.place.wait_for_trouble("center", "the roster expired")
        self.assertEqual(self.refused(citizen), "roster_stale")
        self.place.wait_for_trouble("kiosk", "roster_stale")
        self.assertEqual((self.place.papers(), self.place.acceptor()["captured"], self.place.journal()), ([], 0, []))

    def refused(self, citizen):
        citizen.does("place", None)
        code = citizen.sees_end("refused")["code"]
        citizen.press("close")
        citizen.screen.close()
        return code

    def assert_no_place_starts_with(self, name):
        for place, file in (("kiosk", "run/kiosk-roster.bin"), ("center", "roster.bin"), ("issuer", "roster.bin")):
            with self.subTest(place=place):
                settings = self.place.directory / f"{place}-expired.toml"
                settings.write_text(self.place.settings(place).read_text(encoding="utf-8").replace(f'"{file}"', f'"{name}"'), encoding="utf-8")
                started = run(program(place), "--config", settings, check=False)
                self.assertEqual(started.returncode, 2)
                self.assertRegex(started.stderr, r'setting "\w+\.\w+": the roster expired')


if __name__ == "__main__":
    unittest.main()
