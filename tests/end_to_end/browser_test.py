"""The screens as a citizen sees them: web/tests walks a real browser through the real programs, in both languages, with its
accessibility check on every screen and a picture of each."""
import os
import shutil
import subprocess
import unittest
from pathlib import Path

from installation import CITY, PIN, ROOT, Installation, wait_for
from screen import wait_for_lines

PICTURES = Path(os.environ.get("MADOGUCHI_PICTURES", ROOT / "build/dev/kiosk-pictures"))
SCREENS = ["service", "place", "card_on", "pin", "card_off", "kind", "persons", "items", "copies", "summary", "pay", "take"]


class Browser(unittest.TestCase):
    def setUp(self):
        if not (ROOT / "web/node_modules/playwright-core").is_dir() or shutil.which("node") is None:
            self.skipTest("web/ is not installed: npm --prefix web ci")
        self.place = Installation()
        self.addCleanup(self.place.close)
        # The kiosk's browser command is given each session's address, and hands it to the browser of the test.
        self.shown = self.place.directory / "shown/address"
        self.shown.parent.mkdir()
        self.place.change("kiosk", "[screen]\n", f"[screen]\nbrowser = ['sh', '-c', 'echo \"$1\" > \"$2\"', 'sh', '{{url}}', '{self.shown}']\n")
        self.place.start_all()
        wait_for_lines(self.place)

    def test_a_certificate_in_each_language(self):
        shutil.rmtree(PICTURES, ignore_errors=True)
        done = subprocess.run(["node", "--test", "--test-reporter=spec", "tests/real_kiosk.test.mjs"], cwd=ROOT / "web", timeout=300, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={**os.environ, "MADOGUCHI_KIOSK_ADDRESS": f"@{self.shown}", "MADOGUCHI_CARD_CONTROL": self.place.card_control,
                                   "MADOGUCHI_CARD_PIN": PIN, "MADOGUCHI_CITY": CITY, "MADOGUCHI_PICTURES": str(PICTURES)})
        self.assertEqual(done.returncode, 0, done.stdout)
        wait_for("two papers", lambda: len(self.place.papers()) == 2)
        self.assertTrue(self.place.money_agrees())
        for language in ("ja", "en"):
            pictures = {picture.stem.removeprefix(language + "-") for picture in PICTURES.glob(f"{language}-*.png")}
            self.assertLessEqual(set(SCREENS), pictures)


if __name__ == "__main__":
    unittest.main()
