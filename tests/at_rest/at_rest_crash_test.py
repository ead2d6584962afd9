"""At rest, nothing personal is left: after a program was killed in mid-session, and no core file of one that crashed."""
import os
import re
import resource
import signal
import subprocess
import time
import unittest
from pathlib import Path

import places
from at_rest import AtRest
from installation import PATIENCE

CORE_PATTERN = Path("/proc/sys/kernel/core_pattern")


def core_files(directory, since):
    """Files that a crash may have left: in the working directory, and where the system's pattern puts them."""
    elsewhere = Path(CORE_PATTERN.read_text().strip().removeprefix("|").split()[0]).parent
    roots = {directory, Path("/var/lib/systemd/coredump"), Path("/var/crash"), *([elsewhere] if elsewhere.is_absolute() else [])}
    return [path for root in roots if root.is_dir() for path in places.files_under(root)
            if re.match(r"core(\.\d+)?$|.*\.core$", path.name) and places.was_written_since(path, since)]


class NothingIsLeftAfterCrashes(AtRest):
    @classmethod
    def prepare(cls):
        """Programs inherit a limit that allows core files, and a working directory that is searched; a sanitizer lets them crash."""
        for options in ("ASAN_OPTIONS", "TSAN_OPTIONS"):
            os.environ[options] = f"{os.environ.get(options, '')}:handle_segv=0"
        before = resource.getrlimit(resource.RLIMIT_CORE), os.getcwd()
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        os.chdir(cls.place.directory / "run")
        cls.addClassCleanup(lambda: (os.chdir(before[1]), resource.setrlimit(resource.RLIMIT_CORE, before[0])))

    def pays(self, holder):
        citizen = self.citizen(holder)
        citizen.goes_to("pay")
        citizen.press("insert_coin", yen=100)
        citizen.sees("pay", where=lambda view: view["inserted"] == 100)
        return citizen

    def crash(self, place, how):
        process = self.place.processes.pop(place)
        process.send_signal(how)
        self.assertEqual(process.wait(PATIENCE), -how)

    def assert_no_file_holds_anything(self):
        self.plant_session_keys()
        self.assert_nothing_is_left([*places.installation_files(self.place), *places.shared_files(self.place, self.begun)])

    def comes_back(self, place):
        self.place.start(place)
        self.place.wait_until_healthy("issuer")
        self.place.wait_until_healthy("kiosk")
        self.wait_for_lines()

    def test_after_a_kiosk_was_killed_on_each_screen_that_knows_somebody(self):
        for screen in ("pin", "kind", "summary", "pay"):
            with self.subTest(screen=screen):
                citizen = self.citizen(self.holders[0])
                citizen.goes_to(screen)
                self.crash("kiosk", signal.SIGKILL)
                citizen.screen.close()
                self.assert_no_file_holds_anything()
                self.place.remove_card()
                self.place.start("kiosk")
                self.assert_nothing_is_left()

    def test_after_each_other_place_was_killed_while_a_citizen_pays(self):
        for place in ("relay", "center", "transfer", "issuer", "registry", "jpki"):
            with self.subTest(place=place):
                citizen = self.pays(self.holders[1])
                self.crash(place, signal.SIGKILL)
                self.assert_no_file_holds_anything()
                citizen.press("cancel")
                citizen.sees_end("refused")
                citizen.leave()
                self.comes_back(place)
                self.wait_for_receipts()
                self.assert_nothing_is_left()

    def test_a_crash_leaves_no_core_file(self):
        begun = time.time()
        citizen = self.pays(self.holders[0])
        for place, how in (("kiosk", signal.SIGSEGV), ("issuer", signal.SIGABRT), ("center", signal.SIGSEGV), ("registry", signal.SIGABRT)):
            self.crash(place, how)
        citizen.screen.close()
        self.assertEqual(core_files(self.place.directory, begun), [])
        self.assert_no_file_holds_anything()
        for place in ("registry", "center", "issuer", "kiosk"):
            self.place.start(place, until_healthy=False)
        for place in ("registry", "center", "issuer", "kiosk"):
            self.place.wait_until_healthy(place)
        self.wait_for_lines()
        self.assert_nothing_is_left()

    def test_a_program_that_allows_it_does_leave_one(self):
        """Otherwise the test above would show nothing."""
        if CORE_PATTERN.read_text().startswith("|"):
            self.skipTest("this system hands crashes to a program")
        begun = time.time()
        crashing = subprocess.Popen(["sleep", "600"])
        crashing.send_signal(signal.SIGSEGV)
        crashing.wait(PATIENCE)
        cores = core_files(self.place.directory, begun)
        self.assertEqual(len(cores), 1)
        cores[0].unlink()


if __name__ == "__main__":
    unittest.main()
