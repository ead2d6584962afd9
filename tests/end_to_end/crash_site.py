"""An installation whose programs can be killed at a point of one's choice, while they run, start, or carry out a command; under
loss of power each forgets what it has not synced (power_loss.py)."""
import contextlib
import os
import sqlite3
import subprocess
import time

from installation import PATIENCE, Installation, program, run, wait_for
from power_loss import Disk
from screen import Citizen, Refused

PROGRAMS = ("kiosk", "issuer", "center", "registry", "jpki", "card", "ceremony", "relay")


class Site:
    """An installation whose programs can be armed while they run, one point at a time."""

    def __init__(self, shim=None):
        self.place = Installation()
        self.closed = set()  # cases that staff have closed
        self.address = None  # of the last citizen's screen
        self.count = 0  # for names that are used once
        try:
            self.set_up(shim)
        except BaseException:
            self.place.close()
            raise

    def set_up(self, shim):
        self.orders = self.place.directory / "armed"
        self.orders.mkdir()
        (self.place.directory / "crash").mkdir()  # for what commands make
        self.disks = {}
        for name in (*PROGRAMS, "transfer", "desk"):
            self.order(name).touch()
            self.place.environments[name] = {"MADOGUCHI_KILL_AT": f"@{self.order(name)}"}
            if shim:
                self.disks[name] = Disk(self.place.directory, name, shim)
                self.disks[name].boot()
                self.place.environments[name].update(self.disks[name].environment)
        self.place.start_fault_printer("--pages", "1")
        self.place.start_all(printer=False)
        self.paid_certificate()

    def close(self):
        self.place.close()

    def order(self, name):
        return self.orders / name

    def fresh(self, stem):
        """A name that nothing else has."""
        self.count += 1
        return f"{stem}-{self.count}"

    # Killing

    @contextlib.contextmanager
    def armed(self, name, point):
        self.order(name).write_text(point)
        try:
            yield
        finally:
            self.order(name).write_text("")

    def kill_while(self, name, point, happens):
        """`happens` goes on, again if need be, until the armed program is dead. Then its disk keeps only what was synced."""
        with self.armed(name, point):
            process = self.place.processes[name]
            end = time.monotonic() + PATIENCE
            while process.poll() is None:
                if time.monotonic() > end:
                    raise AssertionError(f"{name} did not come to {point}\n{self.place.log(name)[-1000:]}")
                happens()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(1)
        self.buried(name, point)

    def buried(self, name, point):
        code = self.place.wait_for_end(name)
        if code != -9:
            raise AssertionError(f"{name} ended with {code} instead of being killed at {point}\n{self.place.log(name)[-2000:]}")
        self.lose_power(name)

    def kill_at_start(self, name, point):
        """Stops a place and starts it armed: it dies on its way up."""
        self.place.stop(name)
        with self.armed(name, point):
            self.start(name, until_healthy=False)
            self.place.processes[name].wait(PATIENCE)
        self.buried(name, point)

    def kill_command(self, point, name, *words, machine=None):
        """A command of a program is killed at the point; its machine, the program's own unless told, loses power."""
        result = self.run_command(name, machine or name, words, MADOGUCHI_KILL_AT=point)
        if result.returncode != -9:
            raise AssertionError(f"madoguchi-{name} {words[0]} ended with {result.returncode} at {point}\n{result.stderr}")
        self.lose_power(machine or name)

    def command(self, name, *words, machine=None):
        """A command that succeeds; what it has done is durable when it says so."""
        result = self.run_command(name, machine or name, words)
        if result.returncode != 0:
            raise AssertionError(f"madoguchi-{name} {words[0]} ended with {result.returncode}\n{result.stderr}")
        self.lose_power(machine or name)

    def run_command(self, name, machine, words, **environment):
        if self.disks:
            self.disks[machine].boot()
            environment.update(self.disks[machine].environment)
        return run(program(name), *words, check=False, env={**os.environ, **environment})

    def lose_power(self, name):
        if self.disks:
            self.disks[name].lose_power()

    def start(self, name, until_healthy=True):
        if self.disks:
            self.disks[name].boot()
        self.place.start(name, until_healthy)

    def with_disk_at_rest(self, name, happens):
        """Loss of power hits a whole machine: for a command's kill, its server is stopped before and started afterwards."""
        if not self.disks:
            return happens()
        self.place.stop(name)
        happens()
        self.start(name)

    @staticmethod
    def sql(file, query):
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as database:
            return database.execute(query).fetchall()

    # Citizens

    def citizen(self, goes, **choices):
        """One citizen, who `goes` some way; whatever happens, the card is taken and the screen left. Nobody, if the kiosk dies."""
        kiosk, file = self.place.processes["kiosk"], self.place.directory / "run/kiosk.address"
        wait_for("the kiosk waits for a citizen, or is dead",
                 lambda: kiosk.poll() is not None or file.exists() and file.read_text().strip() not in ("", self.address))
        if kiosk.poll() is not None:
            return
        citizen = Citizen(self.place, last=self.address, **choices)
        self.address = citizen.address
        try:
            with contextlib.suppress(OSError, Refused):  # the kiosk's end, or the card's
                goes(citizen)
            with contextlib.suppress(OSError):
                self.place.remove_card()
            with contextlib.suppress(OSError):
                citizen.press("close")
        finally:
            citizen.screen.close()

    def paid_certificate(self):
        self.citizen(lambda citizen: citizen.goes_to("ended"))
