"""The card through PC/SC: a pcscd of our own with a virtual reader, as a store's copier has a real one. OpenSC, which knows
real My Number Cards, looks at the same card."""
import subprocess
import unittest
from pathlib import Path

from installation import Installation, run, wait_for
from screen import Citizen, wait_for_lines

DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")


class Pcsc(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Installation("--reader", "pcsc")
        cls.addClassCleanup(cls.place.close)
        cls.start_pcscd()
        cls.place.append("card", f'[vpcd]\nconnect = "127.0.0.1:{cls.reader_port()}"\n')
        cls.place.start_all()
        wait_for_lines(cls.place)

    @classmethod
    def reader_port(cls):
        return cls.place.base + 24  # and 25: the driver takes a port for each of its two slots

    @classmethod
    def start_pcscd(cls):
        configuration = cls.place.directory / "reader.conf"
        port = f"{cls.reader_port():#x}"
        configuration.write_text(f'FRIENDLYNAME "Madoguchi Test"\nDEVICENAME /dev/null:{port}\nLIBPATH {DRIVER}\nCHANNELID {port}\n')
        cls.place.start_process("pcscd", "pcscd", "--foreground", "--info", "--config", configuration)
        wait_for("pcscd is ready", lambda: cls.place.is_running("pcscd") and "daemon ready" in cls.place.log("pcscd"))

    def test_1_the_kiosk_issues_through_the_reader(self):
        walk = self.place.citizen("--option", "head_and_relation")
        self.assertEqual((walk["ended_on"], walk["fee"]), ("ended", 200))
        self.assertEqual(len(self.place.papers()), 1)
        self.assertTrue(self.place.money_agrees())

    def test_2_three_wrong_pins_at_the_kiosk_block_the_card_for_opensc_too(self):
        citizen = Citizen(self.place)
        citizen.goes_to("pin")
        for left in (2, 1):
            citizen.enters("9999")
            self.assertEqual(citizen.sees("pin", where=lambda view: view["wrong"])["tries_left"], left)
        citizen.enters("9999")
        self.assertEqual(citizen.sees_end("refused")["code"], "pin_blocked")
        citizen.leave(next_citizen=False)

        self.place.stop("kiosk")  # the reader is OpenSC's now
        self.place.place_card()
        wait_for("OpenSC sees the card", lambda: "jpki" in run("opensc-tool", "-n", check=False).stdout)
        login = subprocess.run(["pkcs11-tool", "--login", "--pin", "1234", "--slot-index", "0", "--list-objects"], capture_output=True, text=True,
                               timeout=60)
        self.assertNotEqual(login.returncode, 0, login.stdout)
        self.assertIn("C_Login failed", login.stdout + login.stderr)
        pins = run("pkcs15-tool", "--list-pins").stdout
        tries = [line.split(":")[1].strip() for line in pins.splitlines() if "Tries left" in line]
        self.assertEqual(tries[:1], ["0"], pins)
        self.assertEqual(self.place.card_state()["pin_tries"], 0)
        self.assertEqual(len(self.place.papers()), 1, "nothing more was printed")


if __name__ == "__main__":
    unittest.main()
