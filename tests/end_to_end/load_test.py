"""script/load over real processes, small; and its oracle before evidence that was tampered with: it must complain each time."""
import copy
import json
import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

from installation import BIN, ROOT, free_base, run

sys.path.insert(0, str(ROOT / "tests/oracle"))
import printed  # noqa: E402
from books import Books, read_visits  # noqa: E402
from installed import Installed  # noqa: E402
from judge import Evidence, Judge  # noqa: E402
from statements import Wrong  # noqa: E402

CERTIFICATES = 60


class LoadTest(unittest.TestCase):
    """3 cities with 1, 2 and 3 issuer nodes, 2 nodes of the center, 6 kiosks; every certificate's evidence is kept."""

    @classmethod
    def setUpClass(cls):
        cls.directory = Path(tempfile.mkdtemp(prefix="madoguchi-load-"))
        cls.addClassCleanup(shutil.rmtree, cls.directory, ignore_errors=True)
        cls.done = run(ROOT / "script/load", "--build", BIN.parent, "--kiosks", 6, "--certificates", CERTIFICATES, "--residents", 80, "--cards", 6,
                       "--keep", cls.directory, "--json", cls.directory / "results.json", check=False,
                       env={**os.environ, "MADOGUCHI_PORT": str(free_base(ports=80))})
        if cls.done.returncode != 0:
            raise AssertionError(cls.done.stdout + cls.done.stderr)
        cls.results = json.loads((cls.directory / "results.json").read_text(encoding="utf-8"))
        cls.wishes = json.loads((cls.directory / "out/wishes.json").read_text(encoding="utf-8"))
        cls.installed = Installed(cls.directory / "installation")
        cls.visits = read_visits(cls.directory / "out/visits.tsv")

    def setUp(self):
        self.judge = Judge(self.installed)

    def wish(self, **wanted):
        """The first wish of the plan that is as wanted."""
        return copy.deepcopy(next(wish for wish in self.wishes if all(wish[name] == value for name, value in wanted.items())))

    def pair(self, **wanted):
        """Two wishes of different households of one city, for as many persons and copies; both as wanted."""
        alike = [wish for wish in self.wishes if all(wish[name] == value for name, value in wanted.items())]
        return copy.deepcopy(next((one, other) for one in alike for other in alike
                                  if one["city"] == other["city"] and one["copies"] == other["copies"] and len(one["persons"]) == len(other["persons"])
                                  and self.household(one) != self.household(other)))

    def household(self, wish):
        return self.installed.city(wish["city"]).people[wish["holder"]]["household"]

    def evidence(self, wish):
        return Evidence(self.directory / f"out/spool/{wish['number']:06}")

    def pages(self, wish):
        return [printed.decoded(image) for image in printed.images(self.evidence(wish).pdf)]

    def numbers(self, wish):
        return self.judge.statements(self.evidence(wish), wish)["numbers"]

    def assert_complains(self, sentence, work, *words, **more):
        with self.assertRaisesRegex(Wrong, sentence):
            work(*words, **more)

    # The load

    def test_every_certificate_agrees_and_nothing_is_lost(self):
        self.assertEqual(self.results["served"], CERTIFICATES)
        self.assertEqual(self.results["judged"], CERTIFICATES)
        for name in ("mismatches", "errors", "lost", "receipts_owed", "paid_and_refused"):
            self.assertEqual(self.results[name], 0, name)
        self.assertEqual(self.results["books"], [])

    def test_both_centers_and_every_issuer_took_part(self):
        for place in self.installed.places:
            if place.startswith(("center", "issuer")):
                log = (self.directory / f"installation/log/{place}.log").read_text(encoding="utf-8")
                self.assertIn('"started"', log)
        for history in self.installed.histories():
            with self.subTest(history=history.name):
                self.assertGreater(history.stat().st_size, 0)
        self.assertEqual({wish["city"] for wish in self.wishes}, {city.code for city in self.installed.cities})
        self.assertEqual({wish["scope"] for wish in self.wishes}, {"self", "members", "household"})

    def test_the_command_fails_when_two_citizens_have_each_others_paper(self):
        one, other = self.pair(copies=1)
        out = self.directory / "swapped"
        shutil.copytree(self.directory / "out", out)
        self.addCleanup(shutil.rmtree, out)
        papers = [out / f"spool/{wish['number']:06}/printed.pdf" for wish in (one, other)]
        first, second = (paper.read_bytes() for paper in papers)
        papers[0].write_bytes(second)
        papers[1].write_bytes(first)
        done = run("python3", ROOT / "tests/oracle/oracle.py", "--installation", self.directory / "installation", "--out", out, "--json", out / "results.json",
                   check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        results = json.loads((out / "results.json").read_text(encoding="utf-8"))
        self.assertEqual((results["mismatches"], results["lost"]), (2, 2))
        for wish in (one, other):
            self.assertIn(f"certificate {wish['number']}: the images on the paper", done.stderr)

    def test_a_plan_that_is_none_is_refused_by_its_line(self):
        good = (self.directory / "out/plan.tsv").read_text(encoding="utf-8").splitlines()[0]
        for line in ("", good + "\tmore", good.replace("\t" + self.wishes[0]["scope"] + "\t", "\teverybody\t")):
            plan = self.directory / "plan.tsv"
            plan.write_text(f"{good}\n{line}\n", encoding="utf-8")
            done = run(BIN.parent / "bench/bench_load", "--installation", self.directory / "installation", "--plan", plan, "--out", self.directory / "none", check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn("plan.tsv:2: is no visit", done.stderr)

    # What was signed

    def test_complains_about_the_document_of_another_citizen(self):
        wish, other = self.pair(copies=1)
        swapped = self.evidence(wish)
        swapped.pdf = self.evidence(other).pdf
        self.assert_complains("the images on the paper", self.judge.judge, swapped, wish)

    def test_complains_about_two_pages_in_another_order(self):
        wish = self.wish(copies=2)
        facts = self.judge.statements(self.evidence(wish), wish)
        self.assertNotEqual(facts["digests"], facts["digests"][::-1])
        pages = self.pages(wish)
        self.assert_complains("issuance_number|page_number", self.judge.papers, pages[::-1], wish, facts["numbers"])

    def test_complains_about_the_certificate_of_another_application(self):
        wish, other = self.pair(copies=1)
        swapped = self.evidence(wish)
        swapped.certificate = self.evidence(other).certificate
        self.assert_complains("the application that the certificate answers", self.judge.judge, swapped, wish)

    def test_complains_about_another_card(self):
        wish, other = self.pair(scope="self")
        wish["holder"] = other["holder"]
        self.assert_complains("the card that signed", self.judge.judge, self.evidence(wish), wish)

    def test_complains_about_another_choice_than_the_citizens(self):
        for change in ({"scope": "household"}, {"copies": 3}, {"options": ["head_and_relation", "family_register", "individual_number"]}):
            wish = {**self.wish(scope="self", copies=1, options=[]), **change}
            self.assert_complains("scope|copies|options", self.judge.statements, self.evidence(wish), wish)

    def test_complains_about_a_signature_with_one_byte_changed(self):
        wish = self.wish()
        for name in ("opening", "application", "certificate"):
            evidence = self.evidence(wish)
            said = bytearray(getattr(evidence, name))
            said[-1] ^= 1
            setattr(evidence, name, bytes(said))
            self.assert_complains("a signature that does not hold", self.judge.statements, evidence, wish)

    def test_complains_about_a_city_that_is_another(self):
        wish = self.wish()
        others = next(city.code for city in self.installed.cities if city.code != wish["city"])
        self.judge.installed = copy.copy(self.installed)
        self.judge.installed.statement_keys = {wish["city"]: self.installed.statement_keys[others]}
        self.assert_complains("another than the city signed", self.judge.statements, self.evidence(wish), wish)

    # What stands on the paper

    def test_complains_about_another_household_on_the_paper(self):  # lesson 足立
        wish, other = self.pair(copies=1)
        self.assert_complains("shows something else|is none of those", self.judge.papers, self.pages(other), wish, self.numbers(wish))
        # Nor if it only names another person where its own number stands.
        numbers = self.numbers(other)
        self.assert_complains("address|head|is none of those", self.judge.papers, self.pages(other), wish, numbers)

    def test_complains_about_a_name_that_is_another(self):
        wish = self.wish(copies=1)
        self.judge.installed = copy.deepcopy(self.installed)
        people = self.judge.installed.city(wish["city"]).people
        person = people[wish["persons"][0]]
        person["name"] = next(name for name in self.installed.city(wish["city"]).names if name != person["name"])
        self.assert_complains("the name is none of those", self.judge.papers, self.pages(wish), wish, self.numbers(wish))

    def test_complains_about_a_day_of_birth_or_an_address_that_is_another(self):
        wish = self.wish(copies=1, scope="self")
        for column, value, sentence in (("born", "1951-02-03", "day of birth"), ("address", "東京都千代田区一番町１番地", "address"), ("previous_address", "東京都千代田区一番町１番地", "previous_address")):
            self.judge.installed = copy.deepcopy(self.installed)
            self.judge.installed.city(wish["city"]).people[wish["holder"]].update({column: value, "born_written": ""})
            self.assert_complains(sentence, self.judge.papers, self.pages(wish), wish, self.numbers(wish))

    def test_complains_if_it_cuts_out_another_cell(self):
        wish = self.wish(copies=1)
        field = next(field for field in self.judge.form["row"]["person"]["field"] if field["name"] == "name")
        field["box"] = [27, 17.8, 81, 8.9]
        self.assert_complains("the name is none of those", self.judge.papers, self.pages(wish), wish, self.numbers(wish))

    def test_complains_about_a_stroke_that_is_missing(self):
        wish = self.wish(copies=1)
        page = bytearray(self.pages(wish)[0])
        field = next(field for field in self.judge.form["row"]["person"]["field"] if field["name"] == "name")
        x, y, _, height = field["box"]
        left, top = (round((x + by) * printed.PIXELS_PER_MM) for x, by in ((x, self.judge.form["flow"]["at"][0]), (y, self.judge.form["flow"]["at"][1])))
        for row in range(top, top + round(height * printed.PIXELS_PER_MM)):
            begin = row * printed.STRIDE + left // 8 + 10
            page[begin:begin + 4] = bytes(4)  # 32 pixels wide, through the first character
        self.assert_complains("the name is none of those", self.judge.papers, [bytes(page)], wish, self.numbers(wish))

    def test_complains_about_a_person_more_on_the_paper(self):
        wish = self.wish(copies=1, scope="self")
        page = bytearray(self.pages(wish)[0])
        y, height = self.judge.form["flow"]["at"][1], self.judge.form["row"]["person"]["height"]
        first, second, third = (round((y + height * slot) * printed.PIXELS_PER_MM) * printed.STRIDE for slot in range(3))
        page[second:third] = page[first:first + third - second]
        self.assert_complains("where nobody should", self.judge.papers, [bytes(page)], wish, self.numbers(wish))

    def test_a_name_that_looks_alike_does_not_pass(self):
        field = next(field for field in self.judge.form["row"]["person"]["field"] if field["name"] == "name")
        for one, other in (("高橋", "髙橋"), ("辻\U000e0100", "辻\U000e0101"), ("末木", "未木"), ("土井", "士井")):
            cell, seen = self.judge.drawn(field, one)
            self.assertTrue(self.judge.agrees(cell, seen, field, one))
            self.assertFalse(self.judge.agrees(cell, seen, field, other), other)

    # The books

    def judged(self):
        found = {}
        for wish in self.wishes:
            found[wish["number"]] = {**self.judge.statements(self.evidence(wish), wish), "pages": len(printed.images(self.evidence(wish).pdf))}
        return found

    def test_the_books_agree_and_complain_about_whatever_is_changed(self):
        judged, visits = self.judged(), self.visits
        self.assertEqual(Books(self.installed, self.wishes, visits, judged).complaints, [])
        one = next(iter(judged))

        def complaints(visits=visits, **change):
            return " ".join(Books(self.installed, self.wishes, visits, {**judged, one: {**judged[one], **change}}).complaints)
        self.assertIn("visits", complaints(visits[1:]))
        self.assertIn("papers that were printed", complaints([{**visits[0], "outcome": "busy"}, *visits[1:]]))
        self.assertIn("money in the coin boxes", complaints([{**visits[0], "paid": 0}, *visits[1:]]))
        self.assertIn("issuances that were handed over", complaints(issuance="00" * 16))
        self.assertIn("an issuance", complaints(certificate="00" * 32))
        self.assertIn("receipts of papers", complaints(application="00" * 32))
        self.assertIn("発行番号", complaints(numbers=["20260101 千代田区 K000001 999999"]))
        self.assertIn("money, sheets and city", complaints(pages=99))


if __name__ == "__main__":
    unittest.main()
