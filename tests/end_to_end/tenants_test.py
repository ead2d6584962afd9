"""Two cities on one installation: own processes, databases and keys. Neither reaches the other's records, keys or history."""
import os
import socket
import ssl
import tomllib
import unittest
from pathlib import Path

from installation import Installation, wait_for
from screen import Citizen, wait_for_lines

CHIBA, MATSUSAKA = "121002", "242047"
PLACES = {CHIBA: ("registry", "transfer", "issuer"), MATSUSAKA: ("registry-2", "transfer-2", "issuer-2-1")}
KEYS = {CHIBA: ("office", "city"), MATSUSAKA: (f"office-{MATSUSAKA}", f"city-{MATSUSAKA}")}
# What both may know: certificates and the roster, which are public.
SHARED = {"roster.bin", "keys/lgwan/authority.pem", *(f"keys/roster/roster-{number}.pem" for number in (1, 2, 3))}


class TwoCities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation("--cities", "chiba,matsusaka", residents=200)
        cls.addClassCleanup(cls.place.close)
        for place in PLACES[MATSUSAKA]:
            cls.place.start(place, until_healthy=False)
        cls.place.start_all()
        wait_for_lines(cls.place, city=CHIBA)

    def table(self, place):
        return tomllib.loads(self.place.settings(place).read_text(encoding="utf-8"))

    def files(self, place):
        """Every file of the installation that a place's settings name."""
        def walk(value):
            if isinstance(value, dict):
                value = list(value.values())
            if isinstance(value, list):
                return {file for each in value for file in walk(each)}
            return {value} if isinstance(value, str) and (self.place.directory / value).is_file() and not Path(value).is_absolute() else set()
        return walk(self.table(place))

    def members(self, city):
        """The certificates of a city's own line."""
        folder = self.place.directory / "keys" / KEYS[city][0]
        return [file for file in sorted(folder.glob("*.pem")) if file.stem != "authority"]


class Menus(TwoCities):
    def test_the_kiosk_shows_exactly_the_citys_kinds_under_its_own_titles(self):
        citizen = Citizen(self.place, city=CHIBA)
        kinds = citizen.goes_to("kind")["kinds"]
        citizen.gives_up()
        self.assertEqual([kind["title"] for kind in kinds],
                         ["住民票の写し", "印鑑登録証明書", "戸籍全部事項証明書", "戸籍個人事項証明書", "市・県民税所得証明(現年分)"])


class Lines(TwoCities):
    def first_answer(self, listen, name, authority, member):
        """The first bytes of HTTP/2 that a server says to a peer with this certificate; none if it refuses it."""
        context = ssl.create_default_context(cafile=authority)
        context.set_alpn_protocols(["h2"])
        context.load_cert_chain(member, member.with_suffix(".key"))
        host, port = listen.split(":")
        with socket.create_connection((host, int(port)), 10) as connection, context.wrap_socket(connection, server_hostname=name) as line:
            try:
                return line.recv(9)
            except (ssl.SSLError, ConnectionError):
                return b""  # with an alert

    def servers(self, city):
        registry, transfer, _ = PLACES[city]
        yield self.table(registry)["line"]["listen"], f"residents.city-{city}.office.example"
        yield self.table(transfer)["inside"]["listen"], f"transfer.city-{city}.office.example"

    def test_a_citys_own_members_are_let_in_and_the_other_citys_are_not(self):
        for city, other in ((CHIBA, MATSUSAKA), (MATSUSAKA, CHIBA)):
            authority = self.place.directory / "keys" / KEYS[city][0] / "authority.pem"
            for listen, name in self.servers(city):
                own = next(member for member in self.members(city) if member.stem.startswith("issuer-1"))
                self.assertTrue(self.first_answer(listen, name, authority, own), f"{own.stem} at {name}")
                for member in self.members(other):
                    with self.subTest(member=member.stem, server=name):
                        self.assertEqual(self.first_answer(listen, name, authority, member), b"")

    def test_no_authority_of_one_city_vouches_for_the_others_servers(self):
        for city, other in ((CHIBA, MATSUSAKA), (MATSUSAKA, CHIBA)):
            authority = self.place.directory / "keys" / KEYS[other][0] / "authority.pem"
            for listen, name in self.servers(city):
                with self.subTest(server=name), self.assertRaisesRegex(ssl.SSLError, "CERTIFICATE_VERIFY_FAILED"):
                    self.first_answer(listen, name, authority, self.members(other)[0])

    def test_an_issuer_that_is_pointed_to_the_other_citys_register_gets_nothing(self):
        before = self.place.settings("issuer").read_text(encoding="utf-8")
        own, others = (self.table(PLACES[city][0])["line"]["listen"] for city in (CHIBA, MATSUSAKA))
        self.place.change("issuer", f'target = "{own}"', f'target = "{others}"')
        self.place.change("issuer", f'peer = "residents.city-{CHIBA}', f'peer = "residents.city-{MATSUSAKA}')
        self.place.restart("issuer")

        def put_back():
            self.place.settings("issuer").write_text(before, encoding="utf-8")
            self.place.restart("issuer")
            wait_for_lines(self.place, city=CHIBA)
        self.addCleanup(put_back)
        refused = lambda: Citizen(self.place, city=CHIBA).is_refused()["code"]
        wait_for("the register is not reached", lambda: refused() == "register_unavailable")
        self.assertEqual(refused(), "register_unavailable")


