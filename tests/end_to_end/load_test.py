"""script/load over real processes, small; and its oracle before evidence that was tampered with: it must complain each time."""
import copy
import json
import shutil
import unittest

import load_papers
from installation import BIN, ROOT, run
from load_run import CERTIFICATES  # and the oracle's folder is known

import printed
from books import Books
from residue import Residue


class LoadTest(load_papers.PapersOfALoad):
    # The load

    def test_every_certificate_agrees_and_nothing_is_lost(self):
        self.assertEqual(self.results["served"], CERTIFICATES)
        self.assertEqual(self.results["judged"], CERTIFICATES)
        for name in ("mismatches", "errors", "lost", "receipts_owed", "paid_and_refused"):
            self.assertEqual(self.results[name], 0, name)
        self.assertEqual(self.results["books"], [])
        self.assertEqual(self.results["residue"], [])

    def test_every_kind_of_every_city_was_printed(self):
        offered = {(city.code, kind) for city in self.installed.cities for kind in city.kinds}
        self.assertEqual({(wish["city"], wish["kind"]) for wish in self.wishes}, offered)
        self.assertEqual(len({kind for _, kind in offered}), 10)
        self.assertEqual(len({tuple(city.kinds) for city in self.installed.cities}), 3, "each city offers others")
        self.assertEqual(sum(counts["certificates"] for counts in self.results["kinds"].values()), CERTIFICATES)

    def test_papers_of_many_pages_and_the_service_for_the_domicile_took_part(self):
        self.assertGreater(self.results["pages"], sum(wish["copies"] for wish in self.wishes))
        at_domicile = [wish for wish in self.wishes if wish["service"] == "domicile"]
        self.assertTrue(any(wish["holder"] not in self.installed.city(wish["city"]).people for wish in at_domicile), "somebody who lives elsewhere")

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
        for change in ({"scope": "household"}, {"copies": 3}, {"options": ["head_and_relation", "family_register", "individual_number"]},
                       {"kind": "residence_items"}, {"service": "domicile"}):
            wish = {**self.wish(kind="residence_certificate", copies=1), **change}
            if wish not in self.wishes:
                self.assert_complains("scope|copies|options|kind|service", self.judge.statements, self.evidence(wish), wish)

    def test_complains_about_the_fee_of_another_kind(self):
        wish = self.wish(kind="family_register_whole")
        self.with_records()
        self.judge.installed.city(wish["city"]).kinds[wish["kind"]]["fee"] += 1
        self.assert_complains("copies and fee", self.judge.statements, self.evidence(wish), wish)

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

    # What is left

    def test_a_name_that_stands_in_a_log_is_found(self):
        log = self.directory / "installation/log/planted.log"
        self.addCleanup(log.unlink)
        self.assertEqual(Residue(self.installed, self.wishes).found, [])
        wish = self.wish(kind="family_register_whole")
        log.write_text(f"served {self.installed.city(wish['city']).registers.family_registers[wish['register']]['head']}\n", encoding="utf-8")
        self.assertEqual(Residue(self.installed, self.wishes).found, ["log/planted.log"])

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
        self.assertIn("sheets, city and kind", complaints(kind=next(kind for kind in self.installed.city(judged[one]["city"]).kinds if kind != judged[one]["kind"])))
        self.assertIn("receipts of papers", complaints(application="00" * 32))
        self.assertIn("発行番号", complaints(numbers=["20260101 千代田区 K000001 999999"]))
        self.assertIn("money, sheets, city and kind", complaints(pages=99))


if __name__ == "__main__":
    unittest.main()
