"""What went to the printer, by an own reading of the PDF; its images are decoded by libtiff (poppler is asked now and then)."""
import ctypes
import functools
import os
import re
import subprocess
import tempfile
from pathlib import Path

from statements import Wrong

WIDTH, HEIGHT = 4960, 7016  # A4 at 600 dots an inch
STRIDE = WIDTH // 8
PIXELS_PER_MM = 600 / 25.4
PAGE = ctypes.create_string_buffer(STRIDE * HEIGHT)  # used for one page after the other

TIFF = ctypes.CDLL("libtiff.so.6")
TIFF.TIFFFdOpen.restype = ctypes.c_void_p
TIFF.TIFFFdOpen.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p]
TIFF.TIFFReadEncodedStrip.restype = ctypes.c_ssize_t
TIFF.TIFFReadEncodedStrip.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_ssize_t]
TIFF.TIFFClose.argtypes = [ctypes.c_void_p]
TIFF.TIFFSetErrorHandler(None)
TIFF.TIFFSetWarningHandler(None)


def images(pdf):
    """The image streams, in the order of the pages."""
    objects = {}
    at = 0
    while found := re.compile(rb"\n(\d+) 0 obj\n").search(pdf, at):
        end = pdf.find(b"\nendobj", found.end())
        body = pdf[found.end():end]
        if length := re.match(rb"<<[^>]*/Length (\d+)[^>]*>>\nstream\n|<<.*?/Length (\d+).*?>>\nstream\n", body, re.DOTALL):
            size = int(length[1] or length[2])
            begin = found.end() + length.end()
            objects[int(found[1])] = length[0], pdf[begin:begin + size]
            end = begin + size
        else:
            objects[int(found[1])] = body, None
        at = end
    root = next(body for body, _ in objects.values() if b"/Type /Pages" in body)
    pages = [int(number) for number in re.findall(rb"(\d+) 0 R", re.search(rb"/Kids \[([^\]]*)\]", root)[1])]
    drawn = []
    for page in pages:
        number = int(re.search(rb"/Page (\d+) 0 R", objects[page][0])[1])
        header, stream = objects[number]
        if b"/CCITTFaxDecode" not in header or stream is None:
            raise Wrong("a page whose image has another form")
        drawn.append(stream)
    return drawn


def tiff_of(image):
    """The image as a TIFF of one strip."""
    entries = [(256, 4, WIDTH), (257, 4, HEIGHT), (258, 3, 1), (259, 3, 4), (262, 3, 0), (273, 4, 0), (277, 3, 1), (278, 4, HEIGHT), (279, 4, len(image))]
    begin = 8 + 2 + 12 * len(entries) + 4
    ifd = b"".join(tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + (1).to_bytes(4, "little") + (begin if tag == 273 else value).to_bytes(4, "little")
                   for tag, kind, value in entries)
    return b"II*\0" + (8).to_bytes(4, "little") + len(entries).to_bytes(2, "little") + ifd + bytes(4) + image


def decoded(image):
    """The page's rows, packed, black is 1."""
    file = os.memfd_create("page")
    os.write(file, tiff_of(image))
    os.lseek(file, 0, os.SEEK_SET)
    opened = TIFF.TIFFFdOpen(file, b"page", b"rm")
    if not opened:
        os.close(file)
        raise Wrong("an image that libtiff cannot read")
    got = TIFF.TIFFReadEncodedStrip(opened, 0, PAGE, len(PAGE))
    TIFF.TIFFClose(opened)
    if got != STRIDE * HEIGHT:
        raise Wrong("an image that is not a whole page")
    return PAGE.raw


def decoded_by_poppler(pdf):
    """The same of every page of a PDF file, by another decoder."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdfimages", str(pdf), f"{folder}/page"], check=True, capture_output=True, timeout=120)
        return [file.read_bytes()[-STRIDE * HEIGHT:] for file in sorted(Path(folder).glob("page-*.pbm"))]


@functools.lru_cache
def within(width, height, stride):
    """Ones where a cell's pixels are, zeros between its rows."""
    return int.from_bytes(((1 << width) - 1).to_bytes(stride // 8, "big") * height, "big")


class Cell:
    """A rectangle of the page in millimetres, without its frame's line, as one whole number: a row after the other, with
    empty columns between them, so that nothing runs on from one row into the next when it is shifted."""

    FRAME = 4  # pixels
    GUARD = 8

    def __init__(self, x, y, width, height):
        self.left, self.top = round(x * PIXELS_PER_MM) + self.FRAME, round(y * PIXELS_PER_MM) + self.FRAME
        self.right, self.bottom = round((x + width) * PIXELS_PER_MM) - self.FRAME, round((y + height) * PIXELS_PER_MM) - self.FRAME
        self.width, self.height = self.right - self.left, self.bottom - self.top
        self.stride = (self.width + self.GUARD + 7) // 8 * 8

    def joined(self, rows):
        size = self.stride // 8
        return int.from_bytes(b"".join(row.to_bytes(size, "big") for row in rows), "big")

    def cut(self, page):
        first, last = self.left // 8, (self.right + 7) // 8
        begins = range(self.top * STRIDE + first, (self.top + self.height) * STRIDE + first, STRIDE)
        before = bytes(self.stride // 8 - (last - first))
        rows = before + before.join(page[begin:begin + last - first] for begin in begins)
        return int.from_bytes(rows, "big") >> (last * 8 - self.right) & within(self.width, self.height, self.stride)

    def widened(self, bitmap):
        """Every black pixel spread to its eight neighbours."""
        row = bitmap | bitmap << 1 | bitmap >> 1
        return row | row << self.stride | row >> self.stride

    def strays(self, a, b):
        """Pixels of either that have no black neighbour, within a pixel, in the other."""
        return 0 if a == b else ((a & ~self.widened(b)) | (b & ~self.widened(a))).bit_count()
