"""How each crash point comes to be passed: a session, a start, a command. A point that no occasion passes fails the test.

An occasion gets the site and the point with its moment, brings about the kill, starts the killed program again, and yields what
is wrong beyond the balance of the whole (balance.py).
"""
import contextlib
import shutil
import sqlite3

from installation import PATIENCE, post, program, run, wait_for
from keeping_occasions import (application_decided, authority_made, card_made, certificate_issued, certificate_revoked, generation_added,
                               is_after, pair_made, fed, pin_changed, registry_command, roster_written, tries_restored, try_spent)


def of(name, point):
    """The occasion for a program's point, or None."""
    return OCCASIONS.get(name, {}).get(point)


# Sessions

def paid(name):
    """A citizen pays for a certificate; place `name` dies on the way."""
    def occasion(site, point):
        site.kill_while(name, point, site.paid_certificate)
        site.start(name)
    return occasion


def given_back(site, point):
    """A citizen puts in too little and gives up."""
    def goes(citizen):
        citizen.goes_to("pay")
        citizen.press("insert_coin", yen=100)
        citizen.sees("pay", where=lambda view: view["inserted"] == 100)
        citizen.press("cancel")
        citizen.sees_end("ended", "refused")
    site.kill_while("kiosk", point, lambda: site.citizen(goes))
    site.start("kiosk")


def given_back_at_start(site, point):
    """The kiosk died with coins in escrow; it dies again while it gives them back."""
    site.kill_while("kiosk", "journal_paid.after", site.paid_certificate)
    with site.armed("kiosk", point):
        site.start("kiosk", until_healthy=False)
        site.place.processes["kiosk"].wait()
    site.buried("kiosk", point)
    site.start("kiosk")


def stuck_in_printer(site, point):
    """The kiosk dies before, between or after job and document. A job without its document stays: nothing is served until staff
    have cleared the printer."""
    site.kill_while("kiosk", point, site.paid_certificate)
    site.start("kiosk", until_healthy=False)
    if point in ("print_job.after", "print_document.before"):
        site.place.wait_for_trouble("kiosk", "out_of_service: a job lies in the printer")
        post(f"http://127.0.0.1:{site.place.base + 30}/clear")
    site.place.wait_until_healthy("kiosk")


def started(name, *fresh):
    """A place dies on its way up; and a command of its program dies while it makes the file `fresh` anew."""
    def occasion(site, point):
        site.kill_at_start(name, point)
        site.start(name)
        if fresh:
            words = (*fresh, site.place.directory / "crash" / (site.fresh(name) + ".db"))
            site.kill_command(point, name, *words, machine="desk")
            site.command(name, *words, machine="desk")
    return occasion


# The kiosk

def reconciled(site, point):
    """Staff accept the counters; the command dies, and is given again."""
    words = ("reconcile", "--config", site.place.settings("kiosk"), "--note", "crash points")
    before = site.place.rows("journal", "SELECT count(*) lines FROM adjustment")[0]["lines"]
    site.with_disk_at_rest("kiosk", lambda: site.kill_command(point, "kiosk", *words))
    lines = site.place.rows("journal", "SELECT count(*) lines FROM adjustment")[0]["lines"]
    if lines != before + (point == "journal_adjusted.after"):
        yield f"{lines - before} adjustments were noted"
    run(program("kiosk"), *words)


def case_closed(site, point):
    """Staff close a case; the command dies, and is given again if the case is still open."""
    if not site.place.cases():
        site.kill_while("kiosk", "journal_submitted.after", site.paid_certificate)
        site.start("kiosk")
    issuance = site.place.cases()[0].split()[0]
    words = ("close-case", "--journal", site.place.directory / "run/journal.db", "--issuance", issuance)
    site.with_disk_at_rest("kiosk", lambda: site.kill_command(point, "kiosk", *words))
    is_open = any(line.startswith(issuance) for line in site.place.cases())
    if is_open == (point == "case_closed.after"):
        yield f"the case is {'open' if is_open else 'closed'} after {point}"
    if is_open:
        run(program("kiosk"), *words)
    site.closed.add(bytes.fromhex(issuance))


def roster_renewed(site, point):
    """The center has a newer roster; the kiosk dies while it keeps it."""
    kept, carried = site.place.directory / "run/kiosk-roster.bin", site.place.directory / "roster.bin"
    old = kept.read_bytes()
    site.place.stop("kiosk")
    site.count += 1
    newer = site.place.make_roster(site.count + 1, into=site.fresh("roster") + ".bin")
    shutil.copyfile(newer, carried)
    site.place.restart("center")
    site.order("kiosk").write_text(point)
    site.start("kiosk", until_healthy=False)
    # The relay dials the center again after a pause: until then a session begins with the roster that is held.
    site.kill_while("kiosk", point, lambda: renews(site))
    if kept.read_bytes() != (carried.read_bytes() if is_after(point) else old):
        yield "the kept roster is neither the old one nor the new one"
    site.start("kiosk")
    wait_for("the kiosk keeps the new roster", lambda: kept.read_bytes() == carried.read_bytes() or renews(site))


