"""Occasions of the commands with which register, card authority, card and ceremony are kept (occasions.py): each command dies at
the point, and is given again."""
import contextlib
import csv
import hashlib
import shutil
import sqlite3
from pathlib import Path

from card_reader import NEW_PIN, Reader
from installation import PIN, program, run, wait_for


def is_after(point):
    return point.endswith(".after")


# The register

def registry_command(*words):
    """A change of the register dies, and is given again: it is there whole or not at all, under the next number."""
    def occasion(site, point):
        given = [str(word).format(d=site.place.directory, other=other_resident(site)) for word in words]
        before = register(site)
        given[1:1] = ["--config", site.place.settings("registry")]
        site.with_disk_at_rest("registry", lambda: site.kill_command(point, "registry", *given))
        after = register(site)
        if is_after(point) != (after["changes"] == before["changes"] + 1):
            yield f"the register went from change {before['changes']} to {after['changes']}"
        if not is_after(point) and after != before:
            yield "a change that was not committed left something behind"
        run(program("registry"), *given)
        if (numbers := register(site))["changes"] != numbers["last"]:
            yield "a change number is missing"
    return occasion


def delimited(number, text):
    return bytes([number << 3 | 2, len(text)]) + text


def feed_message(number, person=None):
    """A FeedChange of the source residents, after its size: 抑止 of a person, or a heartbeat."""
    said = delimited(1, b"residents") + (bytes([2 << 3, number]) if number else b"")
    said += delimited(13, delimited(1, person.encode()) + bytes([3 << 3, 3, 4 << 3, 1])) if person else delimited(10, b"")
    return len(said).to_bytes(4, "big") + said


def fed(applies):
    """A source's change dies, and is sent again: it is there once, under its number. Or its heartbeat dies."""
    def occasion(site, point):
        settings = site.place.directory / "fed.toml"
        rows = lambda sql: site.place.rows("registry", sql)
        if not settings.exists():
            own = Path(site.place.settings("registry")).read_text(encoding="utf-8")
            settings.write_text(own + '\n[[feed]]\nsource = "residents"\npeer = "residents"\nrecords = ["residents"]\n', encoding="utf-8")
        last = (rows("SELECT coalesce(max(number), 0) n FROM feed_change") or [{"n": 0}])[0]["n"]
        messages = site.place.directory / "feed.bin"
        messages.write_bytes(feed_message(last + 1, other_resident(site)) if applies else feed_message(last))
        given = ("feed", "--config", settings, "--messages", messages)
        site.with_disk_at_rest("registry", lambda: site.kill_command(point, "registry", *given))
        applied = rows("SELECT coalesce(max(number), 0) n FROM feed_change")[0]["n"]
        if applied != last + (1 if applies and is_after(point) else 0):
            yield f"the source went from {last} to {applied}"
        run(program("registry"), *given)
        if rows("SELECT count(*) n, max(number) last FROM feed_change")[0]["n"] != last + (1 if applies else 0):
            yield "a change of the feed was applied twice, or not at all"
    return occasion


def waiting_application(site):
    """Puts an application for 本籍地利用登録 into the register, as a kiosk's would lie there. Its number."""
    card = delimited(1, bytes(20)) + delimited(2, b"\x01") + delimited(3, bytes(32))
    body = delimited(1, card) + b"".join(delimited(field, text) for field, text in ((2, b"A"), (3, b"2000-01-01"), (4, b"A"), (5, b"0")))
    with contextlib.closing(sqlite3.connect(site.place.directory / "run/registry.db")) as database, database:
        number = f"20260401-{database.execute('SELECT count(*) FROM domicile_application').fetchone()[0]:04}"
        database.execute("INSERT INTO domicile_application VALUES (?, 1, 1, 1, 'waiting', 'a card', ?)", (number, body + b"\x30\x01"))
    return number


def application_decided(site, point):
    """A decision on an application dies, and is given again: the application waits, or is decided once."""
    given = []

    def decides():
        given[:] = ("domicile", "reject", waiting_application(site), "--config", site.place.settings("registry"))
        site.kill_command(point, "registry", *given)
    site.with_disk_at_rest("registry", decides)
    rows = site.place.rows("registry", f"SELECT part_of FROM domicile_application WHERE number = '{given[2]}' AND in_force = 1")
    if [row["part_of"] for row in rows] != ["rejected" if is_after(point) else "waiting"]:
        yield f"the application is {rows} after {point}"
    if not is_after(point):
        run(program("registry"), *given)


