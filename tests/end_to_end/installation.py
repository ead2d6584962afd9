"""A whole installation on this machine, as processes of its own: made, started, stopped, killed and looked at by the tests.

Nothing here waits blindly: each wait is for one condition, wakes up by events, and ends with a sentence after a bounded time.
"""
import ctypes
import json
import os
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("MADOGUCHI_BIN", ROOT / "build/dev/bin"))
CITY = "131016"
PIN = "1234"
PLACES = {"card": 22, "registry": 2, "jpki": 4, "transfer": 8, "issuer": 9, "center": 11, "relay": 13, "kiosk": 15}  # offset of its status
PORTS = range(31)  # what script/make_installation uses from its base on
PATIENCE = 60  # seconds; a bound, not a delay
SETTLED, HANDED_OVER, RETURNED, UNKNOWN = 5, 1, 2, 4  # the journal's last step; Ending of contracts/


class Changes:
    """Wakes up when a file of an installation is written: a log, a journal, an address (inotify)."""

    MODIFY, CLOSE_WRITE, MOVED_TO = 0x02, 0x08, 0x80

    def __init__(self):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.events = self.libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.events < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")

    def watch(self, directory):
        if self.libc.inotify_add_watch(self.events, os.fsencode(directory), self.MODIFY | self.CLOSE_WRITE | self.MOVED_TO) < 0:
            raise OSError(ctypes.get_errno(), f"inotify_add_watch {directory}")

    def wait(self, seconds):
        if select.select([self.events], [], [], seconds)[0]:
            os.read(self.events, 65536)


CHANGES = Changes()
LONGEST_BETWEEN_LOOKS = 0.1  # seconds, for what changes without a file: a port, an answer of a status page


def wait_for(what, condition, seconds=PATIENCE):
    """The first true answer of `condition`, which is asked after every change in an installation, for `seconds` at most."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"not in {seconds} s: {what}")
        CHANGES.wait(min(left, LONGEST_BETWEEN_LOOKS))
    return answer


def run(*words, check=True, **more):
    """A program's result, its two outputs as text."""
    result = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120, **more)
    if check and result.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, words))}: {result.returncode}\n{result.stdout}{result.stderr}")
    return result


def program(name):
    return BIN / f"madoguchi-{name}"


def post(address):
    urllib.request.urlopen(urllib.request.Request(address, method="POST"), timeout=10).close()


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: nothing outlives a test that is ended from outside


