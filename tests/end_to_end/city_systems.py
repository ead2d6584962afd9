"""What a city's other systems tell its registers while a test runs: files that are loaded again, suppressions, numbered changes."""
import contextlib
import csv
import re
import shutil
import sqlite3
import subprocess
import time
import urllib.request

from installation import PLACES, ROOT, program, run, wait_for


def rewrite(file, change):
    """Changes the rows of a file, each of them a dictionary."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    change(rows)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def of_issuer(place, metric):
    """A number among the issuer's metrics; 0 if it is not there."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{place.base + PLACES['issuer']}/metrics", timeout=10) as answer:
        found = re.search(rf"(?m)^{re.escape(metric)} (\d+)", answer.read().decode())
        return int(found[1]) if found else 0
    return 0


def wait_until_tax_is_linked(place):
    """The issuer has fetched the newest year over the yearly link."""
    wait_for("a tax year is linked", lambda: of_issuer(place, 'madoguchi_issuer_tax_records{year="issued"}'))


def wait_until_tax_is_linked_again(place):
    """Whatever the tax register has said until now has reached the issuer: a link that is under way may have passed it by."""
    links = 'madoguchi_issuer_tax_links_total{outcome="linked"}'
    before = of_issuer(place, links)
    wait_for("two more tax links", lambda: of_issuer(place, links) >= before + 2)


def tell_registry(place, command, *words, **more):
    return run(program("registry"), command, "--config", place.settings("registry"), *words, **more)


def feed(place, source, number, change, **more):
    """One message of a source (contracts/madoguchi/v1/feed.proto, as text), acknowledged; a refusal ends the test, or with check=False is the result."""
    text = f'source: "{source}" number: {number} made_at: {int(time.time() * 1000)} {change}'
    words = ("protoc", "--encode=madoguchi.v1.FeedChange", "-I", ROOT / "contracts", "madoguchi/v1/feed.proto")
    message = subprocess.run(words, input=text.encode(), stdout=subprocess.PIPE, check=True, timeout=60).stdout
    file = place.directory / "messages.feed"
    file.write_bytes(len(message).to_bytes(4, "big") + message)
    return tell_registry(place, "feed", "--messages", file, **more)


def an_hour_passes_without(place, source):
    """The source was heard last an hour before it was."""
    with sqlite3.connect(place.directory / "run/registry.db", timeout=10) as connection:
        connection.execute("UPDATE feed_source SET heard_at = heard_at - 3600000 WHERE source = ?", (source,))
    connection.close()


class ChangesRegisters:
    """For a test with an installation `place`: what it changes is put back when it ends."""

    def load(self, directory):
        tell_registry(self.place, "load", "--from", directory)

    def with_rows(self, table, change, others={}):
        """The registers have one table changed until the test ends, and others with it."""
        original, changed = self.place.directory / "city", self.place.directory / "changed-city"
        shutil.copytree(original, changed)
        self.addCleanup(shutil.rmtree, changed)
        for name, change_of in {table: change, **others}.items():
            rewrite(changed / f"{name}.csv", change_of)
        self.load(changed)
        self.addCleanup(self.load, original)

    def with_holder(self, **facts):
        """住民記録 says other facts of the card's holder."""
        self.with_rows("residents", lambda rows: self.row_of_holder(rows).update(facts))

    def row_of_holder(self, rows):
        return next(row for row in rows if row["宛名番号"] == self.place.resident)

    def with_suppression(self, person, record="residents", cause="protected"):
        words = ("--resident", person, "--cause", cause, "--record", record)
        tell_registry(self.place, "suppress", *words)
        self.addCleanup(tell_registry, self.place, "unsuppress", *words)
