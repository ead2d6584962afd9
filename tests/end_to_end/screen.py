"""A citizen at the kiosk's screen, in Python: reads what is shown and presses keys, one by one, as a test says.

The screen's messages are those of docs/kiosk-screens.md, over a WebSocket (RFC 6455) that is written out here, so that the
tests need nothing outside the standard library.
"""
import base64
import json
import os
import socket
import struct
from urllib.parse import urlsplit

from installation import CITY, PATIENCE, PIN, wait_for

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
HOME_CITY, DOMICILE_CITY, DOMICILE_REGISTRATION = 1, 2, 3  # what a citizen comes for
ORDER = ["service", "place", "card_on", "pin", "card_off", "kind", "persons", "items", "copies", "summary", "pay", "take", "ended"]

REGISTRATION = ["service", "registration", "place", "applicant", "head", "born", "telephone", "registration_summary", "card_on", "pin",
                "card_off", "accepted", "ended"]

REGISTERED = {"applicant": "マト　タロウ", "head": "マト　タロウ", "born": "600401", "telephone": "0300000000"}  # born in 昭和


class Refused(AssertionError):
    """The kiosk refused while the test waited for something else."""

    def __init__(self, view):
        super().__init__(f"refused with {view['code']}")
        self.view = view


class Screen:
    def __init__(self, address):
        url = urlsplit(address)
        self.socket = socket.create_connection((url.hostname, url.port), PATIENCE)
        self.received = b""
        self.shake_hands(url)

    def close(self):
        self.socket.close()

    def shake_hands(self, url):
        key = base64.b64encode(os.urandom(16)).decode()
        target = f"/screen?{url.query}" if url.query else url.path  # a session's address, or another WebSocket's
        self.socket.sendall(f"GET {target} HTTP/1.1\r\nHost: {url.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        while b"\r\n\r\n" not in self.received:
            self.read_more()
        head, self.received = self.received.split(b"\r\n\r\n", 1)
        if not head.startswith(b"HTTP/1.1 101"):
            raise AssertionError(f"the kiosk refused the screen: {head.splitlines()[0].decode()}")

    def read_more(self):
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the kiosk closed the screen")
        self.received += part

    def take(self, size):
        while len(self.received) < size:
            self.read_more()
        taken, self.received = self.received[:size], self.received[size:]
        return taken

    def next(self):
        """The next message from the kiosk."""
        while True:
            first, second = self.take(2)
            size = second & 0x7F
            if size == 126:
                size, = struct.unpack(">H", self.take(2))
            elif size == 127:
                size, = struct.unpack(">Q", self.take(8))
            content = self.take(size)
            if first & 0x0F == TEXT:
                return json.loads(content)
            if first & 0x0F == CLOSE:
                raise ConnectionError("the kiosk closed the screen")
            if first & 0x0F == PING:
                self.send(PONG, content)

    def send(self, kind, content):
        mask = os.urandom(4)
        size = bytes([0x80 | len(content)]) if len(content) < 126 else bytes([0xFE]) + struct.pack(">H", len(content))
        self.socket.sendall(bytes([0x80 | kind]) + size + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(content)))

    def press(self, action, **more):
        self.send(TEXT, json.dumps({"action": action, **more}).encode())


