"""A machine's disk that forgets what was not synced: with the library of power_loss_shim.cpp before all others, a program keeps
beside its files a shadow of what would survive. After a SIGKILL, `lose_power` puts the shadow in the files' place.

What is durable, as the shim sees it: a file's content since its last fsync or fdatasync; a directory's names since its last
fsync. All that is younger is lost, which is the least that a disk may keep.
"""
import fnmatch
import os
import shutil
from pathlib import Path

# The files of each machine, under an installation. The coin box, the printer and the card have memories of their own: a kiosk
# without power takes nothing from them.
FILES = {
    "kiosk": ["run/journal.db*", "run/kiosk-roster.bin*", "run/kiosk.address*"],
    "issuer": ["run/issuer.db*", "run/issuer-tax.db*"],
    "center": ["run/center.db*"],
    "registry": ["run/registry.db*"],
    "jpki": ["jpki/*", "crash/**/*"],
    "card": ["card/card.state*"],
    "ceremony": [],
    "transfer": [],
    "relay": [],
    "desk": ["crash/**/*"],  # where commands make what goes to the places afterwards
}


class Disk:
    """The files of one machine under `root`. `boot` before its processes start, `lose_power` when they are dead."""

    def __init__(self, root, name, shim, files=None):
        self.root, self.patterns = Path(root), FILES[name] if files is None else files
        self.shadow = self.root / "shadow" / name
        self.environment = {"LD_PRELOAD": str(shim), "POWER_LOSS_ROOT": str(self.root), "POWER_LOSS_SHADOW": str(self.shadow)}

    def files(self):
        return sorted({file for pattern in self.patterns for file in self.root.glob(pattern) if file.is_file()})

    def boot(self):
        """What is on the disk now has been there for long: it is durable."""
        shutil.rmtree(self.shadow, ignore_errors=True)
        (self.shadow / "content").mkdir(parents=True)
        (self.shadow / "names").mkdir()
        for directory, directories, files in os.walk(self.root):
            directories[:] = [name for name in directories if Path(directory, name) != self.root / "shadow"]
            lines = [f"{Path(directory, name).lstat().st_ino} {name}\n" for name in directories + files]
            (self.shadow / "names" / escaped(Path(directory).relative_to(self.root))).write_text("".join(lines))
        for file in self.files():
            shutil.copyfile(file, self.shadow / "content" / str(file.stat().st_ino))

    def lose_power(self):
        """Puts what is durable in the place of the machine's files."""
        listings = {unescaped(file.name): dict(reversed(line.split(" ", 1)) for line in file.read_text().splitlines())
                    for file in (self.shadow / "names").iterdir()}
        was = set(self.files())
        durable = {self.root / directory / name: self.content(inode) for directory, names in listings.items()
                   if is_durable(Path(directory), listings) for name, inode in names.items() if self.is_mine(Path(directory, name))}
        for file in was - set(durable):
            file.unlink()
        for file, content in durable.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            file.chmod(0o600)

    def is_mine(self, file):
        return any(fnmatch.fnmatch(str(file), pattern.replace("**/", "")) for pattern in self.patterns) and not (self.root / file).is_dir()

    def content(self, inode):
        file = self.shadow / "content" / inode
        return file.read_bytes() if file.exists() else b""


def is_durable(directory, listings):
    """Whether every directory on the way stands in the durable names of the one above it."""
    return str(directory) == "." or directory.name in listings.get(str(directory.parent), {}) and is_durable(directory.parent, listings)


def escaped(directory):
    return str(Path("/") / directory).replace("%", "%25").replace("/", "%2F")


def unescaped(name):
    """The directory under the root; "." is the root."""
    return str(Path(name.replace("%2F", "/").replace("%25", "%")).relative_to("/"))
