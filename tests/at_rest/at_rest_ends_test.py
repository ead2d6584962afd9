"""At rest, nothing personal is left: after every way in which a session ends, files, metrics and memory hold no marker."""
import unittest

import places
from at_rest import AtRest
from installation import program, run
from screen import Refused

CAUSES = ("protected", "protected_pending", "blocked", "notice_pending", "moving_out", "provisional")
BEFORE_PAYING = ("place", "card_on", "pin", "card_off", "kind", "persons", "items", "copies", "summary")


class NothingIsLeft(AtRest):
    def test_the_search_finds_what_is_there_while_a_citizen_pays(self):
        if not self.memory_is_searched:
            self.skipTest("a sanitizer has the memory")
        citizen = self.citizen(self.holders[0])
        citizen.goes_to("pay")
        self.plant_session_keys()
        found = self.scanner.scan(places.memories(self.place))
        citizen.press("cancel")
        citizen.sees_end("refused")
        citizen.leave()
        in_kiosk = {finding.marker.kind for finding in found.findings if finding.place.startswith("memory of kiosk ")}
        self.assertLessEqual({"name", "page", "session key", "card certificate"}, in_kiosk)
        self.assertGreaterEqual(len(found.excepted), 2, "the register and the card hold what is theirs")

    def test_after_a_certificate_was_printed_and_taken(self):
        self.wait_for_receipts()
        self.assert_nothing_is_left()

    def test_after_two_copies(self):
        citizen = self.citizen(self.holders[1], copies=2)
        citizen.goes_to("ended")
        citizen.leave()
        self.wait_for_receipts()
        self.assert_nothing_is_left()

    def test_after_a_refusal_for_each_sensitive_cause(self):
        for cause in CAUSES:
            with self.subTest(cause=cause):
                self.suppress("suppress", cause)
                view = self.citizen(self.holders[0]).is_refused()
                self.suppress("unsuppress", cause)
                self.assertEqual(view["code"], "cannot_be_issued")
                self.assert_nothing_is_left()

    def suppress(self, command, cause):
        run(program("registry"), command, "--config", self.place.settings("registry"), "--resident", self.holders[0].number, "--cause", cause)

    def test_after_a_refusal_at_the_till(self):
        citizen = self.citizen(self.holders[0])
        citizen.goes_to("pay")
        self.suppress("suppress", "protected")
        view = citizen.is_refused()
        self.suppress("unsuppress", "protected")
        self.assertEqual((view["code"], view["returned"]), ("cannot_be_issued", 500))
        self.wait_for_receipts()
        self.assert_nothing_is_left()

    def test_after_cancelling_on_each_screen(self):
        for screen in BEFORE_PAYING:
            with self.subTest(screen=screen):
                citizen = self.citizen(self.holders[0])
                citizen.goes_to(screen)
                citizen.gives_up()
                self.assert_nothing_is_left()

    def test_after_cancelling_while_paying(self):
        citizen = self.citizen(self.holders[0])
        citizen.goes_to("pay")
        citizen.press("insert_coin", yen=100)
        citizen.sees("pay", where=lambda view: view["inserted"] == 100)
        citizen.press("cancel")
        self.assertEqual(citizen.sees_end("refused")["code"], "cancelled")
        citizen.leave()
        self.wait_for_receipts()
        self.assert_nothing_is_left()

    def test_after_wrong_pins_and_a_blocked_card(self):
        citizen = self.citizen(self.holders[2])
        citizen.goes_to("pin")
        citizen.enters(self.holders[2].pin[::-1])
        citizen.sees("pin", where=lambda view: view["wrong"])
        citizen.gives_up()
        self.assert_nothing_is_left()
        citizen = self.citizen(self.holders[2])
        citizen.goes_to("pin")
        citizen.enters(self.holders[2].pin[::-1])
        citizen.sees("pin", where=lambda view: view["wrong"])
        citizen.enters(self.holders[2].pin[::-1])
        self.assertEqual(citizen.sees_end("refused")["code"], "pin_blocked")
        self.place.remove_card()
        citizen.leave()
        self.assert_nothing_is_left()

    def test_after_the_card_was_pulled_out_too_early(self):
        citizen = self.citizen(self.holders[0])
        citizen.goes_to("pin")
        self.place.remove_card()
        with self.assertRaises(Refused):
            citizen.enters(self.holders[0].pin)
            citizen.sees("card_off")
        citizen.leave()
        self.assert_nothing_is_left()


if __name__ == "__main__":
    unittest.main()
