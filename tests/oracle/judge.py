"""One printed certificate before the oracle: what was signed, and what stands on the paper, is what its citizen wanted.

The paper is read from its pixels: each field of each person is cut out where the form has it and compared with the same
text drawn here. A field agrees if (nearly) every black pixel of either has one of the other beside it.
"""
import re
import tomllib
from functools import lru_cache
from pathlib import Path

import printed
from printed import Cell
from residents import japanese_date, person_fields
from statements import APPLICATION, CERTIFICATE, OPENING, Message, Statement, Wrong, digest
from typeface import Typeface

SCOPES = {"self": 1, "members": 2, "household": 3}
OPTIONS = {"head_and_relation": 1, "family_register": 2, "individual_number": 3}
MOST_STRAYS = 0.004  # of a field's ink; a text drawn at the same size differs by none


def expect(said, wanted, what):
    if said != wanted:
        raise Wrong(f"{what}: {said!r}, not {wanted!r}")


class Evidence:
    """What a headless kiosk laid out: the document that went to the printer, and three statements."""

    def __init__(self, folder):
        folder = Path(folder)
        self.pdf, self.pdf_file = (folder / "printed.pdf").read_bytes(), folder / "printed.pdf"
        self.opening, self.application, self.certificate = ((folder / f"{name}.cms").read_bytes() for name in ("opening", "application", "certificate"))
        self.kiosk = (folder / "kiosk").read_text(encoding="utf-8")


