"""An installation in which everything personal and secret is a marker, and a scanner that knows them all.

Memory is read through /proc, which the system allows to root alone, because the programs are not dumpable."""
import itertools
import os
import tempfile
import time
import unittest
from collections import Counter
from pathlib import Path

import forms
import places
import records
from city_systems import wait_until_tax_is_linked
from holders import Holder, card_numbers, modulus, plant
from installation import Installation, run, wait_for
from records import Records
from scanner import Scanner, Seen
from screen import Citizen, wait_for_lines

CHUNK = 48  # bytes of a page that are looked for together
SYMBOL_DICTIONARY, TEXT_REGION = 0, 6  # types of segments: ITU-T T.88 7.3
CHUNKS = 40  # of each page, evenly over it
MOST_LOOKED_AT = 8_000  # places of a page where a chunk may begin
LEAST_DISTINCT = 16  # different bytes in a chunk: white paper and rules are everybody's
MOST_SAID = 12  # findings of one scan


class AtRest(unittest.TestCase):
    """Citizens A and B have printed a certificate each; C has a card and has done nothing."""

    binaries = {}  # another file than the product's, by place: a build that leaks

    @classmethod
    def setUpClass(cls):
        if os.geteuid() != 0:
            raise unittest.SkipTest("only root may read the memory of programs that are not dumpable")
        cls.begun = time.time()
        notes = tempfile.TemporaryDirectory(prefix="madoguchi-notes-")  # outside of what is searched
        cls.addClassCleanup(notes.cleanup)
        cls.noted_keys = Path(notes.name) / "keys"
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)
        cls.place.binaries.update(cls.binaries)
        cls.place.environments["kiosk"] = {"LD_PRELOAD": os.environ["MADOGUCHI_NOTE_KEYS"], "MADOGUCHI_NOTED_KEYS": str(cls.noted_keys)}
        cls.holders = [Holder(which) for which in range(3)]
        cls.records = [Records(holder) for holder in cls.holders]
        plant(cls.place, cls.holders, lambda city, directory: records.write(cls.records, city, directory))
        cls.prepare()
        cls.scanner, cls.seen = Scanner(), Seen()
        cls.addClassCleanup(lambda: cls.seen.places and print(f"\n{cls.__name__}: {cls.scanner.summary(cls.seen)}", flush=True))
        cls.plant_records()
        cls.place.start_all()
        wait_for_lines(cls.place)
        wait_until_tax_is_linked(cls.place)
        cls.place.restart("issuer")  # what the link itself may leave in memory: docs/at-rest.md, "What is not shown"
        wait_for_lines(cls.place)
        cls.memory_is_searched = not os.environ.get("MADOGUCHI_SANITIZED")  # sanitizers have an allocator of their own
        if set((wipe := places.which_wipe_freed_memory(cls.place)).values()) != {cls.memory_is_searched}:
            raise AssertionError(f"not every program wipes what it frees: {wipe}")
        cls.check_that_markers_are_distinctive()
        cls.plant_pages()

    @classmethod
    def prepare(cls):
        """Settings that a class needs."""

    # Markers

    @classmethod
    def plant_records(cls):
        for holder in cls.holders:
            for kind, texts in holder.texts().items():
                for text in texts:
                    cls.scanner.plant_text(kind, holder.name, text)
            cls.plant_card(holder)
        for record in cls.records:
            record.plant_in(cls.scanner)

    @classmethod
    def plant_card(cls, holder):
        cls.scanner.plant("PIN", holder.name, forms.forms_of_pin(holder.pin))
        for number in card_numbers(holder):
            if len(number) > 3:  # the public exponent is everybody's
                cls.scanner.plant_number("card key", holder.name, number)
        cls.scanner.plant_bytes("card certificate", holder.name, modulus(holder)[:CHUNK])

    @classmethod
    def check_that_markers_are_distinctive(cls):
        """Before anybody has used the service, no program holds a marker by chance, nor does any file."""
        found = cls.scanner.scan(cls.everywhere())
        if found.findings:
            raise AssertionError("not distinctive: " + cls.told(found.findings))

    @classmethod
    def plant_pages(cls):
        for holder in cls.holders[:2]:
            citizen = cls.citizen(holder)
            citizen.goes_to("ended")
            citizen.leave()
        papers = wait_for("two papers", lambda: len(cls.place.papers()) == 2 and cls.place.papers())
        owner = {row["issuance"].hex(): holder for row, holder in zip(cls.place.journal(), cls.holders)}
        for paper, other in itertools.permutations(papers, 2):
            cls.plant_page(owner[paper.stem], paper, other)

    @classmethod
    def plant_page(cls, holder, paper, other, least=CHUNKS // 4):
        """What the first page of a paper has, and another paper's has not: in so many places at least."""
        places, glyphs, rows = *coded_page(paper), bare_rows(paper)
        other_places, other_glyphs, other_rows = *coded_page(other), bare_rows(other)
        for chunk in chunks_apart(places, other_places, least):
            cls.scanner.plant_bytes("page", holder.name, chunk)
        for glyph in glyphs - other_glyphs:
            cls.scanner.plant_bytes("page's glyphs", holder.name, glyph[-CHUNK:])
        for chunk in chunks_apart(rows, other_rows, least):
            for bits in (chunk, bytes(byte ^ 0xFF for byte in chunk)):
                cls.scanner.plant("page's rows", holder.name, {"raw": {bits}})

    @classmethod
    def plant_session_keys(cls):
        for number in cls.noted_keys.read_text().split():
            cls.scanner.plant_number("session key", "a session", bytes.fromhex(number))

    # Citizens

    @classmethod
    def citizen(cls, holder, **more):
        """A citizen before the kiosk, with a card in hand."""
        cls.takes_card_of(holder)
        return Citizen(cls.place, pin=holder.pin, **more)

    @classmethod
    def takes_card_of(cls, holder):
        """From now on it is this holder's card that is put on the reader."""
        cls.place.change_value("card", "state", str(holder.state.relative_to(cls.place.directory)))
        cls.place.restart("card")
        cls.holding = holder

    @classmethod
    def wait_for_lines(cls):
        """Waits until whoever had a card last gets a menu again."""
        cls.place.remove_card()
        wait_for_lines(cls.place, cls.holding.pin)

    # Looking

    @classmethod
    def everywhere(cls):
        return itertools.chain(places.installation_files(cls.place), places.shared_files(cls.place, cls.begun), places.metrics(cls.place),
                               places.memories(cls.place) if cls.memory_is_searched else ())

    def wait_for_receipts(self):
        wait_for("every receipt has arrived", lambda: all(row["center_has_it"] and row["city_has_it"] for row in self.place.journal()))

    def assert_nothing_is_left(self, pieces=None):
        self.plant_session_keys()
        before = len(self.seen.findings)
        self.scanner.scan(pieces or self.everywhere(), self.seen)
        found = self.seen.findings[before:]
        self.assertEqual(len(found), 0, self.told(found))

    @staticmethod
    def told(findings):
        kinds = Counter(f"{finding.marker.kind}, {finding.form}, in {finding.place}" for finding in findings)
        lines = [f"{count} × {kind}" for kind, count in kinds.most_common(4 * MOST_SAID)]
        return "\n" + "\n".join([*lines, *map(str, findings[:MOST_SAID])])


def coded_page(paper):
    """The first page's image as it stands in the PDF: what its JBIG2 text region says of which symbol stands where, and the
    dictionaries of its symbols that are long enough to tell one from another."""
    with tempfile.TemporaryDirectory(prefix="madoguchi-notes-") as directory:
        run("pdfimages", "-jbig2", "-l", 1, paper, f"{directory}/page")
        image = next(Path(directory).glob("*.jb2e")).read_bytes()
    places, glyphs, at = None, set(), 0
    while at < len(image):
        number, kind, referred = int.from_bytes(image[at:at + 4]), image[at + 4], image[at + 5] >> 5
        begin = at + 6 + referred * (1 if number <= 256 else 2) + 5
        data = image[begin:begin + int.from_bytes(image[begin - 4:begin])]
        if kind == TEXT_REGION:
            places = data
        elif kind == SYMBOL_DICTIONARY and len(data) >= 2 * CHUNK:
            glyphs.add(data)
        at = begin + len(data)
    return places, glyphs


def bare_rows(paper):
    """The first page as rows of packed bits."""
    with tempfile.TemporaryDirectory(prefix="madoguchi-notes-") as directory:
        run("pdfimages", "-l", 1, paper, f"{directory}/page")
        kind, size, rows = next(Path(directory).glob("*.pbm")).read_bytes().split(b"\n", 2)
    if kind != b"P4":
        raise AssertionError(f"not a picture of one bit: {kind} {size}")
    return rows


def chunks_apart(mine, other, least):
    """Parts of one page that the other does not have, from all over it."""
    step = max(CHUNK // 2, len(mine) // MOST_LOOKED_AT)
    telling = [at for at in range(0, len(mine) - CHUNK, step) if mine[at] not in (0, 0xFF) and len(set(mine[at:at + CHUNK])) >= LEAST_DISTINCT]
    apart = [chunk for chunk in (mine[at:at + CHUNK] for at in telling[::max(1, len(telling) // (8 * CHUNKS))]) if chunk not in other]
    if len(apart) < least:
        raise AssertionError(f"two pages differ in {len(apart)} places only")
    return apart[::max(1, len(apart) // CHUNKS)]
