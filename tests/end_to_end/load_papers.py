"""What the oracle says of a paper on which something stands that should not: it must complain each time."""
import datetime

from load_run import LoadRun  # and the oracle's folder is known

import printed
from entitled import TAX_KINDS, Entitled
from judge import field_of
from papers import FORMS

SOMETHING_ELSE = "shows something else|is not there|beside what a row|nobody should|pages"


class PapersOfALoad(LoadRun):
    def test_complains_about_the_paper_of_another_citizen_of_each_kind(self):  # lesson 足立
        for kind in FORMS:
            with self.subTest(kind=kind):
                wish = self.wish(kind=kind)
                self.assert_complains(f"{SOMETHING_ELSE}|is none of those", self.judge.papers, self.pages(wish), self.of_somebody_else(wish), self.numbers(wish))

    def of_somebody_else(self, wish):
        """The same wish, of another household and another 戸籍."""
        city = self.installed.city(wish["city"])
        entitled, register = Entitled(city, datetime.date.today()), city.registers.family_register_of
        other = next(number for number in city.people if number != wish["holder"] and number not in wish["persons"] and entitled.resident_may_come(number)
                     and entitled.may_have(number, wish["kind"]) and (not wish["register"] or register[number] != wish["register"]))
        persons = city.registers.family_registers[register[other]]["persons"] if wish["register"] else []
        own = next((person["number"] for person in persons if person["resident"] == other), other)
        return {**wish, "holder": other, "persons": [own], "register": register[other] if wish["register"] else ""}

    def test_complains_about_another_household_on_the_paper(self):
        wish, other = self.pair(kind="residence_certificate")
        # Not even if it only names another household where its own number stands.
        self.assert_complains("address|head|is none of those|pages", self.judge.papers, self.pages(other), wish, self.numbers(other))

    def test_complains_about_the_paper_of_another_kind_on_the_same_form(self):
        for one, other in (("residence_certificate", "residence_items"), ("family_register_whole", "family_register_persons"), ("taxation", "income_and_taxation")):
            wish = self.wish(kind=one, city=self.installed.cities[0].code)  # which offers all kinds
            pages, numbers = self.pages(wish), self.numbers(wish)
            self.assert_complains("title|pages", self.judge.papers, pages, {**wish, "kind": other}, numbers)

    def test_complains_about_a_name_that_is_another(self):
        wish = self.wish(kind="residence_certificate")
        self.with_records()
        city = self.judge.installed.city(wish["city"])
        person = city.people[wish["persons"][0]]
        person["name"] = next(name for name in city.names if name != person["name"])
        self.assert_complains("the name is none of those", self.judge.papers, self.pages(wish), wish, self.numbers(wish))

    def test_complains_about_a_day_of_birth_or_an_address_that_is_another(self):
        wish = self.wish(kind="residence_certificate")
        for column, value, sentence in (("born", "1951-02-03", "day of birth"), ("address", "東京都千代田区一番町１番地", "address"), ("previous_address", "東京都千代田区一番町１番地", "previous_address")):
            self.with_records()
            for number in {wish["holder"], *wish["persons"]}:
                self.judge.installed.city(wish["city"]).people[number].update({column: value, "born_written": ""})
            self.assert_complains(sentence, self.judge.papers, self.pages(wish), wish, self.numbers(wish))

    def test_complains_about_any_item_of_a_family_register_that_is_another(self):
        wish = self.wish(kind="family_register_whole")
        pages, numbers = self.pages(wish), self.numbers(wish)

        def change_entry(record):
            entry = next(iter(record["entries"][record["persons"][0]["number"]].values()))
            level, index, text = entry["items"][0]
            entry["items"][0] = (level, index, text[:-1] + "月")

        def change_person(**change):
            return lambda record: record["persons"][-1].update(change)
        for change in (change_entry, change_person(given_name="見本"), change_person(father="見本"), change_person(born="1901-01-01", born_written=""),
                       lambda record: record.update(domicile="東京都千代田区一番町１番地"), lambda record: record["persons"].reverse(), lambda record: record["persons"].pop()):
            self.with_records()
            change(self.judge.installed.city(wish["city"]).registers.family_registers[wish["register"]])
            self.assert_complains(SOMETHING_ELSE, self.judge.papers, pages, wish, numbers)

    def test_complains_about_somebody_who_is_removed_from_the_register_on_the_paper_alone_or_in_the_record_alone(self):
        wish = self.wish(kind="family_register_whole")
        self.with_records()
        person = self.judge.installed.city(wish["city"]).registers.family_registers[wish["register"]]["persons"][-1]
        person["removed"] = "" if person["removed"] else "1"
        self.assert_complains("the label 除　籍 is not there|beside what a row", self.judge.papers, self.pages(wish), wish, self.numbers(wish))

    def test_complains_about_ink_beside_what_a_row_has(self):
        wish = self.wish(kind="family_register_whole", copies=1)
        first, *more = self.pages(wish)
        page, (x, y, _, _) = bytearray(first), self.reading(wish).form["flow"]["at"]
        left, top = ((round((at + by) * printed.PIXELS_PER_MM)) for at, by in ((x, 1), (y, 12)))  # in the row of 筆頭者, left of its label
        page[top * printed.STRIDE + left // 8] ^= 1
        self.assert_complains("beside what a row", self.judge.papers, [bytes(page), *more], wish, self.numbers(wish))

    def test_complains_about_an_address_of_a_supplement_that_is_another_or_missing(self):
        wish = self.wish(kind="family_register_supplement")
        pages, numbers = self.pages(wish), self.numbers(wish)
        for change in (lambda addresses: addresses[0].update(address="東京都千代田区一番町１番地"), lambda addresses: addresses[-1].update(since="1901-01-01", since_written=""),
                       lambda addresses: addresses.append(dict(addresses[-1])), lambda addresses: addresses.pop()):
            self.with_records()
            record = self.judge.installed.city(wish["city"]).registers.supplements[wish["register"]]
            change(next(person for person in record["persons"] if person["number"] in wish["persons"])["addresses"])
            self.assert_complains(SOMETHING_ELSE, self.judge.papers, pages, wish, numbers)

    def test_complains_about_a_tax_record_that_is_another(self):
        for kind in TAX_KINDS:
            wish = self.wish(kind=kind)
            pages, numbers = self.pages(wish), self.numbers(wish)
            for change, sentence in (({"total_income": "7"}, "total_income"), ({"name": "見本　太郎"}, "name"), ({"address": "見本"}, "address"),
                                     ({"standing": "assessed", "amounts": {"incomes.forestry": "1"}}, "incomes")):
                self.with_records()
                record = self.judge.installed.city(wish["city"]).registers.tax_records[wish["holder"]]
                record.update({"standing": "assessed", **change})
                self.assert_complains(f"the field .*{sentence}|incomes", self.judge.papers, pages, wish, numbers)
            self.with_records()
            self.judge.installed.city(wish["city"]).registers.fiscal_year = "2001"
            self.assert_complains("fiscal_year", self.judge.papers, pages, wish, numbers)

    def test_complains_about_the_impression_of_another_seal(self):
        wish = self.wish(kind="seal_certificate")
        pages, numbers = self.pages(wish), self.numbers(wish)
        seals = self.installed.city(wish["city"]).registers.seals
        own = seals[wish["holder"]]["image"].read_bytes()
        for other in [seal["image"] for seal in seals.values() if seal["image"].read_bytes() != own][:5] + [self.with_one_pixel_changed(own)]:
            self.with_records()
            self.judge.installed.city(wish["city"]).registers.seals[wish["holder"]]["image"] = other
            self.assert_complains("the impression of the seal is another", self.judge.papers, pages, wish, numbers)

    def with_one_pixel_changed(self, seal):
        changed = self.directory / "changed.pbm"
        changed.write_bytes(seal[:len(seal) // 2] + bytes([seal[len(seal) // 2] ^ 1]) + seal[len(seal) // 2 + 1:])
        return changed

    def test_complains_about_another_seal_of_the_city(self):
        wish = self.wish()
        self.judge.seal = printed.Bitmap(self.with_one_pixel_changed(self.installed.seal.read_bytes()))
        self.assert_complains("電子公印 is another", self.judge.papers, self.pages(wish), wish, self.numbers(wish))

    def test_complains_if_it_cuts_out_another_cell(self):
        wish = self.wish(kind="residence_certificate")
        field_of(self.reading(wish).form["row"]["person"], "name")["box"] = [27, 17.8, 81, 8.9]
        self.assert_complains("the name is none of those", self.judge.papers, self.pages(wish), wish, self.numbers(wish))

    def test_complains_about_a_stroke_that_is_missing(self):
        wish = self.wish(kind="residence_certificate", copies=1)
        page, *more = self.pages(wish)
        form, page = self.reading(wish).form, bytearray(page)
        x, y, _, height = field_of(form["row"]["person"], "name")["box"]
        left, top = (round((x + by) * printed.PIXELS_PER_MM) for x, by in ((x, form["flow"]["at"][0]), (y, form["flow"]["at"][1])))
        for row in range(top, top + round(height * printed.PIXELS_PER_MM)):
            begin = row * printed.STRIDE + left // 8 + 10
            page[begin:begin + 4] = bytes(4)  # 32 pixels wide, through the first character
        self.assert_complains("the name is none of those", self.judge.papers, [bytes(page), *more], wish, self.numbers(wish))

    def test_complains_about_a_person_more_on_the_paper(self):
        wish = self.wish(kind="residence_certificate", copies=1)
        form, persons = self.reading(wish).form, len(wish["persons"])
        self.assertLess(persons, 4)
        page = bytearray(self.pages(wish)[0])
        y, height = form["flow"]["at"][1], form["row"]["person"]["height"]
        first, second, place, after = (round((y + height * slot) * printed.PIXELS_PER_MM) * printed.STRIDE for slot in (0, 1, persons, persons + 1))
        page[place:after] = page[first:second] + page[second:second + after - place - (second - first)]
        self.assert_complains("where nobody should", self.judge.papers, [bytes(page)], wish, self.numbers(wish))

    def test_a_name_that_looks_alike_does_not_pass(self):
        reading = self.judge.readings["residence"]
        field = field_of(reading.form["row"]["person"], "name")
        for one, other in (("高橋", "髙橋"), ("辻\U000e0100", "辻\U000e0101"), ("末木", "未木"), ("土井", "士井")):
            cell, seen = reading.drawn(field, one)
            self.assertTrue(reading.agrees(cell, seen, field, one))
            self.assertFalse(reading.agrees(cell, seen, field, other), other)

    def test_one_mark_of_a_long_text_does_not_get_lost(self):
        reading = self.judge.readings["family-register"]
        field = {**field_of(reading.form["row"]["item"], "text"), "box": [53.5, 0.2, 125, 20]}
        text = "【特記事項】" + "ガスの届出は令和８年２月１日に見本市長から送付された。" * 3
        cell, seen = reading.drawn(field, text)
        self.assertTrue(reading.agrees(cell, seen, field, text))
        for one, other in (("ガ", "カ"), ("１", "２"), ("市", "巾"), ("。", "．")):
            self.assertFalse(reading.agrees(cell, seen, field, text.replace(one, other, 1)), one)
