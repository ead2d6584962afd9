"""Citizens who stand in the register for these tests alone: every field of theirs is distinctive, as are their PIN and their card."""
import csv
import datetime
import re

from installation import CITY, program, run

# Of JIS X 0208, so that every coding has them; in every font for official papers; in nobody's name.
RARE = "鸞麤籬驪龕鑿爨鬱黌黶鼇齷齪鸚鵡鷸麝黴龜靉靆顱驟髑髏鬮魘"
KANA = "ヌヂヅヱヲヴ"
PINS = ("8351", "6917", "9463", "2748")
SUCCESSION = (29, 31, 37)  # days, to make dates that differ


def check_digit(digits, ten):
    """検査数字, modulus 11 with weights 2 to 7 from the right; `ten` stands for a remainder of 1."""
    remainder = sum(int(digit) * (2 + i % 6) for i, digit in enumerate(reversed(digits))) % 11
    return {0: "0", 1: ten}.get(remainder, str(11 - remainder))


def register_number(sequence):
    """宛名番号 or 世帯番号; one whose check digit would be 10 is never given out."""
    digits = f"{sequence:014}"
    last = check_digit(digits, None)
    return register_number(sequence + 1) if last is None else digits + last


def individual_number(sequence):
    digits = f"{sequence:011}"
    return digits + check_digit(digits, "0")


def rare_word(number):
    """Three rare characters; words are told apart by the first, and beyond as many as there are by the others."""
    round_ = number // len(RARE)
    return "".join(RARE[(number * step + round_ * (step - 1) + more) % len(RARE)] for step, more in ((1, 0), (7, 11), (13, 5)))


def era_date(day):
    """As a page may say it: 昭和."""
    return f"昭和{day.year - 1925}年{day.month}月{day.day}日"


class Holder:
    """A citizen with a household of three and a card. `texts` are the markers, by kind."""

    def __init__(self, which):
        self.which = which
        self.name = f"citizen {'ABCD'[which]}"
        self.pin = PINS[which]
        self.surname, self.building, self.before, self.register, self.former, self.given = (rare_word(6 * which + i) for i in range(6))
        self.kana = "".join(KANA[(which + 2 * k + k * k) % len(KANA)] for k in range(6))
        self.household = register_number(73918462050000 + which * 1000)
        self.numbers = [register_number(58204617390000 + which * 1000 + i * 10) for i in range(3)]
        self.individual_numbers = [individual_number(61803398800 + which * 100 + i * 7) for i in range(3)]
        self.births = [datetime.date(1931, 2, 11) + datetime.timedelta(which * 131 + i * SUCCESSION[i]) for i in range(3)]

    @property
    def number(self):
        """宛名番号 of whoever holds the card."""
        return self.numbers[0]

    def rows(self, header, household):
        """The household in the form of `household`, rows of residents.csv."""
        for i, row in enumerate(household):
            row = dict(zip(header, row))
            changed = {"世帯番号": self.household, "宛名番号": self.numbers[i], "個人番号": self.individual_numbers[i],
                       "氏名": f"{self.surname}　{self.given}{'一二三'[i]}", "氏名_振り仮名": f"{self.kana}　{self.kana[::-1]}",
                       "住所": row["住所"] + self.building, "住所_方書": "", "転入前住所": f"北海道{self.before}町１番地",
                       "本籍": f"北海道{self.register}町２番地", "筆頭者": f"{self.surname}　{self.given}一",
                       "旧氏": self.former if i == 1 else "", "旧氏_振り仮名": self.kana if i == 1 else "",
                       "生年月日": self.births[i].isoformat(), "生年月日_表記": ""}
            yield [changed.get(column, row[column]) for column in header]

    def texts(self):
        return {"name": [self.surname, self.given, self.former], "kana": [self.kana, self.kana[::-1]],
                "address": [self.building, self.before, self.register], "宛名番号": self.numbers, "世帯番号": [self.household],
                "個人番号": self.individual_numbers,
                "birth": [text for day in self.births for text in (day.isoformat(), era_date(day))]}


def household_of_three(rows, header):
    """A head with a spouse and a child, nobody foreign, leaving or kept back: what a holder's household is made after."""
    column = {name: header.index(name) for name in header}
    by_household = {}
    for row in rows:
        by_household.setdefault(row[column["世帯番号"]], []).append(row)
    for members in by_household.values():
        relations = [member[column["続柄"]] for member in members]
        unfit = any(member[column[name]] for member in members for name in ("抑止理由", "転出予定年月日", "国籍・地域"))
        if relations in (["世帯主", "妻", "子"], ["世帯主", "夫", "子"]) and not unfit:
            return members
    raise AssertionError("the synthetic city has no household of three")


def plant(installation, holders, records):
    """Puts the holders into every register and makes their cards."""
    directory = installation.directory
    with (directory / "city/residents.csv").open(encoding="utf-8", newline="") as residents:
        header, *rows = list(csv.reader(residents))
    household = household_of_three(rows, header)
    planted = directory / "city/planted"
    planted.mkdir()
    with (planted / "residents.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *(row for holder in holders for row in holder.rows(header, household))])
    records(directory / "city", planted)
    run(program("registry"), "load", "--config", installation.settings("registry"), "--from", planted)
    for holder in holders:
        make_card(installation, holder)
        run(program("registry"), "add-card", "--config", installation.settings("registry"), "--resident", holder.number,
            "--certificate", holder.certificate)


def make_card(installation, holder):
    """A card that no register knows yet."""
    card = installation.directory / "card"
    folder = card / holder.name.replace(" ", "-")
    folder.mkdir()
    run(program("card"), "make", "--state", folder / "card.state", "--pin", holder.pin, "--signature-pin", "ABC123", "--public-out", folder)
    run(program("jpki"), "issue", "--dir", installation.directory / "jpki", "--kind", "authentication", "--city", CITY,
        "--birth", holder.births[0].isoformat(), "--spki", folder / "authentication.spki.der", "--out", folder / "authentication.der")
    run(program("card"), "install", "--state", folder / "card.state", "--authentication-certificate", folder / "authentication.der",
        "--authentication-authority", card / "authentication-ca.der")
    holder.state = folder / "card.state"
    holder.certificate = folder / "authentication.der"


def card_numbers(holder):
    """The secret numbers of a card's key: d, both primes, both exponents and the coefficient."""
    state = dict(line.split(" ", 1) for line in holder.state.read_text().splitlines()[1:])
    key = holder.state.with_suffix(".key.der")
    key.write_bytes(bytes.fromhex(state["authentication.key"]))
    said = run("openssl", "rsa", "-inform", "DER", "-in", key, "-text", "-noout").stdout
    key.unlink()
    numbers = dict(re.findall(r"^(\w+):\n((?:    [0-9a-f:]+\n)+)", said, re.MULTILINE))
    return [bytes.fromhex(re.sub(r"[\s:]", "", text)).lstrip(b"\0") for name, text in numbers.items() if name != "modulus"]


def modulus(holder):
    said = run("openssl", "x509", "-inform", "DER", "-in", holder.certificate, "-noout", "-modulus").stdout
    return bytes.fromhex(said.strip().split("=")[1])
