"""What the registers besides 住民記録 say of the citizens of holders.py: 印鑑登録, 戸籍, 附票, tax. Each field that may tell somebody is a marker."""
import csv
import datetime
import hashlib

import forms
from holders import rare_word

FIRST_WORD = 24  # those before it are in 住民記録
SIDE = 192  # pixels of a seal's image, a multiple of 8
TODAY = datetime.date.today()
YEAR = TODAY.year if TODAY.month >= 6 else TODAY.year - 1  # 年度 that the issuer links


FIELDS = {"TaxRecord.total_income": 12, "TaxRecord.annual_tax": 13, "TaxAmount.yen": 2}  # contracts/madoguchi/v1/records.proto


def varint(number):
    groups = [number >> shift & 0x7F for shift in range(0, number.bit_length(), 7)]
    return bytes([*(group | 0x80 for group in groups[:-1]), groups[-1]])


def forms_of_amount(yen):
    """As text, with commas, in full-width digits, as a program keeps a number, and as a message does."""
    found = {"an int64": {yen.to_bytes(8, "little")}}
    found.update({name: {bytes([field << 3]) + varint(yen)} for name, field in FIELDS.items()})
    for text in (str(yen), f"{yen:,}", f"{yen:,}".translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))):
        for name, values in forms.forms_of_text(text).items():
            found.setdefault(name, set()).update(values)
    return found


class Records:
    def __init__(self, holder):
        self.holder, which = holder, holder.which
        self.father, self.mother, self.birthplace, self.earlier, self.assessed_at, self.declared = (
            rare_word(FIRST_WORD + 6 * which + i) for i in range(6))
        self.register = f"K73519{which}0264"
        self.persons = [f"P60284{which}7{i}13" for i in range(3)]
        self.seal_number = f"846201{which}39550"
        self.receipt = f"D517390{which}6284"
        self.amounts = {"total": 839174265 + 1117 * which, "salary_income": 917385246 + 1117 * which, "tax": 61738264 + 1117 * which}
        self.impression = b"".join(hashlib.sha256(f"{holder.name} {i}".encode()).digest() for i in range(SIDE * SIDE // 8 // 32))

    def texts(self):
        """The markers, by kind."""
        return {"parents": [self.father, self.mother], "birthplace": [self.birthplace], "earlier address": [self.earlier],
                "戸籍番号": [self.register, *self.persons], "印鑑登録番号": [self.seal_number],
                "tax address": [self.assessed_at], "declaration": [self.declared, self.receipt]}

    def plant_in(self, scanner):
        for kind, texts in self.texts().items():
            for text in texts:
                scanner.plant_text(kind, self.holder.name, text)
        for yen in self.amounts.values():
            scanner.plant("tax amount", self.holder.name, forms_of_amount(yen))
        for at in range(0, len(self.impression), len(self.impression) // 4):
            scanner.plant_bytes("seal", self.holder.name, self.impression[at:at + 48])

    def rows(self):
        """Rows by file, in the columns of docs/registers.md."""
        holder, number = self.holder, self.holder.number
        name, birth = f"{holder.surname}　{holder.given}一", holder.births[0].isoformat()
        domicile = f"北海道{holder.register}町２番地"
        people = list(zip(self.persons, holder.numbers, "一二三", holder.births))
        return {
            "seals": [[number, f"seals/{holder.which}.pbm", self.seal_number, "registered", "2001-07-23", "", ""]],
            "family_registers": [[self.register, domicile, name, "", "", ""]],
            "family_register_persons": [
                [self.register, person, holder.given + which, "", born.isoformat(), "", spouse, holder.surname + self.father,
                 holder.surname + self.mother, "", "", "長男", "", "", resident, ""]
                for (person, resident, which, born), spouse in zip(people, ("夫", "妻", ""))],
            "family_register_entries": [
                [self.register, "", 1, "戸籍編製", 1, "編製日", "平成２０年４月２３日"],
                *([self.register, person, 1, "出生", 1, "出生地", f"北海道{self.birthplace}町"] for person in self.persons)],
            "supplements": [[self.register, domicile, name, "2008-04-23", "", "", ""]],
            "supplement_persons": [
                [self.register, person, f"{holder.surname}　{holder.given}{which}", holder.given + which, born.isoformat(), "", "male", "", "", "", "",
                 resident, ""] for person, resident, which, born in people],
            "supplement_addresses": [[self.register, person, f"北海道{self.earlier}町３番地", "2008-04-23", ""] for person in self.persons],
            "tax_records": [[YEAR, number, name, f"北海道{self.assessed_at}町４番地", birth, "", "assessed", self.amounts["total"], self.amounts["tax"]]],
            "tax_amounts": [[YEAR, number, "incomes", "salary_income", self.amounts["salary_income"]],
                            [YEAR, number, "incomes", "salary", self.amounts["total"]]],
            "tax_declarations": [[f"declarations/{holder.which}.txt", self.receipt, YEAR, number, f"{YEAR}-03-10", f"municipal_declaration/{YEAR}"]],
        }

    def files(self):
        """Contents by the names that the rows give them."""
        return {f"seals/{self.holder.which}.pbm": f"P4\n{SIDE} {SIDE}\n".encode() + self.impression,
                f"declarations/{self.holder.which}.txt": f"医療費控除　{self.declared}医院\n".encode()}


def write(records, city, directory):
    """The files of all registers but 住民記録, with the columns of the city's own."""
    for name in records[0].rows():
        with (city / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        with (directory / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([header, *(row for record in records for row in record.rows()[name])])
    for record in records:
        for name, content in record.files().items():
            (directory / name).parent.mkdir(exist_ok=True)
            (directory / name).write_bytes(content)
