"""Looks for markers in places, and says what was found outside the exceptions of exceptions.toml.

A marker is something personal or secret that was planted; it is looked for in each of its forms (forms.py)."""
import ctypes
import fnmatch
import os
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import forms
import places

HERE = Path(__file__).parent
MOST_FOUND = 4096  # in one piece


@dataclass(frozen=True)
class Marker:
    kind: str
    whose: str


@dataclass
class Finding:
    marker: Marker
    form: str
    place: str
    at: int
    around: bytes

    def __str__(self):
        return f"{self.marker.kind} of {self.marker.whose}, {self.form}, in {self.place} at {self.at:#x}: {self.around!r}"


class Finder:
    """find_bytes.cpp."""

    def __init__(self):
        self.library = ctypes.CDLL(os.environ["MADOGUCHI_FIND_BYTES"])
        self.library.finder_make.restype = ctypes.c_void_p
        self.library.finder_search.restype = ctypes.c_size_t
        self.library.find_streams.restype = ctypes.c_size_t
        self.finder = ctypes.c_void_p(self.library.finder_make())
        self.numbers = (ctypes.c_uint32 * MOST_FOUND)()
        self.offsets = (ctypes.c_size_t * MOST_FOUND)()

    def close(self):
        self.library.finder_free(self.finder)

    def add(self, number, pattern):
        if len(pattern) < 4 or pattern[:4] == bytes(4):
            raise ValueError(f"a form that cannot be looked for: {pattern!r}")
        self.library.finder_add(self.finder, ctypes.c_uint32(number), pattern, ctypes.c_size_t(len(pattern)))

    def search(self, content):
        """(number, offset) of all that was found, up to a bound."""
        found = self.library.finder_search(self.finder, *address_and_size(content), self.numbers, self.offsets, ctypes.c_size_t(MOST_FOUND))
        return [(self.numbers[i], self.offsets[i]) for i in range(min(found, MOST_FOUND))]

    def streams(self, content):
        """Where something compressed may begin."""
        found = self.library.find_streams(*address_and_size(content), self.offsets, ctypes.c_size_t(MOST_FOUND))
        return self.offsets[:found]


def address_and_size(content):
    """A memoryview for a function of C; what is read-only is copied."""
    writable = content if not content.readonly else memoryview(bytearray(content))
    return (ctypes.c_char * len(writable)).from_buffer(writable), ctypes.c_size_t(len(writable))


@dataclass
class Seen:
    """What a scan went through."""
    places: set = field(default_factory=set)
    bytes: int = 0
    seconds: float = 0
    excepted: Counter = field(default_factory=Counter)
    kinds: set = field(default_factory=set)  # of markers, in exceptions too
    findings: list = field(default_factory=list)


class Scanner:
    def __init__(self):
        self.finder = Finder()
        self.forms = []  # (marker, name of the form, bytes), by the finder's number
        self.known = set()
        self.planted = 0
        self.exceptions = tomllib.loads((HERE / "exceptions.toml").read_text(encoding="utf-8"))["exception"]

    def plant(self, kind, whose, found_forms):
        """Looks for a marker from now on, in these forms."""
        self.planted += 1
        for name, values in found_forms.items():
            for value in values - self.known:
                self.known.add(value)
                self.finder.add(len(self.forms), value)
                self.forms.append((Marker(kind, whose), name, value))

    def plant_text(self, kind, whose, text):
        self.plant(kind, whose, forms.forms_of_text(text))

    def plant_bytes(self, kind, whose, raw):
        self.plant(kind, whose, forms.forms_of_bytes(raw))

    def plant_number(self, kind, whose, raw):
        self.plant(kind, whose, forms.forms_of_number(raw))

    def exception_for(self, finding):
        for exception in self.exceptions:
            if any(fnmatch.fnmatchcase(finding.place, pattern) for pattern in exception["places"]) and finding.marker.kind in exception["markers"]:
                return exception["reason"]
        return None

    def look(self, piece, seen):
        found = self.finder.search(piece.content)
        for number, offset in found:
            marker, form, value = self.forms[number]
            around = bytes(piece.content[max(0, offset - 24):offset + len(value) + 24])
            finding = Finding(marker, form, piece.place, piece.at + offset, around)
            seen.kinds.add(marker.kind)
            reason = self.exception_for(finding)
            if reason:
                seen.excepted[reason] += 1
            else:
                seen.findings.append(finding)

    def scan(self, pieces, seen=None):
        """Goes through pieces and what is compressed in them."""
        seen = seen or Seen()
        begun = time.monotonic()
        for piece in pieces:
            seen.places.add(piece.place)
            seen.bytes += len(piece.content)
            self.look(piece, seen)
            for content in places.unpacked(piece, self.finder.streams(piece.content)):
                seen.bytes += len(content.content)
                self.look(content, seen)
        seen.seconds += time.monotonic() - begun
        return seen

    def summary(self, seen):
        return (f"{len(seen.places)} places, {seen.bytes / 2**20:.0f} MiB in {seen.seconds:.1f} s, {self.planted} markers in "
                f"{len(self.forms)} forms: {len(seen.findings)} findings, {sum(seen.excepted.values())} in exceptions")
