"""A city's rules change while everything runs: at their moment, as a whole or not at all, and nothing under a citizen's hands."""
import unittest

from installation import Installation, program, run
from rules import ChangesRules, moment
from screen import Citizen, wait_for_lines

RESIDENCE = 1  # KIND_RESIDENCE_CERTIFICATE


class RulesTest(ChangesRules, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation()
        cls.addClassCleanup(cls.place.close)
        cls.place.start_all()
        wait_for_lines(cls.place)
        cls.rules = (cls.place.directory / "rules.toml").read_text(encoding="utf-8")

    def setUp(self):
        self.loaded = 1 + len(self.editions())
        self.addCleanup(self.load_rules, self.rules)

    def pays(self, citizen, fee):
        """Goes on to the end; the fee that was asked for."""
        self.assertEqual(citizen.goes_to("pay")["due"], fee)
        citizen.goes_to("ended")
        citizen.leave()

    def kinds(self):
        """The menu of a new session."""
        citizen = Citizen(self.place)
        view = citizen.goes_to("kind")
        citizen.gives_up()
        return {kind["kind"]: kind for kind in view["kinds"]}

    def refusal(self, citizen=None):
        return (citizen or Citizen(self.place)).is_refused()["code"]


class Change(RulesTest):
    def test_susono_a_fee_changes_for_new_sessions_and_what_was_begun_is_finished_under_the_old(self):
        begun = Citizen(self.place)
        self.assertEqual(begun.goes_to("kind")["kinds"][0]["fee"], 200)
        self.load_rules(self.changed("fee = 200", "fee = 300"))
        self.pays(begun, 200)
        self.pays(Citizen(self.place), 300)

    def test_an_edition_takes_effect_at_its_moment(self):
        effective = moment(3)
        said = self.load_for_later(self.changed("fee = 200", "fee = 100", effective)).stdout
        self.assertEqual(said, f"version {self.loaded} takes effect at {effective} in Japan\n")
        self.assertRegex(self.editions()[-1], f"^{self.loaded} {effective} (to come|in force) loaded .* by 区政推進課　見本$")
        self.wait_until_in_force()
        self.assertGreaterEqual(moment(), effective)
        self.assertEqual(self.kinds()[RESIDENCE]["fee"], 100)

    def test_a_kind_is_taken_out_and_what_was_begun_still_has_it(self):
        begun = Citizen(self.place)
        begun.goes_to("summary")
        head, *kinds = self.rules.split("[[kind]]")
        self.load_rules("[[kind]]".join([head, *(kind for kind in kinds if 'name = "residence_certificate"' not in kind)]))
        self.pays(begun, 200)
        self.assertNotIn(RESIDENCE, self.kinds())

    def test_hours_end_for_new_sessions_and_what_was_begun_is_finished(self):
        begun = Citizen(self.place)
        begun.goes_to("summary")
        today, tomorrow = moment()[:10], moment(86400)[:10]
        self.load_rules(self.changed("\n[family.store]", f'\nclosed_days = ["{today}", "{tomorrow}"]\n[family.store]'))
        self.pays(begun, 200)
        self.assertEqual(self.refusal(), "outside_hours")

    def test_a_campaign_has_its_own_fee(self):
        head, first, *kinds = self.rules.split("[[kind]]")
        first += f'[[kind.campaign]]\nfee = 10\nfrom = "{moment(-60)}"\nuntil = "{moment(3600)}"\n\n'
        self.load_rules("[[kind]]".join([head, first, *kinds]))
        kinds = self.kinds()
        self.assertEqual((kinds[RESIDENCE]["fee"], kinds[2]["fee"]), (10, 200))


class Stop(RulesTest):
    def test_one_family_is_stopped_and_the_others_go_on(self):
        self.load_rules(self.stopped("tax"))
        kinds = self.kinds()
        self.assertTrue(kinds[RESIDENCE]["available"])
        self.assertEqual({kind: kinds[kind]["available"] for kind in (7, 8, 9, 10)}, dict.fromkeys((7, 8, 9, 10), False))
        self.assertIn("停止", kinds[8]["why"])

    def test_a_stop_holds_at_once_also_for_what_was_begun(self):
        begun = Citizen(self.place)
        begun.goes_to("summary")
        self.load_rules(self.stopped("residence"))
        self.assertEqual(self.refusal(begun), "stopped_for_now")

    def test_a_stop_before_the_release_gives_the_coins_back(self):
        at_the_till = Citizen(self.place)
        at_the_till.goes_to("pay")
        self.load_rules(self.stopped("residence"))
        self.assertEqual(self.refusal(at_the_till), "stopped_for_now")
        self.assertTrue(self.place.money_agrees())


class Broken(RulesTest):
    def test_a_broken_file_is_refused_whole_and_the_old_rules_stay(self):
        before = self.editions()
        broken = self.changed("fee = 200", "fee = 20000").replace('telephone = "03-0000-0000"', 'telephone = ""')
        result = self.load_rules(broken, check=False)
        self.assertEqual(result.returncode, 1)
        lines = [line for line in result.stderr.splitlines() if "changed.toml:" in line]
        self.assertGreater(len(lines), 5, "every complaint at once")
        self.assertRegex(lines[0], r"changed\.toml:\d+: telephone: must not be empty$")
        self.assertRegex(lines[1], r"changed\.toml:\d+: kind\[0\]\.fee: must be from 0 to 10000, not 20000$")
        self.assertEqual(self.editions(), before)
        self.assertEqual(self.kinds()[RESIDENCE]["fee"], 200)

    def test_the_rules_of_another_city_are_refused(self):
        result = self.load_rules(self.changed('city = "131016"', 'city = "121002"'), check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn("is of city 121002, not of 131016", result.stderr)

    def test_an_issuer_without_rules_says_what_to_do(self):
        settings = self.place.settings("issuer").read_text(encoding="utf-8")
        fresh = self.place.directory / "fresh-issuer.toml"
        fresh.write_text(settings.replace('file = "run/issuer.db"', 'file = "run/fresh.db"'), encoding="utf-8")
        result = run(program("issuer"), "--config", fresh, check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("madoguchi-issuer load-rules FILE --by NAME --config CONFIG", result.stderr)


class IssuingMachine(RulesTest):
    """The same kiosk with the device key of a 証明書発行機: the city's own hours for it hold."""

    def setUp(self):
        super().setUp()
        keys = self.place.directory / "keys/kiosk"
        if not (keys / "M000001.pem").exists():
            run(program("ceremony"), "kiosk", "--dir", keys, "--kiosk", "M000001", "--channel", "issuing-machine")
            self.place.append("kiosks", '[[kiosk]]\nname = "M000001"\noperator = "千代田区"\nstore = "区役所"\n'
                                        'responsible = "区　責任者"\nmaintenance = ["保守　担当者"]\n')
            self.place.restart("center")
        before = self.place.settings("kiosk").read_text(encoding="utf-8")
        self.place.settings("kiosk").write_text(before.replace("K000001", "M000001"), encoding="utf-8")
        self.place.restart("kiosk")
        wait_for_lines(self.place)

    def test_has_other_hours_than_a_store(self):
        self.assertTrue(self.kinds()[RESIDENCE]["available"])
        self.load_rules(self.changed('[family.issuing_machine]\nhours = "00:00-24:00"\n', ""))
        self.assertEqual(self.refusal(), "outside_hours")
        self.load_rules(self.changed('[family.store]\nhours = "00:00-24:00"\n', ""))
        self.assertTrue(self.kinds()[RESIDENCE]["available"])


if __name__ == "__main__":
    unittest.main()