def free_base(ports=len(PORTS)):
    """A port from which all that an installation needs are free, below the range of outgoing connections."""
    start = os.getpid() * 40
    for step in range(250):
        base = 20000 + (start + step * 40) % 12000
        if all(map(is_free, range(base, base + ports))):
            return base
    raise RuntimeError("no free ports")


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Installation:
    """Made by script/make_installation in a directory of its own; `close` ends every process and removes it."""

    def __init__(self, *words, residents=60):
        self.directory = Path(tempfile.mkdtemp(prefix="madoguchi-e2e-"))
        self.processes = {}
        self.binaries = {}  # by place: another file than the product's
        self.environments = {}  # by place: more variables, whenever it is started
        self.base = free_base(ports=80 if {"--centers", "--issuers", "--cities"}.intersection(words) else len(PORTS))
        run(ROOT / "script/make_installation", "--out", self.directory, "--bin", BIN, "--port", self.base, "--residents", residents, *words)
        facts = dict(line.split("=", 1) for line in (self.directory / "installation").read_text().splitlines())
        # Of every place: the offset of its status page.
        self.offsets = {**PLACES, **{place: int(facts[f"status_{place.replace('-', '_')}"]) for place in facts["chain_places"].strip('"').split()}}
        self.resident = facts["resident"]
        self.card_control = facts["card_control"]
        self.printed = self.directory / "printed"
        for name in ("log", "printed", "printer"):
            (self.directory / name).mkdir()
        for name in ("log", "printed", "run"):
            CHANGES.watch(self.directory / name)
        self.change("kiosk", "[times]\n", "[times]\nretry_idle_ms = 200\nretry_report_ms = 200\n")

    def close(self):
        """Ends and removes everything. A process that a test has not ended and that is gone has crashed, and that is said."""
        crashed = {name: process.returncode for name, process in self.processes.items() if process.poll() is not None}
        logs = "".join(f"\n{name} ended with {code}:\n{self.log(name)[-3000:]}" for name, code in crashed.items())
        for name in reversed(list(self.processes)):
            self.kill(name)
        shutil.rmtree(self.directory, ignore_errors=True)
        if crashed:
            raise AssertionError(f"processes ended by themselves: {', '.join(crashed)}{logs}")

    # Settings

    def settings(self, place):
        return self.directory / f"{place}.toml"

    def change(self, place, old, new):
        text = self.settings(place).read_text(encoding="utf-8")
        if old not in text:
            raise AssertionError(f"{place}.toml does not say {old!r}")
        self.settings(place).write_text(text.replace(old, new, 1), encoding="utf-8")

    def change_value(self, place, key, value):
        """Gives a setting that a place has once, with a text as its value, another text."""
        text, changed = re.subn(rf'(?m)^{key} = ".*"$', f'{key} = "{value}"', self.settings(place).read_text(encoding="utf-8"))
        if changed != 1:
            raise AssertionError(f"{place}.toml says {key} {changed} times")
        self.settings(place).write_text(text, encoding="utf-8")

    def append(self, place, text):
        with self.settings(place).open("a", encoding="utf-8") as file:
            file.write(text)

    def make_roster(self, version, *words, into, **more):
        """Another roster of this city, signed by the same keys; its file. With check=False, the ceremony's result."""
        keys, out = self.directory / "keys", self.directory / into
        made = run(program("ceremony"), "roster", "--dir", keys / "roster", "--config", keys / "roster.toml", "--out", out,
                   "--version", version, *words, **more)
        return made if more.get("check") is False else out

    # Processes

    def start_process(self, name, *words, **environment):
        log = (self.directory / "log" / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                                env={**os.environ, **environment}, preexec_fn=die_with_parent)
        log.close()

    def start(self, place, until_healthy=True, **environment):
        name = place.split("-")[0]  # center-2 is a center
        binary = "relay" if name == "transfer" else name
        if place == "kiosk":
            (self.directory / "run/kiosk.address").unlink(missing_ok=True)  # of a session that is no more
        self.start_process(place, self.binaries.get(place, program(binary)), "--config", self.settings(place),
                           **{**self.environments.get(place, {}), **environment})
        if until_healthy:
            self.wait_until_healthy(place)

    def stop(self, name):
        """Ends a process the way an operator does; its exit code."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait(PATIENCE)

    def kill(self, name):
        process = self.processes.pop(name)
        process.kill()
        process.wait(PATIENCE)

    def wait_for_end(self, name):
        """Waits until a process has ended by itself; its exit code, the negative signal if it was killed."""
        return self.processes.pop(name).wait(PATIENCE)

    def restart(self, place, until_healthy=True, **environment):
        self.stop(place)
        self.start(place, until_healthy, **environment)

    def start_all(self, printer=True):
        for place in PLACES:
            if place != "kiosk":
                self.start(place, until_healthy=False)
        if printer:
            self.start_printer()
        for place in PLACES:
            if place != "kiosk":
                self.wait_until_healthy(place)
        self.start("kiosk")

    def start_printer(self):
        """ippeveprinter, which insists on a system bus: a private one, for its time of life."""
        bus = self.directory / "printer/bus"
        self.start_process("bus", "dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}")
        wait_for("the printer's bus", bus.exists)
        self.start_process("printer", "ippeveprinter", "-r", "off", "-p", self.base + 30, "-n", "localhost", "-f", "application/pdf", "-2", "-d",
                           self.directory / "printer", "-c", ROOT / "script/demo_printer_command", "Madoguchi",
                           DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={bus}", MADOGUCHI_PRINTED=str(self.printed))
        self.wait_until_listening("printer")

    def start_fault_printer(self, *words):
        """tests/print/fault_printer.py in the printer's place."""
        self.start_process("printer", "python3", ROOT / "tests/print/fault_printer.py", "--port", self.base + 30, *words)
        self.wait_until_listening("printer")

    def wait_until_listening(self, name):
        wait_for(f"the {name} listens", lambda: self.is_running(name) and not is_free(self.base + 30))

    def is_running(self, name):
        if self.processes[name].poll() is not None:
            raise AssertionError(f"{name} ended:\n{self.log(name)[-2000:]}")
        return True

    def trouble(self, place):
        """What a place says of its health: "" when it is well, None when it does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.base + self.offsets[place]}/healthz", timeout=5):
                return ""
        except urllib.error.HTTPError as answer:
            return answer.read().decode().strip()
        except OSError:
            return None

    def wait_until_healthy(self, place):
        try:
            wait_for(f"{place} is healthy", lambda: self.is_running(place) and self.trouble(place) == "")
        except TimeoutError as error:
            raise AssertionError(f"{error}: {self.trouble(place)}\n{self.log(place)[-2000:]}") from None

    def wait_for_trouble(self, place, beginning):
        return wait_for(f"{place} says {beginning}, not {self.trouble(place)!r}", lambda: (self.trouble(place) or "").startswith(beginning))

    def log(self, name):
        return (self.directory / "log" / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def seen_by_printer(self):
        """What the fault printer has been asked and has printed: `jobs`, and `life`, the sheets of its life."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.base + 30}/seen", timeout=10) as answer:
            return json.load(answer)

    # The card

    def place_card(self):
        post(self.card_control + "/place")

    def remove_card(self):
        post(self.card_control + "/remove")

    def card_state(self):
        with urllib.request.urlopen(self.card_control + "/state", timeout=10) as answer:
            return json.load(answer)

    # What is left behind

    def address(self, last=None):
        """The address of the kiosk's next session: another one than `last`."""
        file = self.directory / "run/kiosk.address"
        read = lambda: file.read_text().strip() if file.exists() else ""
        return wait_for("the kiosk waits for a citizen", lambda: read() not in ("", last) and read())

    def citizen(self, *words, pin=PIN, check=True):
        """madoguchi-citizen walks through the screens; what it noted."""
        address, file = self.address(), self.directory / "walk.json"
        file.unlink(missing_ok=True)
        result = run(program("citizen"), "--address-file", self.directory / "run/kiosk.address", "--card", self.card_control, "--city", CITY,
                     "--pin", pin, "--json", file, *words, check=check)
        self.address(last=address)
        return json.loads(file.read_text()) if file.exists() else result

    def rows(self, database, sql, *values):
        """Rows of a database under run/, by column name."""
        with sqlite3.connect(f"file:{self.directory}/run/{database}.db?mode=ro", uri=True, timeout=10) as connection:
            connection.row_factory = sqlite3.Row
            rows = [dict(row) for row in connection.execute(sql, values)]
        connection.close()
        return rows

    def journal(self):
        return self.rows("journal", "SELECT * FROM journal ORDER BY begun")

    def ledger(self):
        return self.rows("issuer", "SELECT * FROM issuance ORDER BY begun_at")

    def history(self):
        return self.rows("center", "SELECT * FROM history ORDER BY number")

    def acceptor(self):
        return self.rows("acceptor", "SELECT * FROM counters")[0]

    def papers(self):
        return sorted(self.printed.glob("*.pdf"))

    def cases(self):
        """The lines of `madoguchi-kiosk cases`."""
        return run(program("kiosk"), "cases", "--journal", self.directory / "run/journal.db").stdout.splitlines()

    def money_agrees(self):
        """Whether coin box and journal say the same, with nothing in escrow."""
        box, rows = self.acceptor(), self.journal()
        return box["escrow"] == 0 and box["captured"] == sum(row["money_taken"] for row in rows)