def renews(site):
    """A citizen who only looks: before the next one the roster is asked for."""
    def goes(citizen):
        citizen.goes_to("place")
        citizen.press("cancel")
        citizen.sees_end("ended")
    site.citizen(goes)


# The issuer

def epoch_renewed(site, point):
    """The ledger was restored; the operator's command dies, and is given again."""
    words = ("new-epoch", "--ledger", site.place.directory / "run/issuer.db")
    before = epoch(site)
    site.place.stop("issuer")
    site.kill_command(point, "issuer", *words)
    if (epoch(site) != before) != (point == "ledger_epoch_renewed.after"):
        yield f"the epoch is {'another' if epoch(site) != before else 'the same'} after {point}"
    run(program("issuer"), *words)
    site.start("issuer")


def ledger_of_before(site, point):
    """The ledger is one that a program of before made: the issuer dies while it adds the column."""
    site.place.stop("issuer")
    with contextlib.closing(sqlite3.connect(site.place.directory / "run/issuer.db", isolation_level=None)) as ledger:
        ledger.execute("ALTER TABLE issuance DROP COLUMN records_code")
    with site.armed("issuer", point):
        site.start("issuer", until_healthy=False)
        site.place.processes["issuer"].wait(PATIENCE)
    site.buried("issuer", point)
    site.start("issuer")


def rules_loaded(site, point):
    """Staff load the city's rules once more: a whole edition is there, or none."""
    words = ["load-rules", site.place.directory / "rules.toml", "--by", "保守　担当者", "--config", site.place.settings("issuer")]
    editions = lambda: site.place.rows("issuer", "SELECT content FROM rule_edition")
    before = len(editions())
    site.with_disk_at_rest("issuer", lambda: site.kill_command(point, "issuer", *words))
    if len(editions()) - before != (point == "rules_loaded.after"):
        yield f"{len(editions()) - before} editions more after {point}"
    run(program("issuer"), *words)


def epoch(site):
    return site.place.rows("issuer", "SELECT value FROM epoch")


def settled_unknown(site, point):
    """Yesterday's ledger is restored while a kiosk has a receipt of today: the city learns of an issuance that it has lost."""
    yesterday = site.place.directory / "yesterday.db"
    backup(site.place.directory / "run/issuer.db", yesterday)
    site.kill_while("kiosk", "journal_settled.after", site.paid_certificate)
    site.place.stop("issuer")
    restore(yesterday, site.place.directory / "run/issuer.db")
    run(program("issuer"), "new-epoch", "--ledger", site.place.directory / "run/issuer.db")
    with site.armed("issuer", point):
        site.start("issuer")
        site.start("kiosk")
        site.place.processes["issuer"].wait()
    site.buried("issuer", point)
    site.start("issuer")


# The issuer's tax records

def tax_rows(site, sql):
    with contextlib.suppress(sqlite3.OperationalError):  # a store that is just being made
        return site.place.rows("issuer-tax", sql)
    return []


def issued_tax_year(site):
    """The year that is issued from, as soon as it is linked whole."""
    whole = "SELECT year FROM year NATURAL JOIN issued WHERE whole = 1 AND pass_begun_at = 0 AND records > 0"
    return wait_for("the newest tax year is linked", lambda: tax_rows(site, whole))[0]["year"]


def tax_linked(site, point):
    """The issuer dies while it links a year that it does not have; it has the year afterwards."""
    site.place.stop("issuer")
    for file in (site.place.directory / "run").glob("issuer-tax.db*"):
        file.unlink()
    link_dies(site, point)


def tax_linked_again(site, point):
    """The tax register was restored from a backup: the issuer dies as it begins to read all of it again."""
    issued_tax_year(site)
    site.place.stop("issuer")
    with contextlib.closing(sqlite3.connect(site.place.directory / "run/issuer-tax.db")) as store:
        store.execute("UPDATE year SET position = 1000000000")
        store.commit()
    link_dies(site, point)
    wait_for("the restored register is read again", lambda: tax_rows(site, "SELECT 1 FROM year WHERE whole = 1 AND position < 1000000000"))


def link_dies(site, point):
    with site.armed("issuer", point):
        site.start("issuer", until_healthy=False)
        site.place.processes["issuer"].wait(PATIENCE)
    site.buried("issuer", point)
    site.start("issuer")
    issued_tax_year(site)


