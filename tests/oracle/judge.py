"""One printed certificate before the oracle: what was signed, and what stands on the paper, is what its citizen wanted."""
import dataclasses
import re
from pathlib import Path

import printed
from flow import Flow
from papers import FORMS, WIDE, paper_of
from reading import Reading
from residents import japanese_date
from statements import APPLICATION, CERTIFICATE, OPENING, Message, Statement, Wrong, digest
from typeface import Typeface

KINDS = {"residence_certificate": 1, "residence_items": 2, "seal_certificate": 3, "family_register_whole": 4, "family_register_persons": 5,
         "family_register_supplement": 6, "income": 7, "taxation": 8, "no_taxation": 9, "income_and_taxation": 10}
SERVICES = {"home": 1, "domicile": 2}
SCOPES = {"self": 1, "members": 2, "household": 3}
OPTIONS = {"head_and_relation": 1, "family_register": 2, "individual_number": 3, "overseas_voter": 15}


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
        self.typeface = Typeface(*installed.fonts)
        self.readings = {name: Reading(installed.forms / f"{name}.toml", self.typeface) for name in set(FORMS.values())}
        self.seal = printed.Bitmap(installed.seal)

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
        expect((opened.text(2), opened.number(3), opened.text(4)), (wish["city"], SERVICES[wish["service"]], evidence.kiosk), "city, service and kiosk of the opening")
        application = Statement(evidence.application, APPLICATION)
        expect(application.certificate, opened.bytes(6), "the session that signed the application")
        applied = Message(application.content)
        self.application(applied, opening, wish, evidence.kiosk)
        certificate = Statement(evidence.certificate, CERTIFICATE)
        if certificate.certificate not in self.installed.statement_keys[wish["city"]]:
            raise Wrong("a certificate that another than the city signed")
        said = Message(certificate.content)
        expect(said.bytes(1), application.digest, "the application that the certificate answers")
        expect((said.bytes(2), said.number(3), said.all(5), said.number(6)), (applied.bytes(2), applied.number(6), applied.all(8), applied.number(11)),
               "id, kind, persons and fee of the certificate")
        copies = [Message(copy) for copy in said.all(4)]
        expect(len(copies), wish["copies"], "copies")
        return {"issuance": applied.bytes(2).hex(), "city": wish["city"], "kind": wish["kind"], "kiosk": evidence.kiosk, "application": application.digest.hex(),
                "certificate": certificate.digest.hex(), "fee": applied.number(11), "numbers": [copy.text(1) for copy in copies],
                "digests": [Message(page).bytes(1) for copy in copies for page in copy.all(2)]}

    def application(self, applied, opening, wish, kiosk):
        expect(applied.bytes(1), opening.digest, "the opening that the application is of")
        expect((applied.text(4), applied.text(5), applied.number(6)), (wish["city"], kiosk, KINDS[wish["kind"]]), "city, kiosk and kind")
        expect(applied.number(7), SCOPES[wish["scope"]], "scope")
        handles = applied.all(8)
        expect((len(handles), len(set(handles))), (len(wish["persons"]),) * 2, "persons applied for")
        expect(applied.numbers(9), sorted(OPTIONS[option] for option in wish["options"]), "options")
        expect((applied.number(10), applied.number(11)), (wish["copies"], wish["copies"] * self.installed.city(wish["city"]).kinds[wish["kind"]]["fee"]), "copies and fee")

    # What stands on the paper

    def papers(self, pages, wish, numbers, thoroughly=False):
        reading, city = self.readings[FORMS[wish["kind"]]], self.installed.city(wish["city"])
        paper = paper_of(wish, city, reading.texts)
        count, left_over = divmod(len(pages), wish["copies"])
        expect(left_over, 0, "pages that belong to no copy")
        for copy, number in enumerate(numbers):
            Copy(reading, city, paper, thoroughly).check(pages[copy * count:(copy + 1) * count], self.frame(city, wish["kind"], paper, number), self.seal)

    def frame(self, city, kind, paper, issuance_number):
        """What stands in every form."""
        day = re.fullmatch(r"(\d{4})(\d\d)(\d\d) (\S+) (\S+) \d{6,}", issuance_number)
        if day is None or day[4] != city.name:
            raise Wrong(f"a 発行番号 of another form: {issuance_number}")
        issued_on = japanese_date(*map(int, day.groups()[:3]))
        title = city.kinds[kind]["title_on_paper"] or self.readings[FORMS[kind]].texts[paper.title]
        return {"title": title, "issuance_number": issuance_number, "issued_on": issued_on.translate(WIDE) if paper.wide_digits else issued_on,
                "authority": f"{city.prefecture}{city.name}長　{self.installed.authority}"}


