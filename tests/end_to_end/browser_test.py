"""The screens as a citizen sees them: web/tests walks a real browser through the real programs, in both languages, with its
accessibility check on every screen and a picture of each."""
import json
import os
import shutil
import subprocess
import unittest
import urllib.request
from pathlib import Path

from installation import CITY, PIN, ROOT, Installation, wait_for
from screen import Citizen, Screen, wait_for_lines

PICTURES = Path(os.environ.get("MADOGUCHI_PICTURES", ROOT / "build/dev/kiosk-pictures"))
SCREENS = ["service", "place", "card_on", "pin", "card_off", "kind", "persons", "items", "copies", "summary", "pay", "take"]


class Browser(unittest.TestCase):
    def setUp(self):
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


class KioskStartsItsBrowser(unittest.TestCase):
    """Chromium as docs/configuration.md writes it, and without a head: a process and a profile of its own for each session."""

    COMMAND = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--kiosk", "--user-data-dir={profile}", "--no-first-run",
               "--autoplay-policy=no-user-gesture-required", "--remote-debugging-port=0", "{url}"]

    def setUp(self):
        self.place = Installation()
        self.addCleanup(self.place.close)
        self.place.change("kiosk", "[screen]\n", f"[screen]\nbrowser = {json.dumps(self.COMMAND)}\n")
        self.place.start_fault_printer("--pages", "1")
        self.place.start_all(printer=False)

    def profiles(self):
        return sorted((self.place.directory / "run").glob("browser-*"))

    def title(self):
        """What the kiosk's own browser shows, as it tells itself (DevTools' list of pages)."""
        port = next((profile / "DevToolsActivePort" for profile in self.profiles()), None)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port.read_text().splitlines()[0]}/json/list", timeout=5) as answer:
                return next((page["title"] for page in json.load(answer) if page["type"] == "page" and "?key=" in page["url"]), "")
        except (OSError, AttributeError, IndexError):
            return ""

    def browsers(self):
        """The processes whose profile is under this installation."""
        found = subprocess.run(["pgrep", "-f", f"user-data-dir={self.place.directory}"], capture_output=True, text=True).stdout.split()
        return set(found)

    def test_each_session_has_its_own_and_none_is_left(self):
        wait_for("the page is shown", lambda: "証明書" in self.title())
        first, processes = self.profiles(), self.browsers()
        self.assertEqual(len(first), 1)
        self.assertTrue(processes)
        citizen = Citizen(self.place)  # takes the page's place
        citizen.gives_up()
        wait_for("a second browser", lambda: self.profiles() not in ([], first) and "証明書" in self.title())
        self.assertEqual(len(self.profiles()), 1)
        self.assertFalse(processes & self.browsers(), "nothing of the first session's browser is left")
        self.place.stop("kiosk")
        self.assertEqual((self.profiles(), self.browsers()), ([], set()))

    def test_it_ends_with_a_kiosk_that_is_killed(self):
        wait_for("the page is shown", lambda: "証明書" in self.title())
        self.place.kill("kiosk")
        wait_for("the browser has ended", lambda: not self.browsers())
        self.place.start("kiosk")
        self.assertEqual(len(self.profiles()), 1, "the killed kiosk's profile is removed")

    def test_a_kiosk_that_cannot_serve_says_so_on_its_screen(self):
        wait_for("the page is shown", lambda: "証明書" in self.title())
        self.place.kill("printer")
        Citizen(self.place).gives_up(next_citizen=False)
        self.place.wait_for_trouble("kiosk", "printer_unreachable")
        screen = Screen(self.place.address())
        self.addCleanup(screen.close)
        message = screen.next()
        self.assertEqual((message["screen"], message["view"]["code"]), ("out_of_service", "printer_unreachable"))
        self.assertTrue(message["view"]["telephone"])
        screen.press("language", language="en")
        self.assertEqual(screen.next()["language"], "en")


if __name__ == "__main__":
    unittest.main()
