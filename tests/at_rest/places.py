"""Where something may remain: files, the answers of the status pages, and the memory of the programs that still run."""
import array
import itertools
import os
import re
import resource
import urllib.request
import zlib
from dataclasses import dataclass
from pathlib import Path

from installation import PLACES

PAGE = resource.getpagesize()
PART = 8 * 1024 * 1024  # bytes that are read at once
OVERLAP = 4096  # longer than any form
SHARED = ("/tmp", "/var/tmp", "/dev/shm")  # where a program may put what it should not
CLOCKS_DIFFER = 1  # seconds: a file's time may be a tick behind the clock
KERNEL_ONLY = ("[vvar]", "[vsyscall]", "[vvar_vclock]")


@dataclass
class Piece:
    """Some bytes of a place; `at` is where they begin."""
    place: str
    at: int
    content: memoryview


def in_parts(place, at, size, read_into):
    """Pieces of something that is read part by part, each with the end of the part before it."""
    buffer = bytearray(min(PART, size) + OVERLAP)
    kept = 0
    while size > 0:
        got = read_into(memoryview(buffer)[kept:kept + min(PART, size)], at)
        if got <= 0:
            return
        yield Piece(place, at - kept, memoryview(buffer)[:kept + got])
        at, size = at + got, size - got
        tail = min(OVERLAP, kept + got)
        buffer[:tail] = buffer[kept + got - tail:kept + got]
        kept = tail


def file_pieces(path, name):
    try:
        with path.open("rb", buffering=0) as file:
            yield from in_parts(name, 0, os.fstat(file.fileno()).st_size, lambda into, at: os.preadv(file.fileno(), [into], at))
    except FileNotFoundError:
        return  # a write-ahead log that its database has just taken up


def files_under(directory):
    return sorted(path for path in directory.rglob("*") if path.is_file() and not path.is_symlink())


def installation_files(installation):
    for path in files_under(installation.directory):
        yield from file_pieces(path, f"file {path.relative_to(installation.directory)}")


def was_written_since(path, since):
    try:
        return path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since - CLOCKS_DIFFER
    except FileNotFoundError:
        return False  # somebody else's, gone meanwhile


def shared_files(installation, since):
    """What stands in the machine's temporary directories and was written since; other installations are not ours."""
    for root in map(Path, SHARED):
        for directory, folders, names in os.walk(root, onerror=lambda error: None):
            depth = len(Path(directory).relative_to(root).parts)
            folders[:] = [name for name in folders if depth < 2 and not name.startswith("madoguchi-") and Path(directory, name) != installation.directory]
            for path in (Path(directory, name) for name in names):
                if was_written_since(path, since):
                    yield from file_pieces(path, f"file {path}")


def metrics(installation):
    for place, offset in PLACES.items():
        if place in installation.processes:
            with urllib.request.urlopen(f"http://127.0.0.1:{installation.base + offset}/metrics", timeout=10) as answer:
                yield Piece(f"metrics of {place}", 0, memoryview(answer.read()))


def which_wipe_freed_memory(installation):
    """What each program says of itself, {metrics of PLACE: yes or no}."""
    wiped = re.compile(rb"^madoguchi_freed_memory_is_wiped 1$", re.MULTILINE)
    return {piece.place: wiped.search(piece.content) is not None for piece in metrics(installation)}


def regions(process):
    """(begin, end, name) of what a process keeps in memory. Left out is what holds no page, and what a file was mapped into and
    nobody has written to: programs, libraries and fonts as they stand on the disk."""
    region = None
    for line in Path(f"/proc/{process}/smaps").read_text().splitlines():
        if begun := re.match(r"([0-9a-f]+)-([0-9a-f]+) (r?)\S+ \S+ \S+ (\d+) *(.*)", line):
            region = int(begun[1], 16), int(begun[2], 16), begun[5] or "anonymous"
            readable, of_file = begun[3] and begun[5] not in KERNEL_ONLY, begun[4] != "0"
        elif line.startswith("Anonymous:" if of_file else "Rss:") and readable and line.split()[1] != "0":
            yield region


def runs_of_pages(pagemap, begin, end):
    """(begin, end) of the parts of a region whose pages are in memory or swapped out (pagemap(5): bits 63 and 62)."""
    entries = array.array("Q", os.pread(pagemap.fileno(), (end - begin) // PAGE * 8, begin // PAGE * 8))
    at = 0
    for is_there, run in itertools.groupby(entries, lambda entry: entry >> 62 != 0):
        size = sum(1 for _ in run) * PAGE
        if is_there:
            yield begin + at, begin + at + size
        at += size


def memory_of(name, process):
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory, open(f"/proc/{process}/pagemap", "rb", buffering=0) as pagemap:
        def read_into(into, at):
            try:
                return os.preadv(memory.fileno(), [into], at)
            except OSError:
                return 0  # a region that went away, or a device's
        for begin, end, what in regions(process):
            for first, last in runs_of_pages(pagemap, begin, end):
                yield from in_parts(f"memory of {name} ({what})", first, last - first, read_into)


def memories(installation):
    for name in PLACES:
        if name in installation.processes:
            yield from memory_of(name, installation.processes[name].pid)


MOST_UNPACKED = 1024 * 1024  # of one stream
LEAST_UNPACKED = 32  # what comes out of bytes that only look like the beginning of a stream


def unpacked(piece, streams):
    """What the zlib and gzip streams inside a piece hold; `streams` are where they may begin."""
    for begin in streams:
        stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            content = stream.decompress(piece.content[begin:begin + MOST_UNPACKED], MOST_UNPACKED)
        except zlib.error:
            continue
        if len(content) > LEAST_UNPACKED:
            yield Piece(f"{piece.place}, compressed", piece.at + begin, memoryview(content))


def locked_and_resident(process):
    """KiB that are locked, that are resident and not a file's, and that are swapped out."""
    status = dict(re.findall(r"^(\w+):\s*(\d+) kB$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE))
    return int(status["VmLck"]), int(status["RssAnon"]), int(status["VmSwap"])