class Citizen:
    """Goes the usual way from screen to screen, and stops where the test wants to do something else."""

    def __init__(self, installation, last=None, copies=1, options=(1, 2), scope=3, pin=PIN, city=CITY, kind=1, service=HOME_CITY, registration=REGISTERED):
        self.installation = installation
        self.pin = pin
        self.address = installation.address(last)
        self.screen = Screen(self.address)
        self.copies, self.options, self.scope, self.city, self.kind, self.service = copies, options, scope, city, kind, service
        self.registration = registration
        self.order = REGISTRATION if service == DOMICILE_REGISTRATION else ORDER
        self.message = self.screen.next()

    def leave(self, next_citizen=True):
        """Presses 「閉じる」 and waits until the kiosk is ready for the next citizen, unless it will not be."""
        self.screen.press("close")
        self.screen.close()
        if next_citizen:
            self.installation.address(last=self.address)

    def press(self, action, **more):
        self.screen.press(action, **more)

    def sees(self, *screens, where=lambda view: True):
        """Waits for one of the screens, pressing nothing; its view."""
        while self.message["screen"] not in screens or not where(self.message["view"]):
            if self.message["screen"] in ("refused", "out_of_service"):
                raise Refused(self.message["view"])
            self.message = self.screen.next()
        return self.message["view"]

    def goes_to(self, goal):
        """Does what each screen asks for, until `goal` is shown; its view."""
        self.sees(*self.order)
        while self.message["screen"] != goal:
            screen = self.message["screen"]
            self.does(screen, self.message["view"])
            self.sees(*self.order[self.order.index(screen) + 1:self.order.index(goal) + 1])  # some are left out for some kinds
        return self.message["view"]

    def does(self, screen, view):
        if screen == "card_on":
            return self.installation.place_card()
        if screen == "card_off":
            return self.installation.remove_card()
        if screen == "pin":
            return self.enters(self.pin)
        if screen == "pay":
            return self.inserts(view["due"])
        if screen in ("applicant", "head"):
            for kana in self.registration[screen]:
                self.press("kana", kana=kana)
        if screen in ("born", "telephone"):
            for digit in self.registration[screen]:
                self.press("digit", digit=digit)
        if screen == "items":
            for option in self.options:
                self.press("toggle_option", option=option)
        if screen == "persons":
            self.press("choose_scope", scope=self.scope)
        if screen == "copies":
            self.press("set_copies", copies=self.copies)
        self.press({"service": "begin", "place": "choose_city", "kind": "choose_kind", "summary": "agree", "registration_summary": "agree",
                    "take": "finish", "accepted": "finish"}.get(screen, "next"),
                   **{"service": {"service": self.service}, "place": {"city": self.city}, "kind": {"kind": self.kind}}.get(screen, {}))

    def gives_up(self, next_citizen=True):
        """Presses 「中止」 before anything is paid, takes the card, and leaves."""
        self.press("cancel")
        self.sees_end("ended")
        self.installation.remove_card()
        self.leave(next_citizen)

    def enters(self, pin):
        for digit in pin:
            self.press("digit", digit=digit)
        self.press("enter")
        self.message = self.screen.next()
        while self.message["screen"] == "pin" and not self.message["view"]["wrong"]:
            self.message = self.screen.next()  # the digits, one by one

    def inserts(self, yen, coin=500):
        for _ in range(-(-yen // coin)):
            self.press("insert_coin", yen=coin)

    def is_refused(self, next_citizen=True):
        """Goes on until the session is refused; what the last screen says. The card is taken off, the screen left."""
        try:
            self.goes_to("ended")
        except Refused as refused:
            self.installation.remove_card()
            self.leave(next_citizen)
            return refused.view
        raise AssertionError("nothing was refused")

    def sees_end(self, *screens):
        """Waits for one of the screens, also if it is a refusal; its view."""
        while self.message["screen"] not in screens:
            self.message = self.screen.next()
        return self.message["view"]


DOWN = {"line_down", "city_unreachable", "register_unavailable", "check_unavailable"}


def wait_for_lines(installation, pin=PIN, city=CITY):
    """Waits until a citizen gets a menu. A line that was down is dialled again after a pause that grows to 5 s."""
    def menu_comes():
        citizen = Citizen(installation, pin=pin, city=city)
        try:
            citizen.goes_to("kind")
        except Refused as refused:
            if refused.view["code"] not in DOWN:
                raise
            installation.remove_card()
            citizen.leave()
            return False
        citizen.gives_up()
        return True
    wait_for("every line is up", menu_comes)