def register(site):
    """How many rows the register has of each kind."""
    tables = {"changes": "change", "residents": "resident", "cards": "card", "suppressions": "suppression", "households": "household"}
    counts = {name: site.place.rows("registry", f"SELECT count(*) n FROM {table}")[0]["n"] for name, table in tables.items()}
    return {**counts, "last": site.place.rows("registry", "SELECT max(number) n FROM change")[0]["n"]}


def other_resident(site):
    """Somebody else than the holder of the card."""
    with (site.place.directory / "city/residents.csv").open(encoding="utf-8") as file:
        return next(row["宛名番号"] for row in csv.DictReader(file) if row["宛名番号"] != site.place.resident)


# The card authority

def authority_made(site, point):
    """An authority is made in a new directory; the command dies, and is given again."""
    directory = site.place.directory / "crash" / site.fresh("authority")
    site.kill_command(point, "jpki", "init", "--dir", directory, machine="desk")
    site.command("jpki", "init", "--dir", directory, machine="desk")
    yield from authority_whole(directory, files=4)
    shutil.rmtree(directory)


def generation_added(site, point):
    """An authority gets its next generation; the command dies, and is given again."""
    directory = site.place.directory / "crash" / site.fresh("authority")
    shutil.copytree(site.place.directory / "jpki", directory)
    words = ("generation", "--dir", directory, "--kind", "authentication")
    site.kill_command(point, "jpki", *words, machine="desk")
    whole = len(list(directory.glob("*.pem"))) == 6
    if whole != (point == "authority_certificate_kept.after"):
        yield f"{point}: the generation is {'there' if whole else 'not there'}"
    if not whole:
        site.command("jpki", *words, machine="desk")
    yield from authority_whole(directory, files=6)
    shutil.rmtree(directory)


def authority_whole(directory, files):
    """Every certificate on the disk is in the register under its serial, and no serial is given twice."""
    with contextlib.closing(sqlite3.connect(directory / "register.db")) as register_file:
        entered = [row[0].hex() for row in register_file.execute("SELECT serial FROM certificate")]
        following = register_file.execute("SELECT next FROM counter").fetchone()[0]
    for file in directory.glob("*.pem"):
        serial = run("openssl", "x509", "-in", file, "-noout", "-serial").stdout.strip().split("=")[1].lower()
        if serial not in entered or int(serial, 16) >= following:
            yield f"{file.name}: its serial {serial} is not in the register, or will be given again"
    if len(list(directory.glob("*.pem"))) != files or len(list(directory.glob("*.key"))) != files:
        yield "the authority is not whole"


def certificate_issued(site, point):
    """A card's certificate is issued; the command dies, and is given again."""
    directory = site.place.directory
    out = directory / "crash" / (site.fresh("certificate") + ".der")
    words = ("issue", "--dir", directory / "jpki", "--kind", "authentication", "--city", "131016", "--birth", "1980-02-17",
             "--spki", directory / "card/public/authentication.spki.der", "--out", out)
    site.with_disk_at_rest("jpki", lambda: site.kill_command(point, "jpki", *words))
    if out.exists() and point != "issued_certificate_written.after":
        yield "a certificate is there that was not written"
    if not out.exists():
        run(program("jpki"), *words)
    yield from authority_whole(directory / "jpki", files=4)
    yield from is_registered(directory, out)


def is_registered(directory, out):
    serial = run("openssl", "x509", "-inform", "der", "-in", out, "-noout", "-serial").stdout.strip().split("=")[1].lower()
    with contextlib.closing(sqlite3.connect(f"file:{directory}/jpki/register.db?mode=ro", uri=True)) as register_file:
        entered = [row[0].hex() for row in register_file.execute("SELECT serial FROM certificate")]
    if entered.count(serial) != 1:
        yield f"the certificate {serial} stands {entered.count(serial)} times in the register"


def certificate_revoked(site, point):
    """A certificate is revoked; the command dies, and is given again: what was revoked stays revoked."""
    directory = site.place.directory
    out = directory / "crash" / (site.fresh("revoked") + ".der")
    serial = run(program("jpki"), "issue", "--dir", directory / "jpki", "--kind", "authentication", "--city", "131016", "--birth", "1980-02-17",
                 "--spki", directory / "card/public/authentication.spki.der", "--out", out).stdout.strip()
    words = ("revoke", "--dir", directory / "jpki", "--serial", serial, "--reason", "keyCompromise")
    revoked = lambda: site.sql(directory / "jpki/register.db", f"SELECT reason IS NOT NULL FROM certificate WHERE hex(serial) = '{serial.upper()}'")
    site.with_disk_at_rest("jpki", lambda: site.kill_command(point, "jpki", *words))
    if revoked() != [(int(is_after(point)),)]:
        yield f"after {point} the certificate stands as {revoked()}"
    run(program("jpki"), *words)
    if revoked() != [(1,)]:
        yield "the certificate is not revoked"


