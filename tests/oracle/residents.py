"""The cities' residents as they were loaded, and what a certificate of residence must say of them."""
import csv
import datetime
import random
from pathlib import Path

ERAS = [("令和", (2019, 5, 1)), ("平成", (1989, 1, 8)), ("昭和", (1926, 12, 25)), ("大正", (1912, 7, 30)), ("明治", (1868, 1, 25))]
OMITTED = "＊＊＊"
# Columns of residents.csv (docs/registers.md), by the names of the form's fields.
COLUMNS = {"number": "宛名番号", "household": "世帯番号", "address": "住所", "name": "氏名", "kana": "氏名_振り仮名", "former_surname": "旧氏",
           "former_surname_kana": "旧氏_振り仮名", "born": "生年月日", "sex": "性別", "relation": "続柄", "resident_since": "住民となった年月日",
           "address_since": "住所を定めた年月日", "notified": "届出年月日", "previous_address": "転入前住所", "family_register": "本籍",
           "register_head": "筆頭者", "individual_number": "個人番号", "state": "住民状態", "suppressions": "抑止理由", "leaving": "転出予定年月日", "nationality": "国籍・地域"}
DATES = ("born", "resident_since", "address_since", "notified")
SEXES = {"male": "男", "female": "女", "": ""}


def japanese_date(year, month, day):
    name, (first, _, _) = next(era for era in ERAS if era[1] <= (year, month, day))
    count = year - first + 1
    return f"{name}{'元' if count == 1 else count}年{month}月{day}日"


def date_of(row, name):
    """As it is printed: as it was written into the record, else in 和暦."""
    if row[f"{name}_written"] or not row[name]:
        return row[f"{name}_written"]
    return japanese_date(*map(int, row[name].split("-")))


def person_fields(row, place, options):
    """The text of every field of one person, by the form's names."""
    relation, register, number = (option in options for option in ("head_and_relation", "family_register", "individual_number"))
    return {
        "number": str(place), "kana": row["kana"] if "kana" in options else OMITTED, "name": row["name"], "former_surname_kana": row["former_surname_kana"] if "kana" in options else OMITTED, "remarks": "", "former_surname": row["former_surname"],
        "born": date_of(row, "born"), "sex": SEXES[row["sex"]], "resident_since": date_of(row, "resident_since"), "address_since": date_of(row, "address_since"),
        "notified": date_of(row, "notified"), "previous_address": row["previous_address"], "resident_code": OMITTED,
        "relation": row["relation"] if relation else OMITTED, "family_register": row["family_register"] if register else OMITTED,
        "register_head": row["register_head"] if register else OMITTED, "individual_number": row["individual_number"] if number else OMITTED,
    }


class City:
    """`code`, its `name` and `prefecture`, its residents by 宛名番号 and its households."""

    def __init__(self, code, prefecture, name, residents):
        self.code, self.prefecture, self.name = code, prefecture, name
        self.people, self.households = {}, {}
        with Path(residents).open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                row = {**{name: line[column] for name, column in COLUMNS.items()}, **{f"{name}_written": line[f"{COLUMNS[name]}_表記"] for name in DATES}}
                self.people[row["number"]] = row
                self.households.setdefault(row["household"], []).append(row)
        self.names = sorted({row["name"] for row in self.people.values()})

    def household_of(self, number):
        return self.households[self.people[number]["household"]]

    def head_of(self, number):
        return next(row["name"] for row in self.household_of(number) if row["relation"] == "世帯主")

    def may_apply(self, number, today):
        """Whether this resident may have a certificate that the oracle can read: old enough, nothing keeps anybody of the household
        back, nobody is about to leave, and nobody is foreign, whose record has other fields."""
        row = self.people[number]
        if any(member["suppressions"] or member["leaving"] or member["nationality"] or member["state"] != "current"
               for member in self.household_of(number)) or not row["born"]:
            return False
        born = datetime.date.fromisoformat(row["born"])
        return (born.year + 16, born.month, born.day) <= (today.year, today.month, today.day)  # a year more than the rule's 15

    def rivals(self, name, most=6):
        """Names of others that look most like this one, and some that do not."""
        alike = sorted((other for other in self.names if other != name),
                       key=lambda other: -sum(a == b for a, b in zip(name, other)) + abs(len(name) - len(other)))
        return alike[:most] + random.Random(name).sample(alike, min(2, len(alike)))
