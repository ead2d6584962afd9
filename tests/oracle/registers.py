"""A city's other registers as they were loaded (docs/registers.md): 戸籍, 附票, 印鑑登録, 個人住民税, and who is kept back."""
import csv
from pathlib import Path

REGISTER = {"domicile": "本籍", "head": "筆頭者", "surname_kana": "氏_振り仮名", "pending": "届出処理中", "closed": "除籍"}
REGISTER_PERSON = {"number": "戸籍個人番号", "given_name": "名", "kana": "名_振り仮名", "born": "生年月日", "born_written": "生年月日_表記", "spouse": "配偶者区分", "father": "父",
                   "mother": "母", "adoptive_father": "養父", "adoptive_mother": "養母", "relation": "続柄", "adoptive_relation": "養親との続柄", "removed": "除籍",
                   "resident": "宛名番号", "suppressions": "抑止理由"}
SUPPLEMENT = {"domicile": "本籍", "head": "筆頭者", "compiled": "編製年月日", "compiled_written": "編製年月日_表記", "recompiled": "改製年月日", "recompiled_written": "改製年月日_表記"}
SUPPLEMENT_PERSON = {"number": "戸籍個人番号", "name": "氏名", "given_name": "名", "born": "生年月日", "born_written": "生年月日_表記", "sex": "性別", "removed": "除籍",
                     "voter_city": "在外選挙人名簿登録市区町村名", "leaves_japan": "国外転出予定年月日", "leaves_japan_written": "国外転出予定年月日_表記", "resident": "宛名番号",
                     "suppressions": "抑止理由"}
ADDRESS = {"address": "住所", "since": "住定年月日", "since_written": "住定年月日_表記"}
TAX = {"name": "賦課期日氏名", "address": "賦課期日住所", "born": "生年月日", "born_written": "生年月日_表記", "standing": "申告区分", "total_income": "合計所得金額", "annual_tax": "年税額"}


def lines_of(file):
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def picked(line, columns):
    return {name: line[column] for name, column in columns.items()}


class Registers:
    """`family_registers` and `supplements` by 戸籍番号, `seals` and `tax_records` (of the newest 年度) by 宛名番号."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.family_registers = self._registers("family_registers", REGISTER, "family_register_persons", REGISTER_PERSON)
        self.supplements = self._registers("supplements", SUPPLEMENT, "supplement_persons", SUPPLEMENT_PERSON)
        self._add_entries()
        self._add_addresses()
        self.seals = {line["宛名番号"]: {"state": line["印鑑登録状態"], "kana_name": line["氏名_カタカナ表記"], "image": self.directory / line["印影_ファイル"]}
                      for line in self._lines("seals")}
        self.fiscal_year, self.tax_records = self._tax()
        self.suppressed = {(line["対象者番号"], line["対象台帳"]) for line in self._lines("suppressions")}
        self.family_register_of, self.supplement_of = self._standing_in(self.family_registers), self._standing_in(self.supplements)

    def _lines(self, name):
        return lines_of(self.directory / f"{name}.csv")

    def _registers(self, registers, columns, persons, person_columns):
        found = {line["戸籍番号"]: {"number": line["戸籍番号"], **picked(line, columns), "persons": [], "entries": {}} for line in self._lines(registers)}
        for line in self._lines(persons):
            found[line["戸籍番号"]]["persons"].append(picked(line, person_columns))
        return found

    @staticmethod
    def _standing_in(registers):
        """In which one somebody stands now: by 戸籍個人番号, and by 宛名番号 for whoever has one."""
        standing = {}
        for number, register in registers.items():
            for person in register["persons"]:
                if not person["removed"]:
                    standing[person["number"]] = number
                    if person["resident"]:
                        standing[person["resident"]] = number
        return standing

    def _add_entries(self):
        """To each register, by person ("" for 戸籍事項): entries of a label and items of level, index and text."""
        for line in self._lines("family_register_entries"):
            of_person = self.family_registers[line["戸籍番号"]]["entries"].setdefault(line["戸籍個人番号"], {})
            entry = of_person.setdefault(line["記載番号"], {"label": line["事項"], "items": []})
            entry["items"].append((int(line["階層"]), line["項目"], line["内容"]))

    def _add_addresses(self):
        addresses = {}
        for line in self._lines("supplement_addresses"):
            addresses.setdefault((line["戸籍番号"], line["戸籍個人番号"]), []).append(picked(line, ADDRESS))
        for number, supplement in self.supplements.items():
            for person in supplement["persons"]:
                person["addresses"] = addresses.get((number, person["number"]), [])

    def _tax(self):
        records = list(self._lines("tax_records"))
        newest = max((line["年度"] for line in records), default="")
        found = {line["宛名番号"]: {**picked(line, TAX), "amounts": {}} for line in records if line["年度"] == newest}
        for line in self._lines("tax_amounts"):
            if line["年度"] == newest:
                found[line["宛名番号"]]["amounts"][f"{line['区分']}.{line['項目']}"] = line["値"]
        return newest, found

    def person_in(self, register, number):
        return next(person for person in register["persons"] if person["number"] == number)
