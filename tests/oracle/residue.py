"""What a load has left: nothing of a citizen stands in the files of a place that is to keep nothing of anybody.

Looked through: the logs of all places, and what they keep, but the registers, which are what the city knows. A name, a
number or an address stands there as UTF-8 if it stands there in plain; tests/at_rest looks for more forms, in memory too.
"""
import os
import subprocess
import tempfile

from statements import Wrong

KEEP_RECORDS = "registry*"
LEAST_BYTES = 8  # what is shorter may stand in a digest by chance


def planted(city, wish):
    """Of everybody whom a certificate of this wish shows, what names them."""
    if wish["register"]:
        for record in (city.registers.family_registers[wish["register"]], city.registers.supplements[wish["register"]]):
            yield record["domicile"]
            yield record["head"]
            for person in record["persons"]:
                yield from (person["number"], person.get("name", ""), *(address["address"] for address in person.get("addresses", [])))
    for number in {wish["holder"], *wish["persons"]} & city.people.keys():
        row = city.people[number]
        yield from (number, row["name"], row["kana"], row["alias"], row["address"], row["family_register"], row["individual_number"])


class Residue:
    """`found`: the files that hold something of somebody; it does not repeat what."""

    def __init__(self, installed, wishes):
        texts = {text for wish in wishes for text in planted(installed.city(wish["city"]), wish) if len(text.encode()) >= LEAST_BYTES}
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as patterns:
            patterns.write("".join(f"{text}\n" for text in sorted(texts)))
            patterns.flush()
            looked = subprocess.run(["grep", "--recursive", "--text", "--files-with-matches", "--fixed-strings", f"--file={patterns.name}", f"--exclude={KEEP_RECORDS}", "log", "run"],
                                    cwd=installed.directory, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=False)
        if looked.returncode > 1:
            raise Wrong(f"the residue could not be looked through: {looked.stderr}")
        self.found = sorted(looked.stdout.splitlines())