def tax_year_changed(site, point):
    """Staff change the year in a store of its own; the command dies, and is given again."""
    year = issued_tax_year(site)
    store = site.place.directory / "crash" / (site.fresh("tax") + ".db")
    backup(site.place.directory / "run/issuer-tax.db", store)
    key = store.with_name(f"{store.name}.{year}.key")
    shutil.copyfile(site.place.directory / f"run/issuer-tax.db.{year}.key", key)
    secret = key.read_bytes()[:16]
    settings = site.place.directory / (store.stem + ".toml")
    settings.write_text(site.place.settings("issuer").read_text(encoding="utf-8").replace('"run/issuer-tax.db"', f'"{store}"'), encoding="utf-8")
    words = ("tax-year", str(year + 1), "--config", settings, "--not-linked")
    site.kill_command(point, "issuer", *words, machine="desk")
    if key.exists() and key.read_bytes()[:16] != secret and point == "tax_key_overwritten.before":
        yield "the key was overwritten before it was said"
    site.command("issuer", *words, machine="desk")
    with contextlib.closing(sqlite3.connect(store)) as changed:
        left = [changed.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("record", "year", "roll_over")]
    if left != [0, 0, 0] or key.exists():
        yield f"of the older year there is left: {left}, key {key.exists()}"
    if any(secret in file.read_bytes() for file in store.parent.glob(store.name + "*")):
        yield "the older year's key is still there"


def backup(database, to):
    to.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(database)) as source, contextlib.closing(sqlite3.connect(to)) as target:
        source.backup(target)


def restore(backup_file, database):
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(backup_file, database)


PAID = ("journal_accepting", "enable", "coin_inserted", "journal_paid", "capture", "coins_captured", "journal_submitted", "print",
        "journal_printed", "journal_settled", "journal_acknowledged", "screen_address")
OCCASIONS = {
    "kiosk": {**dict.fromkeys(PAID, paid("kiosk")), "give_back": given_back, "coins_returned": given_back, "give_back_at_start": given_back_at_start,
              "print_job": stuck_in_printer, "print_document": stuck_in_printer,
              "journal_opened": started("kiosk", "cases", "--journal"), "acceptor_opened": started("kiosk"), "journal_adjusted": reconciled,
              "journal_opened_for_case": case_closed, "case_closed": case_closed, "roster_kept": roster_renewed},
    "issuer": {**dict.fromkeys(("ledger_begun", "ledger_made", "ledger_confirmed", "ledger_settled"), paid("issuer")),
               "ledger_opened": started("issuer", "cases", "--ledger"),
               "tax_store_opened": started("issuer"), **dict.fromkeys(("tax_key_kept", "tax_year_begun", "tax_page_kept"), tax_linked),
               "tax_pass_begun_again": tax_linked_again,
               **dict.fromkeys(("tax_roll_over_begun", "tax_key_overwritten", "tax_key_removed", "tax_rows_erased", "tax_years_erased",
                                "tax_store_rebuilt", "tax_log_emptied", "tax_roll_over_ended"), tax_year_changed),
               "ledger_given_records_code": ledger_of_before,
               "ledger_epoch": started("issuer", "cases", "--ledger"), "ledger_opened_for_epoch": epoch_renewed,
               "ledger_epoch_renewed": epoch_renewed, "ledger_settled_unknown": settled_unknown,
               "rules_opened": started("issuer"), "rules_loaded": rules_loaded},
    "center": {**dict.fromkeys(("history_open", "history_apply", "history_confirm", "history_report"), paid("center")),
               "history_opened": started("center")},
    "registry": {"register_opened": started("registry"),
                 "register_loaded": registry_command("load", "--residents", "{d}/city/residents.csv"),
                 "card_added": registry_command("add-card", "--resident", "{other}", "--certificate", "{d}/card/signature.der"),
                 "suppression_set": registry_command("suppress", "--resident", "{other}", "--cause", "blocked"),
                 "suppression_lifted": registry_command("unsuppress", "--resident", "{other}", "--cause", "blocked"),
                 "domicile_changed": application_decided,
                 "feed_applied": fed(applies=True), "feed_state_kept": fed(applies=False),
                 "addressees_reconciled": registry_command("reconcile"), "tax_swept": registry_command("sweep-tax", "--keep-from", "2000")},
    "jpki": {**dict.fromkeys(("responder_entered", "authority_entered", "responder_key_kept", "responder_certificate_kept",
                              "authority_key_kept", "authority_certificate_kept"), generation_added),
             "serials_begun": authority_made, "certificates_opened": started("jpki"), "certificate_issued": certificate_issued,
             "issued_certificate_written": certificate_issued, "certificate_revoked": certificate_revoked},
    "card": {"card_try_spent": try_spent, "card_tries_restored": tries_restored, "card_pin_changed": pin_changed, "card_made": card_made,
             "card_certificates_installed": card_made},
    "ceremony": {"ceremony_key_kept": pair_made, "ceremony_certificate_kept": pair_made, "roster_written": roster_written},
}
