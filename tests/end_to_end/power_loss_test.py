"""The disk that forgets (power_loss.py), before anything is shown with it: what is not synced is gone, what is synced stays, and
a database that does not sync loses what it has committed."""
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from power_loss import Disk

SHIM = Path(os.environ["MADOGUCHI_POWER_LOSS"])
HEAD = """
import os, sqlite3
def write(name, text, sync=False):
    with open(name, "w") as file:
        file.write(text); file.flush()
        if sync: os.fsync(file.fileno())
def sync_names(directory="."):
    opened = os.open(directory, os.O_RDONLY); os.fsync(opened); os.close(opened)
def database(synchronous):
    opened = sqlite3.connect("a.db", isolation_level=None)
    opened.execute("PRAGMA journal_mode=WAL"); opened.execute(f"PRAGMA synchronous={synchronous}")
    opened.execute("CREATE TABLE IF NOT EXISTS line (said TEXT)")
    return opened
"""


class PowerLoss(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="madoguchi-power-")
        self.addCleanup(directory.cleanup)
        self.root = Path(directory.name).resolve()
        self.disk = Disk(self.root, "machine", SHIM, files=["**/*.txt", "a.db*"])

    def runs_until_power_is_lost(self, program):
        self.disk.boot()
        dead = subprocess.run([sys.executable, "-c", HEAD + program + "\nos.kill(os.getpid(), 9)"], cwd=self.root,
                              env={**os.environ, **self.disk.environment})
        self.assertEqual(dead.returncode, -signal.SIGKILL)
        self.disk.lose_power()

    def content(self, name):
        return (self.root / name).read_text() if (self.root / name).exists() else None

    def test_what_was_written_and_not_synced_is_gone(self):
        (self.root / "a.txt").write_text("old")
        self.runs_until_power_is_lost('write("a.txt", "new")')
        self.assertEqual(self.content("a.txt"), "old")

    def test_what_was_synced_stays(self):
        (self.root / "a.txt").write_text("old")
        self.runs_until_power_is_lost('write("a.txt", "new", sync=True)')
        self.assertEqual(self.content("a.txt"), "new")

    def test_a_new_name_needs_its_directory_synced(self):
        self.runs_until_power_is_lost('write("a.txt", "new", sync=True)')
        self.assertIsNone(self.content("a.txt"))
        self.runs_until_power_is_lost('write("a.txt", "new", sync=True); sync_names()')
        self.assertEqual(self.content("a.txt"), "new")

    def test_a_name_without_content_is_an_empty_file(self):
        self.runs_until_power_is_lost('write("a.txt", "new"); sync_names()')
        self.assertEqual(self.content("a.txt"), "")

    def test_a_renamed_file_is_the_old_one_until_the_directory_is_synced(self):
        (self.root / "a.txt").write_text("old")
        self.runs_until_power_is_lost('write("b.txt", "new", sync=True); os.rename("b.txt", "a.txt")')
        self.assertEqual((self.content("a.txt"), self.content("b.txt")), ("old", None))
        self.runs_until_power_is_lost('write("b.txt", "new", sync=True); os.rename("b.txt", "a.txt"); sync_names()')
        self.assertEqual((self.content("a.txt"), self.content("b.txt")), ("new", None))

    def test_a_removed_file_is_back_until_the_directory_is_synced(self):
        (self.root / "a.txt").write_text("old")
        self.runs_until_power_is_lost('os.unlink("a.txt"); write("b.txt", "other", sync=True)')
        self.assertEqual((self.content("a.txt"), self.content("b.txt")), ("old", None))
        self.runs_until_power_is_lost('os.unlink("a.txt"); sync_names()')
        self.assertIsNone(self.content("a.txt"))

    def test_a_file_in_a_new_directory_needs_that_directory_s_name(self):
        in_new = 'os.mkdir("new"); write("new/a.txt", "new", sync=True); sync_names("new")'
        self.runs_until_power_is_lost(in_new)
        self.assertIsNone(self.content("new/a.txt"))
        self.runs_until_power_is_lost(in_new.replace('os.mkdir("new")', 'os.makedirs("new", exist_ok=True); sync_names()'))
        self.assertEqual(self.content("new/a.txt"), "new")

    def lines(self):
        with contextlib.closing(sqlite3.connect(self.root / "a.db")) as database:
            try:
                return database.execute("SELECT count(*) FROM line").fetchone()[0]
            except sqlite3.OperationalError:  # not even the table
                return None
            finally:
                self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))

    def test_a_database_that_syncs_keeps_every_commit(self):
        for rounds in range(1, 4):
            self.runs_until_power_is_lost('database("FULL").execute("INSERT INTO line VALUES (1)")')
            self.assertEqual(self.lines(), rounds)

    def test_a_database_that_syncs_only_now_and_then_loses_commits(self):
        for synchronous in ("OFF", "NORMAL"):
            with self.subTest(synchronous=synchronous):
                for file in self.root.glob("a.db*"):
                    file.unlink()
                self.runs_until_power_is_lost('database("FULL")')
                self.runs_until_power_is_lost(f'database("{synchronous}").execute("INSERT INTO line VALUES (1)")')
                self.assertEqual(self.lines(), 0)


if __name__ == "__main__":
    unittest.main()
