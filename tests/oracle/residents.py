"""The cities' residents as they were loaded, and what a certificate of residence must say of them."""
import random
from pathlib import Path

from registers import Registers, lines_of

ERAS = [("令和", (2019, 5, 1)), ("平成", (1989, 1, 8)), ("昭和", (1926, 12, 25)), ("大正", (1912, 7, 30)), ("明治", (1868, 1, 25))]
OMITTED = "＊＊＊"
# Columns of residents.csv (docs/registers.md), by the names of the form's fields.
COLUMNS = {"number": "宛名番号", "household": "世帯番号", "address": "住所", "name": "氏名", "kana": "氏名_振り仮名", "former_surname": "旧氏",
           "former_surname_kana": "旧氏_振り仮名", "born": "生年月日", "sex": "性別", "relation": "続柄", "resident_since": "住民となった年月日",
           "address_since": "住所を定めた年月日", "notified": "届出年月日", "previous_address": "転入前住所", "family_register": "本籍",
           "register_head": "筆頭者", "individual_number": "個人番号", "state": "住民状態", "suppressions": "抑止理由", "leaving": "転出予定年月日",
           "nationality": "国籍・地域", "name_kanji": "氏名_外国人漢字", "alias": "通称", "foreign_resident_since": "外国人住民となった年月日"}
DATES = ("born", "resident_since", "address_since", "notified", "foreign_resident_since")
SEXES = {"male": "男", "female": "女", "": ""}


def japanese_date(year, month, day):
    name, (first, _, _) = next(era for era in ERAS if era[1] <= (year, month, day))
    count = year - first + 1
    return f"{name}{'元' if count == 1 else count}年{month}月{day}日"


def date_of(row, name, western=False):
    """As it is printed: as it was written into the record, else in 和暦, or in the western calendar."""
    if row.get(f"{name}_written") or not row[name]:
        return row.get(f"{name}_written", "")
    year, month, day = map(int, row[name].split("-"))
    return f"{year}年{month}月{day}日" if western else japanese_date(year, month, day)


def full_name(row):
    """A foreign resident's in the alphabet, then in 漢字."""
    return "　".join(name for name in (row["name"], row["name_kanji"]) if name)


def common_fields(row, options):
    relation, number = "head_and_relation" in options, "individual_number" in options
    return {"kana": row["kana"] if "kana" in options else OMITTED, "name": full_name(row), "remarks": "", "sex": SEXES[row["sex"]],
            "address_since": date_of(row, "address_since"), "notified": date_of(row, "notified"), "previous_address": row["previous_address"], "resident_code": OMITTED,
            "relation": row["relation"] if relation else OMITTED, "individual_number": row["individual_number"] if number else OMITTED}


def person_fields(row, options):
    """The text of every field of one person but the number in the order, by the form's names."""
    register = "family_register" in options
    return {**common_fields(row, options), "former_surname_kana": row["former_surname_kana"] if "kana" in options else OMITTED, "former_surname": row["former_surname"],
            "born": date_of(row, "born"), "resident_since": date_of(row, "resident_since"),
            "family_register": row["family_register"] if register else OMITTED, "register_head": row["register_head"] if register else OMITTED}


def foreign_fields(row, options):
    """The same of a foreign resident. No city of a load offers the items of residence, so that none is asked for."""
    return {**common_fields(row, options), "born": date_of(row, "born", western=True), "foreign_resident_since": date_of(row, "foreign_resident_since"), "alias": row["alias"],
            **dict.fromkeys(("nationality", "category", "status", "period", "expires", "card_number"), OMITTED)}


class City:
    """`code`, its `name` and `prefecture`; `kinds`: what its rules say of each kind that it offers; its residents by 宛名番号, its households and `registers`."""

    def __init__(self, code, prefecture, name, directory, kinds):
        self.code, self.prefecture, self.name, self.kinds = code, prefecture, name, kinds
        self.registers = Registers(directory)
        self.people, self.households = {}, {}
        for line in lines_of(Path(directory) / "residents.csv"):
            row = {**{name: line[column] for name, column in COLUMNS.items()}, **{f"{name}_written": line[f"{COLUMNS[name]}_表記"] for name in DATES}}
            self.people[row["number"]] = row
            self.households.setdefault(row["household"], []).append(row)
        self.names = tuple(sorted({full_name(row) for row in self.people.values()}))
        self.given_names = tuple(sorted({person["given_name"] for register in self.registers.family_registers.values() for person in register["persons"]}))
        self.names_in_supplements = tuple(sorted({person["name"] for record in self.registers.supplements.values() for person in record["persons"]}))
        self.names_in_tax_records = tuple(sorted({record["name"] for record in self.registers.tax_records.values()}))

    def everybody_of(self, number):
        """Also who has left the household."""
        return self.households[self.people[number]["household"]]

    def household_of(self, number):
        return [row for row in self.everybody_of(number) if row["state"] == "current"]

    def head_of(self, number):
        return next(row["name"] for row in self.household_of(number) if row["relation"] == "世帯主")

    def is_kept_back(self, number):
        return number in self.people and bool(self.people[number]["suppressions"])


def rivals(name, names, most=6):
    """Of `names` those that look most like this one, and some that do not."""
    alike = sorted((other for other in names if other != name), key=lambda other: -sum(a == b for a, b in zip(name, other)) + abs(len(name) - len(other)))
    return alike[:most] + random.Random(name).sample(alike, min(2, len(alike)))
