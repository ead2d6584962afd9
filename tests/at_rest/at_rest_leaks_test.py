"""Programs that leak, made for this test (leaks/*.mutant): the search finds each leak, and says what was found where."""
import fnmatch
import os
import sys
import unittest
from pathlib import Path

from at_rest import AtRest
from installation import ROOT
from screen import Citizen

sys.path.insert(0, str(ROOT / "cmake"))
from mutate import read_mutant  # noqa: E402

RESIDENCE, SEAL, SUPPLEMENT = 1, 3, 6  # kinds
SELF = 1  # a scope
LEAKING = Path(os.environ.get("MADOGUCHI_LEAKING", ROOT / "build/dev/tests/at_rest/leaking"))
LEAKS = sorted((ROOT / "tests/at_rest/leaks").glob("*.mutant"))


class EveryLeakIsFound(AtRest):
    def test_every_leak(self):
        for file in LEAKS:
            leak, _ = read_mutant(file)
            if leak["where"].startswith("memory") and not self.memory_is_searched:
                continue
            with self.subTest(leak=file.stem):
                self.runs_with(leak["place"], LEAKING / file.stem)
                citizen = self.citizen(self.holders[0])
                citizen.gives_up()
                self.wait_for_lines()
                self.assert_found(file.stem, leak)
                self.runs_with(leak["place"], None)

    def runs_with(self, place, binary):
        """The place as another build of it, or as the product again."""
        self.place.binaries.pop(place, None)
        if binary:
            self.place.binaries[place] = binary
        self.place.restart(place)
        self.place.wait_until_healthy("issuer")

    def prints(self, kind):
        citizen = Citizen(self.place, pin=self.holders[0].pin, kind=kind, scope=SELF, options=())
        citizen.goes_to("ended")
        citizen.leave()
        self.wait_for_receipts()
        self.plant_session_keys()

    def assert_found(self, name, leak):
        """After one certificate or another: where an answer ends in a block decides how long the block lives."""
        for kind in (RESIDENCE, SUPPLEMENT, RESIDENCE, SEAL):
            self.prints(kind)
            found = self.scanner.scan(self.everywhere()).findings
            here = [finding for finding in found if finding.marker.kind == leak["finds"] and fnmatch.fnmatchcase(finding.place, leak["where"])]
            if here:
                break
        self.assertTrue(here, f"{leak['does']} Found was only: {self.told(found)}")
        print(f"\n{name}: {leak['does']} {len(here)} findings, first: {here[0]}", flush=True)
        if leak["where"].startswith("file /"):
            Path(leak["where"].removeprefix("file ")).unlink()


if __name__ == "__main__":
    unittest.main()
