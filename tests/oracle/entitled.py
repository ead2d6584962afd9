"""Who may have which certificate, as the registers' files say it: what the citizens' side plans from (docs/rules.md, docs/chain.md)."""
import datetime

REGISTER_KINDS = ("family_register_whole", "family_register_persons", "family_register_supplement")
TAX_KINDS = ("income", "taxation", "no_taxation", "income_and_taxation")
OLD_ENOUGH = 16  # a year more than what the rules ask for, so that nobody has a birthday during the load


class Entitled:
    def __init__(self, city, today):
        self.city, self.registers, self.today = city, city.registers, today

    def holders(self):
        """Numbers of all who may have something: residents by 宛名番号; by 戸籍個人番号 those who have nothing but the 本籍 here."""
        residents = [number for number in self.city.people if self.resident_may_come(number)]
        elsewhere = [person["number"] for register in self.registers.family_registers.values() for person in register["persons"]
                     if not person["removed"] and not person["resident"] and self.is_old_enough(person["born"])]
        return [number for number in residents + elsewhere if self.kinds_of(number)]

    def kinds_of(self, holder):
        return [kind for kind in self.city.kinds if self.may_have(holder, kind)]

    def may_have(self, holder, kind):
        if kind in REGISTER_KINDS:
            return self.register_may_be_had(holder, kind)
        if holder not in self.city.people:
            return False
        if kind in TAX_KINDS:
            return self.tax_may_be_had(holder, kind)
        return kind != "seal_certificate" or self.registers.seals.get(holder, {}).get("state") == "registered"

    def resident_may_come(self, number):
        """Nothing keeps anybody of the household back, nobody of it is about to leave, and the holder is old enough."""
        household = self.city.everybody_of(number)
        kept_back = any(row["suppressions"] or (row["number"], "residents") in self.registers.suppressed or row["leaving"] for row in household)
        row = self.city.people[number]
        return row["state"] == "current" and not kept_back and self.is_old_enough(row["born"])

    def is_old_enough(self, day):
        if not day:
            return False
        born = datetime.date.fromisoformat(day)
        return (born.year + OLD_ENOUGH, born.month, born.day) <= (self.today.year, self.today.month, self.today.day)

    def register_may_be_had(self, holder, kind):
        number = self.registers.family_register_of.get(holder)
        if number is None or self.registers.supplement_of.get(holder) != number:
            return False
        register, supplement = self.registers.family_registers[number], self.registers.supplements[number]
        if register["pending"] or register["closed"]:
            return False
        record, name = (supplement, "supplements") if kind == "family_register_supplement" else (register, "family_registers")
        return not any(person["suppressions"] or (person["number"], name) in self.registers.suppressed or (person["resident"], "residents") in self.registers.suppressed
                       or self.city.is_kept_back(person["resident"]) for person in record["persons"])

    def tax_may_be_had(self, holder, kind):
        record = self.registers.tax_records.get(holder)
        if record is None or record["standing"] == "not_declared":
            return False
        return kind != "no_taxation" or record["annual_tax"] == "0"
