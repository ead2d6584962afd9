"""What must agree after every crash, over the whole installation: `imbalances` says what does not.

Everything is read from what is on disk and in the machines: the kiosk's journal and open cases, the coin box, the printer's
own count, the city's ledger, the center's history.
"""
import contextlib
import sqlite3

from installation import HANDED_OVER, RETURNED, SETTLED, UNKNOWN, wait_for

ABANDONED = 3
ENDINGS = {HANDED_OVER: "ENDING_HANDED_OVER", RETURNED: "ENDING_RETURNED", ABANDONED: "ENDING_ABANDONED", UNKNOWN: "ENDING_UNKNOWN"}
CONFIRMED, LEDGER_SETTLED = 3, 4  # of the ledger
DATABASES = ("journal", "acceptor", "issuer", "center", "registry")


def settle(place):
    """Waits until the kiosk serves again, every line of its journal is settled, and center and city have every receipt."""
    done = lambda: place.trouble("kiosk") == "" and not place.rows(
        "journal", "SELECT 1 FROM journal WHERE step < 5 OR center_has_it = 0 OR city_has_it = 0")
    try:
        wait_for("everything is settled and told", done)
    except TimeoutError as error:
        raise AssertionError(f"{error}: kiosk {place.trouble('kiosk')!r}\n{place.log('kiosk')[-1500:]}") from None


def imbalances(place, closed=()):
    """What does not agree, a sentence each. To be asked when `settle` has returned. `closed`: cases that staff have closed."""
    facts = Facts(place, closed)
    return [said for check in (of_databases, of_lines, of_coins, of_sheets, of_ledger, of_history) for said in check(facts)]


class Facts:
    def __init__(self, place, closed):
        self.place, self.closed = place, closed
        self.journal = place.journal()
        self.adjusted = place.rows("journal", "SELECT coalesce(sum(captured), 0) yen, coalesce(sum(impressions), 0) sheets FROM adjustment")[0]
        self.box = place.acceptor()
        self.printer = place.seen_by_printer()
        self.ledger = {row["issuance"]: row for row in place.ledger()}
        self.unknown = {row["issuance"]: row for row in place.rows("issuer", "SELECT * FROM settled_unknown")}
        self.history = place.history()


def of_databases(facts):
    """Each is whole, as SQLite sees it."""
    for name in DATABASES:
        with contextlib.closing(sqlite3.connect(f"file:{facts.place.directory}/run/{name}.db?mode=ro", uri=True, timeout=10)) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check")]
        if said != ["ok"]:
            yield f"{name}.db is damaged: {said[:3]}"


def of_lines(facts):
    """Each line of the journal by itself (I9): taken = fee × complete + returned + in case; and what is not certain is a case."""
    for row in facts.journal:
        name, ending, fee = row["issuance"].hex()[:8], row["ending"], row["fee"]
        if row["step"] != SETTLED or ending not in ENDINGS:
            yield f"{name} is not settled: step {row['step']}, ending {ending}"
            continue
        complete = ending in (HANDED_OVER, ABANDONED)
        if row["money_taken"] != fee * complete + row["money_in_case"]:
            yield f"{name}: taken {row['money_taken']}, complete {complete}, in case {row['money_in_case']}"
        if complete and row["sheets_printed"] != row["sheets"]:
            yield f"{name}: complete with {row['sheets_printed']} of {row['sheets']} sheets"
        if ending == RETURNED and (row["money_taken"] or row["sheets_printed"]):
            yield f"{name}: returned, but {row['money_taken']} yen were taken and {row['sheets_printed']} sheets printed"
        if row["case_closed"] and ending == UNKNOWN and row["issuance"] not in facts.closed:
            yield f"{name}: nobody has closed the case of an unknown ending"
    shown = {line.split()[0] for line in facts.place.cases()}
    open_cases = {row["issuance"].hex() for row in facts.journal if not row["case_closed"]}
    if shown != open_cases:
        yield f"the list of cases shows {len(shown)}, the journal has {len(open_cases)}"


def of_coins(facts):
    """The coin box holds what the journal says, and nothing lies between."""
    taken = sum(row["money_taken"] for row in facts.journal) + facts.adjusted["yen"]
    if facts.box["captured"] != taken:
        yield f"the coin box holds {facts.box['captured']} yen, the journal says {taken}"
    if facts.box["escrow"]:
        yield f"{facts.box['escrow']} yen lie in escrow"


def of_sheets(facts):
    """Nothing printed unpaid, nothing twice, and the printer's count is the journal's."""
    lines = {row["issuance"].hex(): row for row in facts.journal}
    printed = {}
    for job in facts.printer["jobs"]:
        printed[job["name"]] = printed.get(job["name"], 0) + job["impressions"]
    for name, sheets in printed.items():
        row = lines.get(name)
        if sheets and (row is None or row["money_taken"] != row["fee"]):
            yield f"{name[:8]}: {sheets} sheets printed and not paid"
        if row is not None and sheets > row["sheets"]:
            yield f"{name[:8]}: {sheets} sheets printed of {row['sheets']}"
    counted = sum(row["sheets_printed"] for row in facts.journal) + facts.adjusted["sheets"]
    if facts.printer["life"] != counted:
        yield f"the printer counted {facts.printer['life']} sheets, the journal says {counted}"


def of_ledger(facts):
    """Every issuance that the city released is settled as the kiosk says; no running number twice."""
    lines = {row["issuance"]: row for row in facts.journal}
    for issuance, row in facts.ledger.items():
        if row["state"] == CONFIRMED:
            yield f"{issuance.hex()[:8]}: released by the city and never settled"
    for issuance, line in lines.items():
        row = facts.ledger.get(issuance) or facts.unknown.get(issuance)
        if row is None:
            yield f"{issuance.hex()[:8]}: in the journal, not in the ledger"
        elif row.get("state", LEDGER_SETTLED) != LEDGER_SETTLED or row["outcome"] != ENDINGS.get(line["ending"]):
            yield f"{issuance.hex()[:8]}: the journal says {ENDINGS.get(line['ending'])}, the ledger {row['outcome']!r}"
        elif row["application_digest"] != line["application_digest"]:
            yield f"{issuance.hex()[:8]}: the ledger has another application"
    numbers = sorted((row["first_number"], row["copies"]) for row in facts.ledger.values())
    for (first, copies), (following, _) in zip(numbers, numbers[1:]):
        if first + copies > following:
            yield f"the number {following} was given twice"


def of_history(facts):
    """The center has noted how each application ended, as the kiosk says, and never otherwise; no coin is taken that no noted
    release allowed."""
    released = sum(row["step"] == "confirm" and row["outcome"] == "answered" for row in facts.history)
    paid = sum(row["money_taken"] > 0 for row in facts.journal)
    if paid > released:
        yield f"{paid} were paid, the history has {released} releases"
    told = {}
    for row in facts.history:
        if row["step"] == "report":
            told.setdefault(row["digest"], set()).add(row["outcome"])
    for line in facts.journal:
        outcomes = told.get(line["application_digest"], set())
        if outcomes != {ENDINGS.get(line["ending"])}:
            yield f"{line['issuance'].hex()[:8]}: the journal says {ENDINGS.get(line['ending'])}, the history {sorted(outcomes)}"