# The card

def tries(site):
    """What the card's memory says, not what its program shows."""
    lines = dict(line.split(" ", 1) for line in (site.place.directory / "card/card.state").read_text().splitlines()[1:] if " " in line)
    return int(lines["authentication.tries"]), lines["authentication.pin"]


def try_spent(site, point):
    """A wrong PIN: the card dies. No try is free: before the answer it is spent."""
    def goes(citizen):
        citizen.goes_to("pin")
        for digit in "9999":
            citizen.press("digit", digit=digit)
        citizen.press("enter")
        citizen.sees_end("refused")
    before, _ = tries(site)
    site.kill_while("card", point, lambda: site.citizen(goes))
    left, _ = tries(site)
    if left != before - is_after(point):
        yield f"{before} tries before, {left} after {point}"
    site.start("card")
    site.paid_certificate()  # the right PIN gives the tries back
    wait_for("the tries are back", lambda: tries(site)[0] == 3)


def tries_restored(site, point):
    """The right PIN: the card dies while it gives the tries back. The counter is never higher than the card has earned."""
    site.kill_while("card", point, site.paid_certificate)
    left, _ = tries(site)
    if left != (3 if is_after(point) else 2):
        yield f"{left} tries after {point}"
    site.start("card")
    site.paid_certificate()
    wait_for("the tries are back", lambda: tries(site)[0] == 3)


def pin_changed(site, point):
    """The PIN is changed at the reader, and the card dies: the old PIN or the new one is the card's, never neither."""
    old = tries(site)[1]
    wanted = NEW_PIN if old == PIN else PIN
    def changes():
        site.place.place_card()
        with contextlib.suppress(OSError):
            with contextlib.closing(Reader(site.place)) as reader:
                reader.change_pin(old, wanted)
    site.kill_while("card", point, changes)
    left, now = tries(site)
    if now != (wanted if is_after(point) else old) or left > 3:
        yield f"the card's PIN is {'the new one' if now == wanted else 'the old one' if now == old else 'neither'} after {point}"
    site.start("card")
    if now != PIN:
        site.place.place_card()
        with contextlib.closing(Reader(site.place)) as reader:
            reader.change_pin(now, PIN)
    site.place.remove_card()


def card_made(site, point):
    """A card is made and personalised in a new file; the command dies, and is given again."""
    state = site.place.directory / "crash" / (site.fresh("card") + ".state")
    make = ("make", "--state", state, "--pin", PIN, "--signature-pin", "ABC123")
    if point.startswith("card_made"):
        site.kill_command(point, "card", *make, machine="desk")
        if state.exists() != is_after(point):
            yield "the card is there before it was made, or gone afterwards"
        if not state.exists():
            site.command("card", *make, machine="desk")
        if not state.exists():
            yield "the card that was made is gone"
        return
    shutil.copyfile(site.place.directory / "card/card.state", state)
    state.chmod(0o600)
    before = hashlib.sha256(state.read_bytes()).digest()
    card = site.place.directory / "card"
    words = ("install", "--state", state, "--authentication-certificate", card / "authentication.der", "--authentication-authority",
             card / "authentication-ca.der")
    site.kill_command(point, "card", *words, machine="desk")
    site.command("card", *words, machine="desk")
    if hashlib.sha256(state.read_bytes()).digest() != before:
        yield "the same certificates made another card"


# The ceremony

def pair_made(site, point):
    """A key and its certificate are made; the ceremony dies, and is repeated."""
    directory = site.place.directory / "crash" / site.fresh("ceremony")
    words = ("center", "--dir", directory, "--name", "center-9")
    site.kill_command(point, "ceremony", *words, machine="desk")
    site.command("ceremony", *words, machine="desk")
    key = run("openssl", "pkey", "-in", directory / "center-9.key", "-pubout").stdout
    if key != run("openssl", "x509", "-in", directory / "center-9.pem", "-noout", "-pubkey").stdout:
        yield "the key is not the certificate's"


def roster_written(site, point):
    keys = site.place.directory / "keys"
    out = site.place.directory / "crash" / (site.fresh("roster") + ".bin")
    words = ("roster", "--dir", keys / "roster", "--config", keys / "roster.toml", "--out", out, "--version", 1)
    site.kill_command(point, "ceremony", *words, machine="desk")
    if out.exists() != is_after(point):
        yield "the roster is there before it was written, or gone afterwards"
    if not out.exists():
        site.command("ceremony", *words, machine="desk")
    if out.stat().st_size < (site.place.directory / "roster.bin").stat().st_size - 64:
        yield "the roster is not whole"
