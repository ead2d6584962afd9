"""A city's rules, changed while everything runs."""
import datetime
import time

from installation import program, run, wait_for

JAPAN = datetime.timezone(datetime.timedelta(hours=9))
LONG_AGO = "2020-01-01T00:00"


def moment(seconds_from_now=0):
    return datetime.datetime.fromtimestamp(time.time() + seconds_from_now, JAPAN).strftime("%Y-%m-%dT%H:%M:%S")


class ChangesRules:
    """For a test with an installation `place`, and its `rules` as they were made."""

    def load_rules(self, text, check=True):
        """Loads an edition; once it is in force, what was said. A refusal is handed back."""
        result = self.load_for_later(text, check)
        if result.returncode == 0:
            self.wait_until_in_force()
        return result

    def load_for_later(self, text, check=True):
        file = self.place.directory / "changed.toml"
        file.write_text(text, encoding="utf-8")
        return run(program("issuer"), "load-rules", file, "--by", "区政推進課　見本", "--config", self.place.settings("issuer"), check=check)

    def editions(self):
        return run(program("issuer"), "list-rules", "--config", self.place.settings("issuer")).stdout.splitlines()

    def wait_until_in_force(self):
        wait_for("the newest edition is in force", lambda: self.editions()[-1].split()[2:4] == ["in", "force"])

    def changed(self, old, new, effective=LONG_AGO):
        """The rules with one thing changed, wherever it stands."""
        self.assertIn(old, self.rules)
        return self.rules.replace(old, new).replace(f'effective = "{LONG_AGO}"', f'effective = "{effective}"')

    def changed_kind(self, name, line):
        """The rules with a line more for one kind."""
        return self.changed(f'name = "{name}"\n', f'name = "{name}"\n{line}\n')

    def stopped(self, family):
        """The rules with a family stopped from now on."""
        stop = f'[[stop]]\nfamily = "{family}"\nfrom = "{moment(-60)}"\nuntil = "{moment(3600)}"\nreason = "更新"\n\n[[kind]]'
        return self.rules.replace("[[kind]]", stop, 1)
