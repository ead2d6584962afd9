"""What the oracle knows of an installation: the files that people made for it, and the databases that its places leave."""
import base64
import sqlite3
import tomllib
from pathlib import Path

from residents import City


class Installed:
    def __init__(self, directory):
        self.directory = Path(directory)
        facts = dict(line.split("=", 1) for line in (self.directory / "installation").read_text(encoding="utf-8").splitlines())
        self.places = facts["chain_places"].strip('"').split()
        roster = tomllib.loads((self.directory / "keys/roster.toml").read_text(encoding="utf-8"))
        self.cities, self.statement_keys, self.nodes, self.ledgers = [], {}, {}, {}
        for number, entry in enumerate(roster["city"], 1):
            code = entry["code"]
            folder = "city" if number == 1 else f"city-{number}"
            self.cities.append(City(code, entry["prefecture"], entry["name"], self.directory / folder, self.kinds(number)))
            self.statement_keys[code] = [self.certificate(file) for file in entry["statement_keys"]]
            issuers = [place for place in self.places if self.city_of_issuer(place) == code]
            self.nodes[code] = len(issuers)
            self.ledgers[code] = self.directory / tomllib.loads((self.directory / f"{issuers[0]}.toml").read_text(encoding="utf-8"))["ledger"]["file"]
        issuer = tomllib.loads((self.directory / "issuer.toml").read_text(encoding="utf-8"))
        paper = issuer["paper"]
        self.forms, self.seal, self.fonts = Path(paper["forms"]), Path(paper["seal"]), [paper["font"], *paper["sequence_fonts"]]
        self.authority = issuer["authority"]["name"]

    def kinds(self, number):
        """What the rules of a city, counted from 1 on, say of each kind: by its name, in the menu's order."""
        rules = tomllib.loads((self.directory / ("rules.toml" if number == 1 else f"rules-{number}.toml")).read_text(encoding="utf-8"))
        return {kind["name"]: {"fee": kind["fee"], "scopes": kind["scopes"], "options": kind.get("options", []), "family": kind["family"],
                               "title_on_paper": kind.get("title_on_paper")} for kind in rules["kind"]}

    def city(self, code):
        return next(city for city in self.cities if city.code == code)

    def certificate(self, file):
        """In DER, the first of a PEM file."""
        _, rest = (self.directory / "keys" / file).read_text(encoding="ascii").split("-----BEGIN CERTIFICATE-----", 1)
        return base64.b64decode(rest.split("-----END CERTIFICATE-----", 1)[0])

    def city_of_issuer(self, place):
        return tomllib.loads((self.directory / f"{place}.toml").read_text(encoding="utf-8"))["city"]["code"] if place.startswith("issuer") else None

    def card(self, wish):
        return (self.directory / f"cards-{wish['city']}" / f"{wish['holder']}.der").read_bytes()

    def histories(self):
        return [self.directory / f"run/{place}.db" for place in self.places if place.startswith("center")]

    def journals(self):
        return sorted((self.directory / "run").glob("K*.journal.db"))


def rows(database, sql):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10) as connection:
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute(sql)]
    connection.close()
    return found