class Judge:
    def __init__(self, installed):
        self.installed = installed
        self.form = tomllib.loads(Path(installed.form_file).read_text(encoding="utf-8"))
        self.typeface = Typeface(*installed.fonts)
        self.flow, self.row = self.form["flow"], self.form["row"]["person"]
        self.per_page = int(self.flow["at"][3] / self.row["height"] + 0.001)

    def judge(self, evidence, wish, thoroughly=False):
        """Facts for the books. `thoroughly`: against every name of the city, and with another decoder beside."""
        facts = self.statements(evidence, wish)
        images = printed.images(evidence.pdf)
        expect([digest(image) for image in images], facts.pop("digests"), "the images on the paper")
        pages = [printed.decoded(image) for image in images]
        if thoroughly and printed.decoded_by_poppler(evidence.pdf_file) != pages:
            raise Wrong("poppler decodes another page")
        self.papers(pages, wish, facts["numbers"], thoroughly)
        return {**facts, "pages": len(pages)}

    # What was signed

    def statements(self, evidence, wish):
        opening = Statement(evidence.opening, OPENING)
        expect(opening.certificate, self.installed.card(wish), "the card that signed the opening")
        opened = Message(opening.content)
        expect((opened.text(2), opened.text(4)), (wish["city"], evidence.kiosk), "city and kiosk of the opening")
        application = Statement(evidence.application, APPLICATION)
        expect(application.certificate, opened.bytes(6), "the session that signed the application")
        applied = Message(application.content)
        self.application(applied, opening, wish, evidence.kiosk)
        certificate = Statement(evidence.certificate, CERTIFICATE)
        if certificate.certificate not in self.installed.statement_keys[wish["city"]]:
            raise Wrong("a certificate that another than the city signed")
        said = Message(certificate.content)
        expect(said.bytes(1), application.digest, "the application that the certificate answers")
        expect((said.bytes(2), said.all(5), said.number(6)), (applied.bytes(2), applied.all(8), applied.number(11)), "id, persons and fee of the certificate")
        copies = [Message(copy) for copy in said.all(4)]
        expect(len(copies), wish["copies"], "copies")
        return {"issuance": applied.bytes(2).hex(), "city": wish["city"], "kiosk": evidence.kiosk, "application": application.digest.hex(),
                "certificate": certificate.digest.hex(), "fee": applied.number(11), "numbers": [copy.text(1) for copy in copies],
                "digests": [Message(page).bytes(1) for copy in copies for page in copy.all(2)]}

    def application(self, applied, opening, wish, kiosk):
        expect(applied.bytes(1), opening.digest, "the opening that the application is of")
        expect((applied.text(4), applied.text(5), applied.number(6)), (wish["city"], kiosk, 1), "city, kiosk and kind")
        expect(applied.number(7), SCOPES[wish["scope"]], "scope")
        handles = applied.all(8)
        expect((len(handles), len(set(handles))), (len(wish["persons"]),) * 2, "persons applied for")
        expect(applied.numbers(9), sorted(OPTIONS[option] for option in wish["options"]), "options")
        expect((applied.number(10), applied.number(11)), (wish["copies"], wish["copies"] * self.installed.fee), "copies and fee")

    # What stands on the paper

    def papers(self, pages, wish, numbers, thoroughly=False):
        count = -(-len(wish["persons"]) // self.per_page)
        expect(len(pages), count * wish["copies"], "pages")
        for copy, number in enumerate(numbers):
            self.copy(pages[copy * count:(copy + 1) * count], wish, number, thoroughly)

    def copy(self, pages, wish, issuance_number, thoroughly):
        city = self.installed.city(wish["city"])
        day = re.fullmatch(r"(\d{4})(\d\d)(\d\d) (\S+) (\S+) \d{6,}", issuance_number)
        if day is None or day[4] != city.name:
            raise Wrong(f"a 発行番号 of another form: {issuance_number}")
        holder, missing = wish["holder"], [city.people[number] for number in wish["persons"]]
        common = {"address": city.people[holder]["address"], "issuance_number": issuance_number, "title": self.form["texts"]["title"],
                  "head": city.head_of(holder) if "head_and_relation" in wish["options"] else "＊＊＊"}
        for at, page in enumerate(pages, 1):
            self.area(page, self.form["page"], (0, 0), {**common, "page_number": f"{at}/{len(pages)}"})
            for slot in range(self.per_page):
                place = (at - 1) * self.per_page + slot + 1
                if place <= len(wish["persons"]):
                    missing.remove(self.person(page, slot, place, missing, city, wish["options"], thoroughly))
                else:
                    self.empty(page, slot, place == len(wish["persons"]) + 1)
        texts = self.form["texts"]
        self.area(pages[-1], self.form["footer"], (0, 0), {
            "certification": texts["certified_household" if wish["scope"] == "household" else "certified_part"],
            "issued_on": japanese_date(*map(int, day.groups()[:3])), "authority": f"{city.prefecture}{city.name}長　{self.installed.authority}"})

    def origin(self, slot):
        x, y, _, _ = self.flow["at"]
        return x, y + slot * self.row["height"]

    def person(self, page, slot, place, missing, city, options, thoroughly):
        """Who stands there: one of `missing`, by name and day of birth, and all else as the record has it."""
        area, origin = self.row, self.origin(slot)
        field = next(field for field in area["field"] if field["name"] == "name")
        cell, seen = self.cut(page, field, origin)
        by_name = [row for row in missing if self.agrees(cell, seen, field, row["name"])]
        if not by_name:
            raise Wrong(f"person {place}: the name is none of those that were applied for")
        born = next(field for field in area["field"] if field["name"] == "born")
        row = next((row for row in by_name if self.agrees(*self.cut(page, born, origin), born, person_fields(row, 1, ())["born"])), None)
        if row is None:
            raise Wrong(f"person {place}: the day of birth is another's")
        if row["relation"] == "世帯主" and place != 1:
            raise Wrong("the head does not stand first")
        self.no_other(cell, seen, field, row["name"], city, thoroughly)
        self.area(page, area, origin, person_fields(row, place, options))
        return row

    def no_other(self, cell, seen, field, name, city, thoroughly):
        """No other name of the city looks as much like what stands there."""
        own = cell.strays(seen, self.drawn(field, name)[1])
        for other in city.names if thoroughly else self.rivals(city, name):
            if other != name and cell.strays(seen, self.drawn(field, other)[1]) <= own:
                raise Wrong("another person's name looks as much like it")

    @lru_cache(maxsize=4096)
    def rivals(self, city, name):
        return city.rivals(name)

    def empty(self, page, slot, first):
        """Nobody, and 以下余白 in the first place where nobody stands."""
        x, y, width, _ = self.flow["at"]
        block = Cell(x, y + slot * self.row["height"], width, self.row["height"])
        expected = self.rest(block, self.origin(slot)) if first else 0
        if block.strays(block.cut(page), expected) > 0:
            raise Wrong("something stands where nobody should")

    def rest(self, block, origin):
        """以下余白, drawn in the pixels of the whole block."""
        rest = {**self.flow["rest"], "name": "rest"}
        label, drawn = self.drawn(rest, rest["text"])
        x, y, width, height = rest["box"]
        placed = Cell(x + origin[0], y + origin[1], width, height)
        rows = [drawn >> (label.height - 1 - row) * label.stride & (1 << label.width) - 1 for row in range(label.height)]
        above, right = placed.top - block.top, block.right - (placed.left + label.width)
        return block.joined([0] * above + [row << right for row in rows] + [0] * (block.height - above - label.height))

    def area(self, page, area, origin, texts):
        for field in area["field"]:
            cell, seen = self.cut(page, field, origin)
            if not self.agrees(cell, seen, field, texts[field["name"]]):
                raise Wrong(f"the field {field['name']} shows something else")

    def cut(self, page, field, origin):
        x, y, width, height = field["box"]
        placed, cell = Cell(x + origin[0], y + origin[1], width, height), Cell(*field["box"])
        # As wide and high as where it is drawn for comparison: millimetres round differently further down.
        placed.width, placed.height, placed.stride = cell.width, cell.height, cell.stride
        placed.right, placed.bottom = placed.left + cell.width, placed.top + cell.height
        return placed, placed.cut(page)

    def agrees(self, cell, seen, field, text):
        drawn = self.drawn(field, text)[1]
        return cell.strays(seen, drawn) <= MOST_STRAYS * drawn.bit_count()

    def drawn(self, field, text):
        return self._drawn(field["name"], tuple(field["box"]), text, tuple(sorted((key, value) for key, value in field.items() if key in ("size", "least", "lines", "align", "padding"))))

    @lru_cache(maxsize=3000)
    def _drawn(self, _, box, text, kind):
        cell = Cell(*box)
        return cell, self.typeface.drawn(text, {"box": box, **dict(kind)}, cell)
