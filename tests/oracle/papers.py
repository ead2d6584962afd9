"""What the paper of each kind must say, from the registers' files and the citizen's wish alone: form, title, fields, rows in their order."""
from dataclasses import dataclass, field
from pathlib import Path

from flow import Filled
from residents import OMITTED, SEXES, date_of, foreign_fields, full_name, person_fields

FORMS = {"residence_certificate": "residence", "residence_items": "residence", "seal_certificate": "seal", "family_register_whole": "family-register",
         "family_register_persons": "family-register", "family_register_supplement": "supplement", "income": "income", "taxation": "taxation",
         "no_taxation": "taxation", "income_and_taxation": "taxation"}
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
UNKNOWN_AMOUNT = "＊"  # incomes of somebody's dependant who declared nothing


@dataclass
class Paper:
    """`title`, `certification`: words of the form's texts. `rows`: in their order, or in any (`any_order`), if each is a person whom the page names."""
    title: str
    certification: str
    page: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)
    any_order: bool = False
    wide_digits: bool = False  # of the day of issue
    impression: Path | None = None
    who: tuple = ()  # of a paper without rows: the field of the page that names the person, and what else could be mistaken for it


def paper_of(wish, city, texts):
    """`texts`: the form's."""
    return PAPERS[wish["kind"]](wish, city, texts)


# 住民票

def residence(wish, city, texts, title, certifications):
    holder, options = wish["holder"], wish["options"]
    rows = []
    for number in wish["persons"]:
        row = city.people[number]
        fields = foreign_fields(row, options) if row["nationality"] else person_fields(row, options)
        rows.append(Filled("foreign" if row["nationality"] else "person", fields, "name", city.names))
    head = city.head_of(holder) if "head_and_relation" in options else OMITTED
    return Paper(title, certifications[wish["scope"] == "household"], {"address": city.people[holder]["address"], "head": head}, rows, any_order=True)


def residence_copy(wish, city, texts):
    return residence(wish, city, texts, "title", ("certified_part", "certified_household"))


def residence_items(wish, city, texts):
    return residence(wish, city, texts, "title_items", ("certified_items", "certified_items"))


# 印鑑登録証明書

def seal_certificate(wish, city, texts):
    row, seal = city.people[wish["holder"]], city.registers.seals[wish["holder"]]
    beside = [texts[word] + name for word, name in (("former_surname", row["former_surname"]), ("alias", row["alias"]), ("kana_name", seal["kana_name"])) if name]
    born = date_of(row, "born", western=bool(row["nationality"]))
    page = {"name": full_name(row), "name_beside": "　".join(beside), "born": born, "address": row["address"], "sex": SEXES[row["sex"]]}
    return Paper("title", "certified", page, impression=seal["image"], who=("name", city.names))


# 戸籍

def family_register_whole(wish, city, texts):
    register = city.registers.family_registers[wish["register"]]
    return family_register(register, register["persons"], city, texts, "whole")


def family_register_persons(wish, city, texts):
    register = city.registers.family_registers[wish["register"]]
    return family_register(register, [person for person in register["persons"] if person["number"] in wish["persons"]], city, texts, "persons")


def family_register(register, persons, city, texts, extent):
    rows = [Filled("domicile", {"text": register["domicile"]}), Filled("head", {"text": register["head"]})]
    rows += item_rows([("item", "index_surname_kana", register["surname_kana"])], texts)
    rows += [Filled("matters"), *entry_rows(register, "")]
    for person in persons:
        rows += [*registered_person_rows(person, city, texts), Filled("status"), *entry_rows(register, person["number"])]
    return Paper(f"title_{extent}", f"certified_{extent}", {}, rows, wide_digits=True)


def registered_person_rows(person, city, texts):
    name = f"【{texts['index_given_name']}】"
    born = f"【{texts['index_born']}】{wide_date(person)}" + (f"　　【{texts['index_spouse']}】{person['spouse']}" if person["spouse"] else "")
    return [
        Filled("person", {"text": name + person["given_name"]}, "text", tuple(name + other for other in city.given_names)),
        *item_rows([("person_item", "index_kana", person["kana"])], texts),
        Filled("removed_item" if person["removed"] else "person_item", {"text": born}),
        *item_rows([("person_item", f"index_{word}", person[column]) for word, column in (
            ("father", "father"), ("mother", "mother"), ("relation", "relation"), ("adoptive_father", "adoptive_father"), ("adoptive_mother", "adoptive_mother"),
            ("relation", "adoptive_relation"))], texts),
    ]


