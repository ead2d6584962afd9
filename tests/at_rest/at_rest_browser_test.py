"""At rest, nothing personal is left by the kiosk's own browser: Chromium shows a citizen's menu and receipt; after the session its
processes are gone, and the next browser, its profile and the temporary files hold no marker."""
import json
import subprocess
import unittest
import urllib.request

import places
from at_rest import AtRest
from installation import CITY, wait_for
from screen import TEXT, Screen

# Without the library that notes the kiosk's keys: it comes with a sanitizer's, under which the browser does not run.
COMMAND = ["env", "-u", "LD_PRELOAD", "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--kiosk", "--user-data-dir={profile}", "--no-first-run",
           "--autoplay-policy=no-user-gesture-required", "--remote-debugging-port=0", "{url}"]


def devtools_of(profile):
    """The address of the DevTools of the kiosk's page, once the browser shows it."""
    try:
        port, _ = (profile / "DevToolsActivePort").read_text().splitlines()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=5) as answer:
            return next((page["webSocketDebuggerUrl"] for page in json.load(answer) if page["type"] == "page" and "?key=" in page["url"]), None)
    except (OSError, ValueError):
        return None


class Page(Screen):
    """The page that the kiosk's browser shows, touched through the browser's own DevTools."""

    def __init__(self, profile):
        super().__init__(wait_for("the browser shows the page", lambda: devtools_of(profile)))
        self.number = 0

    def asks(self, expression):
        """What an expression is in the page."""
        self.number += 1
        self.send(TEXT, json.dumps({"id": self.number, "method": "Runtime.evaluate", "params": {"expression": expression, "returnByValue": True}}).encode())
        while (answer := self.next()).get("id") != self.number:
            pass
        return answer["result"]["result"].get("value")

    def sees(self, *screens):
        shown = ", ".join(f'#page[data-screen="{screen}"][data-ready]' for screen in screens)
        return wait_for(f"{screens}", lambda: self.asks(f"document.querySelector('{shown}')?.dataset.screen"))

    def touches(self, selector):
        wait_for(selector, lambda: self.asks(f"(found => found ? (found.click(), true) : false)(document.querySelector('{selector}'))"))

    def presses(self, key):
        self.touches(f'[data-key="{key}"]')

    def goes_on(self):
        self.touches(".foot-main .button")


class NothingIsLeftByTheBrowser(AtRest):
    def setUp(self):
        self.place.change("kiosk", "[screen]\n", f"[screen]\nbrowser = {json.dumps(COMMAND)}\n")
        self.place.restart("kiosk")

    def profile(self, last=None):
        profiles = lambda: [profile for profile in (self.place.directory / "run").glob("browser-*") if profile != last]
        return wait_for("a browser's profile", profiles)[0]

    def browsers(self):
        """The processes of the browser whose profile is under this installation."""
        found = subprocess.run(["pgrep", "-f", f"user-data-dir={self.place.directory}"], capture_output=True, text=True).stdout.split()
        return {int(process) for process in found}

    def memories(self):
        for process in self.browsers():
            try:
                yield from places.memory_of(f"browser {process}", process)
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has ended meanwhile

    def walks(self, page, holder):
        """From the first touch until the names are on the screen."""
        page.sees("service")
        page.goes_on()
        page.sees("place")
        for n in range(page.asks("document.querySelectorAll('.prefectures .choice').length")):
            page.touches(f".prefectures .choice:nth-of-type({n + 1})")
            if page.asks(f"document.querySelector('[data-key=\"{CITY}\"]') !== null"):
                break
        page.presses(CITY)
        page.sees("card_on")
        self.place.place_card()
        page.sees("pin")
        for entered, digit in enumerate(holder.pin, 1):
            page.presses(f"digit-{digit}")
            wait_for("the digit is counted", lambda: page.asks(f"document.querySelector('.pin-digits:has(.filled:nth-child({entered}))') !== null"))
        page.presses("enter")
        page.sees("card_off")
        self.place.remove_card()
        page.sees("kind")
        page.touches(".kind.choice:not(:disabled)")
        page.sees("persons")

    def pays_and_takes(self, page):
        while page.sees("persons", "items", "copies", "summary", "pay") != "pay":
            screen = page.asks("document.querySelector('#page').dataset.screen")
            page.goes_on()
            wait_for("the next screen", lambda: page.asks("document.querySelector('#page').dataset.screen") != screen)
        page.presses("coin-500")
        page.sees("take")
        page.goes_on()

    def test_after_a_certificate_that_the_browser_showed(self):
        holder = self.holders[0]
        self.takes_card_of(holder)
        address = self.place.address()
        profile, browsers = self.profile(), self.browsers()
        page = Page(profile)
        self.walks(page, holder)
        self.assertIn(holder.surname, page.asks("document.body.innerText"))
        found = self.scanner.scan(self.memories())
        self.assertIn("name", {finding.marker.kind for finding in found.findings}, "the search finds it while it is shown")
        self.pays_and_takes(page)
        self.place.address(last=address)
        page.close()
        self.profile(last=profile)
        self.assertFalse(profile.exists())
        self.assertFalse(browsers & self.browsers())
        self.wait_for_receipts()
        self.assert_nothing_is_left([*self.everywhere()])
        self.assert_nothing_is_left(self.memories())


if __name__ == "__main__":
    unittest.main()