class Keys(TwoCities):
    def with_key_of_the_other(self, *names):
        """Chiba's issuer with keys of Matsusaka's, until the test ends."""
        before = self.place.settings("issuer").read_text(encoding="utf-8")
        for name in names:
            self.place.change("issuer", f"keys/city/{name}", f"keys/city-{MATSUSAKA}/{name}")
        self.place.restart("issuer")

        def put_back():
            self.place.settings("issuer").write_text(before, encoding="utf-8")
            self.place.restart("issuer")
            wait_for_lines(self.place, city=CHIBA)
        self.addCleanup(put_back)

    def refusal(self):
        codes = []
        def refused():
            codes.append(Citizen(self.place, city=CHIBA).is_refused()["code"])
            return codes[-1] not in ("city_unreachable", "line_down")
        wait_for("the city is reached", refused)
        return codes[-1]

    def test_a_city_cannot_speak_with_the_others_statement_key(self):
        self.with_key_of_the_other("statement.key", "statement.pem")
        self.assertEqual(self.refusal(), "signer_not_entitled")

    def test_a_city_cannot_open_what_is_sealed_for_the_other(self):
        self.with_key_of_the_other("receiving.key", "receiving.pem")
        self.assertEqual(self.refusal(), "envelope_invalid")


class Files(TwoCities):
    def test_settings_share_nothing_but_what_is_public(self):
        chiba, matsusaka = (set().union(*map(self.files, PLACES[city])) for city in (CHIBA, MATSUSAKA))
        self.assertLessEqual(chiba & matsusaka, SHARED)
        self.assertTrue(any(file.endswith(".key") for file in chiba - matsusaka))

    def test_running_places_have_no_file_of_the_other_city_open(self):
        databases = {city: {f"run/{self.table(PLACES[city][0])['register']['database'].split('/')[-1]}", self.table(PLACES[city][2])["ledger"]["file"]}
                     for city in PLACES}
        self.assertEqual(databases[CHIBA] & databases[MATSUSAKA], set())
        for city, other in ((CHIBA, MATSUSAKA), (MATSUSAKA, CHIBA)):
            forbidden = {str((self.place.directory / database).resolve()) for database in databases[other]}
            opened = set()
            for place in PLACES[city]:
                folder = Path(f"/proc/{self.place.processes[place].pid}/fd")
                opened |= {os.readlink(link).removesuffix("-wal").removesuffix("-shm") for link in folder.iterdir() if link.is_symlink()}
            self.assertTrue(any(str(self.place.directory / database) in opened for database in databases[city]), opened)
            self.assertEqual(opened & forbidden, set())

    def test_keys_and_databases_are_their_owners_alone(self):
        files = [file for city in PLACES for folder in KEYS[city] for file in (self.place.directory / "keys" / folder).glob("*.key")]
        files += [file for file in (self.place.directory / "run").glob("*.db*")]
        self.assertGreater(len(files), 10)
        for file in files:
            self.assertEqual(file.stat().st_mode & 0o077, 0, file)

    def test_a_ledger_holds_its_own_citys_history_alone(self):
        citizen = Citizen(self.place, city=CHIBA)
        citizen.goes_to("ended")
        citizen.leave()
        for city, issued in ((CHIBA, {CHIBA}), (MATSUSAKA, set())):
            database = Path(self.table(PLACES[city][2])["ledger"]["file"]).stem
            rules, = {row["content"].split('city = "')[1][:6] for row in self.place.rows(database, "SELECT content FROM rule_edition")}
            self.assertEqual(rules, city)
            self.assertEqual({row["city"] for row in self.place.rows(database, "SELECT city FROM issuance")}, issued)


if __name__ == "__main__":
    unittest.main()
