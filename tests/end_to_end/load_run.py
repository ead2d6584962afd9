"""A small script/load, kept with all its evidence, and how a test asks its oracle."""
import copy
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from installation import BIN, ROOT, free_base

sys.path.insert(0, str(ROOT / "tests/oracle"))
import printed  # noqa: E402
from books import read_visits  # noqa: E402
from installed import Installed  # noqa: E402
from judge import Evidence, Judge  # noqa: E402
from papers import FORMS  # noqa: E402
from statements import Wrong  # noqa: E402

CERTIFICATES = 60
LONGEST = 480  # seconds; a bound, not a delay


class LoadRun(unittest.TestCase):
    """3 cities with 1, 2 and 3 issuer nodes, each with kinds of its own; 2 nodes of the center, 6 kiosks; every certificate's evidence is kept."""

    @classmethod
    def setUpClass(cls):
        cls.directory = Path(tempfile.mkdtemp(prefix="madoguchi-load-"))
        cls.addClassCleanup(shutil.rmtree, cls.directory, ignore_errors=True)
        words = [ROOT / "script/load", "--build", BIN.parent, "--kiosks", 6, "--certificates", CERTIFICATES, "--residents", 80, "--cards", 6,
                 "--keep", cls.directory, "--json", cls.directory / "results.json"]
        load = subprocess.Popen([str(word) for word in words], env={**os.environ, "MADOGUCHI_PORT": str(free_base(ports=80))}, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)
        try:
            said, _ = load.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            load.terminate()  # it stops every place that it has started
            said, _ = load.communicate()
        if load.returncode != 0:
            raise AssertionError(said)
        cls.results = json.loads((cls.directory / "results.json").read_text(encoding="utf-8"))
        cls.wishes = json.loads((cls.directory / "out/wishes.json").read_text(encoding="utf-8"))
        cls.installed = Installed(cls.directory / "installation")
        cls.visits = read_visits(cls.directory / "out/visits.tsv")

    def setUp(self):
        self.judge = Judge(self.installed)

    def wish(self, **wanted):
        """The first wish of the plan that is as wanted, of those for the fewest persons."""
        alike = [wish for wish in self.wishes if all(wish[name] == value for name, value in wanted.items())]
        return copy.deepcopy(min(alike, key=lambda wish: len(wish["persons"])))

    def pair(self, **wanted):
        """Two wishes for one kind, of different holders of one city who stand in no 戸籍 together, with as many copies; both as wanted."""
        alike = [wish for wish in self.wishes if all(wish[name] == value for name, value in wanted.items())]
        return copy.deepcopy(next((one, other) for one in alike for other in alike
                                  if all(one[name] == other[name] for name in ("city", "kind", "copies")) and one["holder"] != other["holder"]
                                  and (one["register"] != other["register"] or not one["register"]) and not set(one["persons"]) & set(other["persons"])))

    def reading(self, wish):
        return self.judge.readings[FORMS[wish["kind"]]]

    def with_records(self):
        """The judge knows a copy of the cities' records, in which something may be changed."""
        self.judge.installed = copy.deepcopy(self.installed)

    def evidence(self, wish):
        return Evidence(self.directory / f"out/spool/{wish['number']:06}")

    def pages(self, wish):
        return [printed.decoded(image) for image in printed.images(self.evidence(wish).pdf)]

    def numbers(self, wish):
        return self.judge.statements(self.evidence(wish), wish)["numbers"]

    def assert_complains(self, sentence, work, *words, **more):
        with self.assertRaisesRegex(Wrong, sentence):
            work(*words, **more)