def page_number(texts, page, pages):
    number = texts.get("page_number", "{page}/{pages}")
    for word, value in (("{page}", page), ("{pages}", pages)):
        number = number.replace(word, str(value))
    return number.replace("{ページ}", str(page).translate(WIDE)).replace("{総ページ}", str(pages).translate(WIDE))


class Copy:
    """One copy of a certificate on its pages."""

    def __init__(self, reading, city, paper, thoroughly):
        self.reading, self.city, self.paper, self.thoroughly = reading, city, paper, thoroughly
        self.form, self.texts = reading.form, reading.texts

    def check(self, pages, frame, seal):
        flowing = self.flowing(pages)
        expect(len(pages), len(flowing), "pages")
        common = {**self.paper.page, "title": frame["title"], "issuance_number": frame["issuance_number"]}
        for at, (page, rows) in enumerate(zip(pages, flowing), 1):
            self.reading.area(page, self.form["page"], (0, 0), {**common, "page_number": page_number(self.texts, at, len(pages))})
            self.rows(page, rows, ends=at == len(pages))
        self.page_of_one(pages[0])
        self.reading.area(pages[-1], self.form["footer"], (0, 0), {**frame, "certification": self.texts[self.paper.certification]})
        self.reading.image(pages[-1], self.form["seal"], seal, "電子公印")

    def page_of_one(self, page):
        """Of a certificate without rows: whose it is."""
        if self.paper.who:
            name, others = self.paper.who
            self.names_nobody_else(page, field_of(self.form["page"], name), (0, 0), self.paper.page[name], others)
        if self.paper.impression:
            image, = self.form["page"]["image"]
            self.reading.image(page, image["box"], printed.Bitmap(self.paper.impression), "the impression of the seal", framed="frame" in image)

    def names_nobody_else(self, page, field, origin, name, others, row=None, grown=0):
        looked_at = others if self.thoroughly else self.reading.rivals(name, others)
        self.reading.names_nobody_else(page, field, origin, name, looked_at, row, grown)

    # Rows

    def flowing(self, pages):
        """The rows of each page, where they must stand."""
        if "flow" not in self.form:
            return [[]]
        flow = Flow(self.form, self.reading.typeface)
        planned = flow.pages(self.paper.rows)
        if not self.paper.any_order or len(planned) != len(pages):
            return planned
        missing, places = list(self.paper.rows), iter(range(1, len(self.paper.rows) + 1))
        return flow.pages([self.found(page, standing.top, next(places), missing) for page, rows in zip(pages, planned) for standing in rows])

    def found(self, page, top, place, missing):
        """Who stands there: one of `missing`, by name and day of birth."""
        origin = self.form["flow"]["at"][0], top
        by_name = [filled for filled in missing if self.shows(page, filled, "name", origin)]
        if not by_name:
            raise Wrong(f"person {place}: the name is none of those that were applied for")
        found = next((filled for filled in by_name if self.shows(page, filled, "born", origin)), None)
        if found is None:
            raise Wrong(f"person {place}: the day of birth is another's")
        if found.texts["relation"] == "世帯主" and place != 1:
            raise Wrong("the head does not stand first")
        missing.remove(found)
        return dataclasses.replace(found, texts={**found.texts, "number": str(place)})

    def shows(self, page, filled, name, origin):
        return self.reading.shows(page, field_of(self.form["row"][filled.row], name), origin, filled.texts[name])

    def rows(self, page, rows, ends):
        if "flow" not in self.form:
            return
        left, bottom = self.form["flow"]["at"][0], self.form["flow"]["at"][1]
        for standing in rows:
            row, filled, origin = self.form["row"][standing.filled.row], standing.filled, (left, standing.top)
            self.reading.row(page, filled.row, origin, filled.texts, standing.grown)
            if filled.who:
                self.names_nobody_else(page, field_of(row, filled.who), origin, filled.texts[filled.who], filled.others, row, standing.grown)
            bottom = standing.top + row["height"] + standing.grown
        height = self.form["flow"].get("last_height", self.form["flow"]["at"][3]) if ends else self.form["flow"]["at"][3]
        self.reading.nothing_below(page, bottom, self.form["flow"]["at"][1] + height, ends)


def field_of(area, name):
    return next(field for field in area["field"] if field["name"] == name)
