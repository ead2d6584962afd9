"""What is written down everywhere after a load: plan, visits, ledgers, histories, journals and money say the same."""
import csv
import datetime
from collections import Counter

from installed import rows

SETTLED_IN_LEDGER, SETTLED_IN_JOURNAL = 4, 5
HANDED_OVER, RETURNED = "ENDING_HANDED_OVER", "ENDING_RETURNED"
HANDED_OVER_IN_JOURNAL, RETURNED_IN_JOURNAL = 1, 2
JAPAN = datetime.timezone(datetime.timedelta(hours=9))
COLUMNS = ["number", "kiosk", "began", "took", "waited", "outcome", "step", "paid"]


def read_visits(file):
    """bench/load.cpp's book: a visit a line; none if the load broke off before the first."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return [{**row, **{name: float(row[name]) for name in ("began", "took", "waited")}, **{name: int(row[name]) for name in ("number", "paid")}}
                for row in csv.DictReader(lines, fieldnames=COLUMNS, delimiter="\t")]


class Books:
    """`judged`: what the judge found of each printed certificate, by the visit's number. `complaints`: what does not agree."""

    def __init__(self, installed, wishes, visits, judged):
        self.installed, self.wishes, self.visits, self.judged = installed, wishes, visits, judged
        self.complaints = []
        self.check_visits()
        self.check_ledgers()
        self.check_histories()
        self.check_journals()

    def same(self, said, wanted, what):
        if said != wanted:
            self.complaints.append(f"{what}: {said!r}, not {wanted!r}")

    def same_all(self, said, wanted, what):
        """Of long lists: only what one of them has more often."""
        said, wanted = Counter(iter(said)), Counter(iter(wanted))
        more, less = said - wanted, wanted - said
        if more or less:
            self.complaints.append(f"{what}: {more.total()} too many ({', '.join(map(str, list(more)[:3]))}), {less.total()} missing ({', '.join(map(str, list(less)[:3]))})")

    def check_visits(self):
        """Nobody is lost: each citizen of the plan was served or refused, once, and whoever was served has a paper."""
        self.same_all((visit["number"] for visit in self.visits), (wish["number"] for wish in self.wishes), "visits")
        served = {visit["number"]: visit for visit in self.visits if visit["outcome"] == "printed"}
        self.same_all(served, self.judged, "papers that were printed")
        for number in served.keys() & self.judged.keys():
            self.same((served[number]["kiosk"], served[number]["paid"]), (self.judged[number]["kiosk"], self.judged[number]["fee"]), f"visit {number}: kiosk and fee")

    def check_ledgers(self):
        for city in self.installed.cities:
            ledger = {row["issuance"].hex(): row for row in rows(self.installed.ledgers[city.code], "SELECT * FROM issuance")}
            judged = {facts["issuance"]: facts for facts in self.judged.values() if facts["city"] == city.code}
            handed_over = {issuance for issuance, row in ledger.items() if row["outcome"] == HANDED_OVER}
            self.same_all(handed_over, judged, f"{city.name}: issuances that were handed over")
            self.same({row["city"] for row in ledger.values()} <= {city.code}, True, f"{city.name}: issuances of the city alone")
            for issuance in handed_over & judged.keys():
                self.check_issuance(city, ledger[issuance], judged[issuance])
            numbers = Counter(number for facts in judged.values() for number in facts["numbers"])
            self.same([number for number, times in numbers.items() if times > 1], [], f"{city.name}: a 発行番号 of two copies")

    def check_issuance(self, city, row, facts):
        said = (row["state"], row["kiosk"], row["family"], row["application_digest"].hex(), row["certificate_digest"].hex(), row["copies"])
        family = city.kinds[facts["kind"]]["family"]
        self.same(said, (SETTLED_IN_LEDGER, facts["kiosk"], family, facts["application"], facts["certificate"], len(facts["numbers"])), f"{city.name}: an issuance")
        self.same([int(number.split(" ")[-1]) for number in facts["numbers"]], list(range(row["first_number"], row["first_number"] + row["copies"])),
                  f"{city.name}: 発行番号")
        day = datetime.datetime.fromtimestamp(row["begun_at"] / 1000, JAPAN).strftime("%Y%m%d")
        self.same({tuple(number.split(" ")[:3]) for number in facts["numbers"]}, {(day, city.name, facts["kiosk"])}, f"{city.name}: day, city and kiosk of a 発行番号")

    def check_histories(self):
        """Over all nodes of the center: one application of each certificate was answered, and its receipt is there."""
        applied, reported = Counter(), Counter()
        for history in self.installed.histories():
            for row in rows(history, "SELECT * FROM history"):
                if row["step"] == "apply" and row["outcome"] == "answered":
                    applied[row["digest"].hex()] += 1
                if row["step"] == "report" and row["outcome"] == HANDED_OVER:
                    reported[row["digest"].hex()] += 1
        wanted = [facts["application"] for facts in self.judged.values()]
        self.same_all((digest for digest in wanted if applied[digest] == 1), wanted, "applications answered once, in the histories")
        self.same_all(reported, wanted, "receipts of papers that were handed over, in the histories")

    def check_journals(self):
        journal = [row for file in self.installed.journals() for row in rows(file, "SELECT * FROM journal")]
        self.same({(row["step"], row["center_has_it"], row["city_has_it"], row["case_closed"]) for row in journal} <= {(SETTLED_IN_JOURNAL, 1, 1, 1)}, True,
                  "journals: every row settled, its receipt with center and city, no case")
        printed = {row["issuance"].hex(): row for row in journal if row["ending"] == HANDED_OVER_IN_JOURNAL}
        wanted = {facts["issuance"]: facts for facts in self.judged.values()}
        self.same_all(printed, wanted, "journals: issuances that were handed over")
        for issuance in printed.keys() & wanted.keys():
            row, facts = printed[issuance], wanted[issuance]
            self.same((row["money_taken"], row["sheets_printed"], row["city"], row["kind"]), (facts["fee"], facts["pages"], facts["city"], facts["kind"]),
                      "journals: money, sheets, city and kind")
        for row in journal:
            if row["ending"] != HANDED_OVER_IN_JOURNAL:
                self.same((row["ending"], row["money_taken"], row["sheets_printed"]), (RETURNED_IN_JOURNAL, 0, 0), "journals: what was not handed over cost nothing")
        self.same(sum(row["money_taken"] for row in journal), sum(visit["paid"] for visit in self.visits), "money in the coin boxes")
