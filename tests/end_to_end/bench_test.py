"""script/bench over real processes: it measures what it lists, and a refused citizen is no measurement. No time is judged."""
import json
import math
import os
import tempfile
import unittest
from pathlib import Path

from installation import BIN, ROOT, Installation, free_base, run

BUILD = BIN.parent
PEERS = tuple(f"compose.page/{peer}" for peer in ("typst", "fop", "weasyprint", "chromium"))  # measured where they are installed
SMALL = ["--kiosks", "2", "--certificates", "6", "--sessions", "2"]


def bench(*words, **more):
    environment = {**os.environ, "MADOGUCHI_PORT": str(free_base())}
    return run(ROOT / "script/bench", *words, "--build", BUILD, check=False, env=environment, **more)


def listed():
    """The rows of `--list`, by part."""
    parts = {}
    for line in run(ROOT / "script/bench", "--list").stdout.splitlines():
        if line.startswith("  "):
            parts[part].append(line.strip())
        else:
            part = line
            parts[part] = []
    return parts


class BenchTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.json = Path(directory.name) / "results.json"

    def results(self):
        return json.loads(self.json.read_text(encoding="utf-8"))["results"]

    def test_measures_every_row_that_it_lists(self):
        done = bench(*SMALL, "--json", self.json)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        results = self.results()
        names = [result["name"] for result in results]
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual(set(names), set(sum(listed().values(), [])))
        self.assertEqual([row for row in sum(listed().values(), []) if row not in names and not row.startswith((*PEERS, "scale."))], [])
        for result in results:
            self.assertEqual(set(result), {"name", "value", "unit"})
            self.assertTrue(math.isfinite(result["value"]) and result["value"] >= 0, result)
            self.assertIn(result["unit"], ["ms", "1/s", "1", "B", "MiB"])
        values = {result["name"]: result["value"] for result in results}
        self.assertEqual(values["issue.certificates"], 6)
        self.assertEqual(values["issue.refusals"], 0)
        self.assertLessEqual(values["issue.p50"], values["issue.p99"])
        self.assertRegex(done.stdout, r"slowest step: \w+, [\d.]+ ms, of which \w+ [\d.]+ ms CPU")
        self.assertRegex(done.stdout, r"compose\.page takes [\d.]+ of Cairo's time")

    def test_a_name_runs_its_part_alone_and_shows_its_rows_alone(self):
        done = bench("issue", *SMALL, "--json", self.json)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertCountEqual([result["name"] for result in self.results()],
                              [row for row in listed()["rate"] if row.startswith("issue.")])
        self.assertNotIn("profile", done.stdout)

    def test_an_unknown_name_or_word_is_refused_before_anything_runs(self):
        for word in ["isue", "compose.pag", "--kiosk"]:
            done = bench(word, "--json", self.json)
            self.assertEqual(done.returncode, 2)
            self.assertIn(word, done.stderr)
            self.assertFalse(self.json.exists())

    def test_a_refused_citizen_fails_and_is_told(self):
        place = Installation()
        self.addCleanup(place.close)
        for name in ["registry", "jpki", "transfer", "issuer", "center", "relay"]:
            place.start(name, until_healthy=name != "transfer")  # which is healthy only once an issuer dialled in
        place.stop("issuer")
        done = run(BUILD / "bench/bench_issue", "rate", "--installation", place.directory, "--kiosks", "1", "--certificates", "1", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("city_unreachable", done.stderr)
        self.assertNotIn("issue.rate", done.stdout)


if __name__ == "__main__":
    unittest.main()