def item_rows(items, texts):
    return [Filled(row, {"text": f"【{texts[index]}】{text}"}) for row, index, text in items if text]


def entry_rows(register, person):
    rows = []
    for entry in register["entries"].get(person, {}).values():
        label = "　　".join(entry["label"]) if len(entry["label"]) == 2 else entry["label"]  # 出　　生
        for at, (level, index, text) in enumerate(entry["items"]):
            said = {"text": (f"【{index}】" if index else "") + ("" if text == "＊" else text)}
            rows.append(Filled("entry", {"label": label, **said}) if at == 0 else Filled("item" if level == 1 else "under", said))
    return rows


def wide_date(person):
    return person["born_written"] or date_of(person, "born").translate(WIDE)


# 戸籍の附票

def supplement(wish, city, texts):
    record, options = city.registers.supplements[wish["register"]], wish["options"]
    whole, with_register = wish["scope"] == "household", "family_register" in options
    rows = []
    for person in record["persons"]:
        if whole or person["number"] in wish["persons"]:
            rows += supplement_person_rows(person, record["head"], city, texts, options)
    page = {"domicile": record["domicile"] if with_register else OMITTED, "head": record["head"] if with_register else OMITTED,
            "compiled": date_of(record, "compiled"), "recompiled": date_of(record, "recompiled")}
    return Paper("title", "certified_whole" if whole else "certified_part", page, rows)


def supplement_person_rows(person, head, city, texts, options):
    # Beside 筆頭者 the others stand with their given names.
    short = "family_register" in options and person["name"] != head and person["given_name"]
    rows = [Filled("person", {"name": person["given_name"] if short else person["name"], "born": date_of(person, "born"), "sex": SEXES[person["sex"]],
                              "removed": texts["removed"] if person["removed"] else ""}, "name", city.given_names if short else city.names_in_supplements),
            Filled("addresses")]
    rows += [Filled("address", {"address": address["address"], "since": date_of(address, "since")}) for address in person["addresses"]]
    leaves = date_of(person, "leaves_japan")
    remarks = [("leaves_japan", leaves), ("overseas_voter", person["voter_city"] if "overseas_voter" in options else "")]
    return rows + [Filled("remark", {"label": texts[word], "text": text}) for word, text in remarks if text]


# 税

def tax(wish, city, texts, title):
    record = city.registers.tax_records[wish["holder"]]
    amounts = {word: yen(value) if not word.startswith("persons.") else value for word, value in record["amounts"].items()}
    year = int(city.registers.fiscal_year)
    page = {"fiscal_year": date_of({"day": f"{year}-01-01"}, "day").split("年")[0] + "年度", "income_year": date_of({"day": f"{year - 1}-12-31"}, "day").split("年")[0] + "年",
            "name": record["name"], "address": record["address"], "born": date_of(record, "born"), "current_address": city.people[wish["holder"]]["address"],
            **amounts, "total_income": yen(record["total_income"]), "annual_tax": yen(record["annual_tax"])}
    if record["standing"] == "dependant":
        page |= {**{f"incomes.{word}": UNKNOWN_AMOUNT for word in INCOMES}, "total_income": UNKNOWN_AMOUNT}
    return Paper(title, "certified", page, who=("name", city.names_in_tax_records))


def yen(amount):
    value = int(amount or 0)
    return ("△" if value < 0 else "") + f"{abs(value):,}"


INCOMES = ("salary_income", "salary", "public_pension_income", "public_pension", "miscellaneous_business", "miscellaneous_other", "business", "agriculture", "real_estate",
           "interest", "dividends", "general_transfer", "occasional", "short_term_transfer", "long_term_transfer", "shares_unlisted", "shares_listed",
           "dividends_listed", "futures", "forestry", "retirement", "gross_income", "loss_carried_forward")


def taxation(wish, city, texts):
    """Whoever is not taxed gets the same sheet under the title 非課税証明書."""
    return tax(wish, city, texts, "title_no_taxation" if city.registers.tax_records[wish["holder"]]["annual_tax"] == "0" else "title_taxation")


PAPERS = {
    "residence_certificate": residence_copy, "residence_items": residence_items, "seal_certificate": seal_certificate,
    "family_register_whole": family_register_whole, "family_register_persons": family_register_persons, "family_register_supplement": supplement,
    "income": lambda *known: tax(*known, "title_income"), "taxation": taxation, "no_taxation": lambda *known: tax(*known, "title_no_taxation"),
    "income_and_taxation": lambda *known: tax(*known, "title_income_and_taxation"),
}
