"""A disk that is full, at every place that writes: a clear reason, no coin kept, nothing printed, and when there is room again
the service goes on."""
import unittest

from installation import Installation, run, wait_for
from screen import Citizen, wait_for_lines

# While the file $FULL_DISK exists, no file of $FULL_DISK_UNDER can be written: what SQLite and the programs see of a full disk.
FULL_DISK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
static int full(int file) {
  char link[64], name[PATH_MAX];
  if (access(getenv("FULL_DISK"), F_OK) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t size = readlink(link, name, sizeof name - 1);
  if (size < 0) return 0;
  name[size] = 0;
  return strncmp(name, getenv("FULL_DISK_UNDER"), strlen(getenv("FULL_DISK_UNDER"))) == 0;
}
#define REFUSE(file) if (full(file)) { errno = ENOSPC; return -1; }
ssize_t write(int file, const void* bytes, size_t size) {
  REFUSE(file)
  return ((ssize_t (*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write"))(file, bytes, size);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  REFUSE(file)
  return ((ssize_t (*)(int, const void*, size_t, off_t))dlsym(RTLD_NEXT, "pwrite"))(file, bytes, size, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  REFUSE(file)
  return ((ssize_t (*)(int, const void*, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64"))(file, bytes, size, at);
}
int ftruncate(int file, off_t size) { REFUSE(file) return ((int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate"))(file, size); }
int ftruncate64(int file, off64_t size) {
  REFUSE(file)
  return ((int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64"))(file, size);
}
int posix_fallocate(int file, off_t at, off_t size) {
  if (full(file)) return ENOSPC;
  return ((int (*)(int, off_t, off_t))dlsym(RTLD_NEXT, "posix_fallocate"))(file, at, size);
}
"""


class FullDisk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)
        cls.switch = cls.place.directory / "disk-is-full"
        shim = cls.place.directory / "full_disk.so"
        (cls.place.directory / "full_disk.c").write_text(FULL_DISK)
        run("cc", "-shared", "-fPIC", "-O1", "-o", shim, cls.place.directory / "full_disk.c", "-ldl")
        cls.environment = {"LD_PRELOAD": str(shim), "FULL_DISK": str(cls.switch)}
        cls.place.start_all()
        wait_for_lines(cls.place)

    def setUp(self):
        self.box_before = self.place.acceptor()
        self.papers_before = self.place.papers()

    def on_a_disk_of_its_own(self, place, under):
        """Starts a place again so that its files under `under` can be made unwritable; whole again after the test."""
        self.place.restart(place, FULL_DISK_UNDER=str(self.place.directory / under), **self.environment)
        self.addCleanup(self.place.restart, place)
        self.addCleanup(self.switch.unlink, missing_ok=True)
        wait_for_lines(self.place)

    def assert_refused_and_nothing_kept(self, *reasons, citizen=None):
        view = (citizen or Citizen(self.place)).is_refused()
        self.assertIn(view["code"], reasons)
        self.assert_nothing_kept()
        return view

    def assert_nothing_kept(self):
        self.assertEqual(self.place.papers(), self.papers_before)
        box = self.place.acceptor()
        self.assertEqual((box["captured"], box["escrow"]), (self.box_before["captured"], 0))

    def assert_goes_on(self):
        self.switch.unlink()
        self.place.wait_until_healthy("kiosk")
        wait_for_lines(self.place)
        self.assertEqual(self.place.citizen()["ended_on"], "ended")
        self.assertTrue(self.place.money_agrees())

    def test_the_issuers_ledger(self):
        self.on_a_disk_of_its_own("issuer", "run/issuer.db")
        self.switch.touch()
        self.assert_refused_and_nothing_kept("storage_failed")
        self.assert_goes_on()

    def test_the_centers_history(self):
        self.on_a_disk_of_its_own("center", "run/center.db")
        self.switch.touch()
        self.assert_refused_and_nothing_kept("storage_failed")
        self.assert_goes_on()

    def test_the_centers_history_while_the_citizen_pays(self):
        self.on_a_disk_of_its_own("center", "run/center.db")
        citizen = Citizen(self.place)
        citizen.goes_to("pay")
        self.switch.touch()
        view = self.assert_refused_and_nothing_kept("storage_failed", citizen=citizen)
        self.assertEqual((view["returned"], view["case"]), (500, ""))
        self.assert_goes_on()

    def test_the_kiosks_journal(self):
        self.on_a_disk_of_its_own("kiosk", "run/journal.db")
        self.switch.touch()
        self.assert_refused_and_nothing_kept("journal_unwritable")
        self.assert_goes_on()

    def test_the_kiosks_journal_while_the_citizen_pays(self):
        """The line "paid" cannot be written, so nothing is taken. That the coins went back cannot be written either: as soon as
        there is room it is read from the acceptor's counter, before anybody else is served."""
        self.on_a_disk_of_its_own("kiosk", "run/journal.db")
        citizen = Citizen(self.place)
        citizen.goes_to("pay")
        self.switch.touch()
        view = self.assert_refused_and_nothing_kept("journal_unwritable", citizen=citizen)
        self.assertEqual(view["returned"], 500)
        self.place.wait_for_trouble("kiosk", "journal_unwritable")
        self.switch.unlink()
        row = wait_for("the journal is settled", lambda: next((row for row in self.place.journal()[-1:] if row["step"] == 5), None))
        self.assertEqual((row["ending"], row["money_taken"], row["money_returned"], row["case_closed"]), (2, 0, 500, 1))
        self.switch.touch()
        self.assert_goes_on()

    def test_the_cards_counter(self):
        """A wrong PIN that the card cannot count is not answered: no try is free."""
        self.on_a_disk_of_its_own("card", "card")
        self.switch.touch()
        citizen = Citizen(self.place)
        citizen.goes_to("pin")
        for digit in "9999":
            citizen.press("digit", digit=digit)
        citizen.press("enter")
        self.assertIn(citizen.sees_end("refused")["code"], ("card_no_answer", "card_answer_unreadable", "card_not_supported"))
        self.place.remove_card()
        citizen.leave()
        self.assert_nothing_kept()
        self.assert_goes_on()
        self.assertEqual(self.place.card_state()["pin_tries"], 3)


if __name__ == "__main__":
    unittest.main()
