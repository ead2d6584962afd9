"""At rest, nothing personal is left of any kind of certificate, nor of an application for 本籍地利用登録: files, captures, metrics, memory."""
import unittest

import places
from at_rest import AtRest
from holders import Holder, make_card
from screen import DOMICILE_REGISTRATION

SELF, HOUSEHOLD = 1, 3  # scopes
OF_EACH_FAMILY = {"seal_certificate": (3, SELF), "family_register_whole": (4, HOUSEHOLD), "family_register_supplement": (6, HOUSEHOLD),
                  "taxation": (8, SELF)}
LEAST_APART = 4  # a certificate of few words differs in few places
CAPTURED = ("relay", "transfer", "center")
OF_THE_REGISTERS = {"parents", "birthplace", "earlier address", "戸籍番号", "印鑑登録番号", "seal", "tax address", "tax amount", "declaration"}
TYPED = {"applicant": "ヌヲソ　メヘヌ", "head": "ヌヲソ　ヘメソ", "born": "470813", "telephone": "0387164952"}


class NothingIsLeftOfAnyKind(AtRest):
    @classmethod
    def prepare(cls):
        for place in CAPTURED:
            cls.place.append(place, f'[capture]\nfile = "run/{place}.capture"\n')

    def setUp(self):
        self.printed = set(self.place.papers())

    def prints(self, holder, kind, scope):
        """A certificate from the first touch to the receipt; what its paper shows is looked for from then on."""
        citizen = self.citizen(holder, kind=kind, scope=scope, options=())
        citizen.goes_to("ended")
        citizen.leave()
        self.wait_for_receipts()
        paper, = set(self.place.papers()) - self.printed
        self.printed.add(paper)
        self.plant_page(holder, paper, min(self.printed - {paper}), LEAST_APART)

    def test_what_is_planted_lies_in_the_registers(self):
        found = self.scanner.scan(piece for piece in places.installation_files(self.place) if piece.place.startswith("file run/registry.db"))
        self.assertEqual(found.findings, [])
        self.assertLessEqual(OF_THE_REGISTERS, found.kinds)

    def test_after_a_certificate_of_each_family(self):
        for name, (kind, scope) in OF_EACH_FAMILY.items():
            with self.subTest(kind=name):
                self.prints(self.holders[0], kind, scope)
                self.assert_nothing_is_left()
        for place in CAPTURED:
            self.assertIn(f"file run/{place}.capture", self.seen.places)
        self.assertIn("file run/issuer-tax.db", self.seen.places)

    def test_after_a_certificate_was_given_up_while_paying(self):
        citizen = self.citizen(self.holders[1], kind=OF_EACH_FAMILY["taxation"][0], scope=SELF, options=())
        citizen.goes_to("pay")
        citizen.press("cancel")
        self.assertEqual(citizen.sees_end("refused")["code"], "cancelled")
        citizen.leave()
        self.wait_for_receipts()
        self.assert_nothing_is_left()

    def test_after_an_application_for_registration(self):
        stranger = Holder(3)
        make_card(self.place, stranger)
        self.plant_card(stranger)
        for text in (TYPED["applicant"], TYPED["head"], TYPED["telephone"], "1972-08-13"):
            self.scanner.plant_text("利用登録", stranger.name, text)
        citizen = self.citizen(stranger, service=DOMICILE_REGISTRATION, registration=TYPED)
        self.scanner.plant_text("利用登録", stranger.name, citizen.goes_to("accepted")["number"])
        citizen.goes_to("ended")
        citizen.leave()
        self.assert_nothing_is_left()
        self.assertIn("利用登録", self.seen.kinds, "it waits in the register")


if __name__ == "__main__":
    unittest.main()
