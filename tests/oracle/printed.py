"""What went to the printer, by an own reading of the PDF; its images are decoded by libjbig2dec (poppler is asked now and then)."""
import ctypes
import functools
import re
import subprocess
import tempfile
from pathlib import Path

from statements import Wrong

WIDTH, HEIGHT = 4960, 7016  # A4 at 600 dots an inch
STRIDE = WIDTH // 8
PIXELS_PER_MM = 600 / 25.4


class Image(ctypes.Structure):
    """Jbig2Image."""
    _fields_ = [("width", ctypes.c_uint32), ("height", ctypes.c_uint32), ("stride", ctypes.c_uint32), ("data", ctypes.c_void_p), ("references", ctypes.c_int)]


JBIG2 = ctypes.CDLL("libjbig2dec.so.0")
JBIG2_VERSION = 0, 19  # of the library's interface, which it compares with its own
JBIG2_EMBEDDED = 1
JBIG2_WARNING = 2
Complaint = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_uint32)
JBIG2.jbig2_ctx_new_imp.restype = ctypes.c_void_p
JBIG2.jbig2_ctx_new_imp.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, Complaint, ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
JBIG2.jbig2_data_in.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
JBIG2.jbig2_complete_page.argtypes = [ctypes.c_void_p]
JBIG2.jbig2_page_out.restype = ctypes.POINTER(Image)
JBIG2.jbig2_page_out.argtypes = [ctypes.c_void_p]
JBIG2.jbig2_release_page.argtypes = [ctypes.c_void_p, ctypes.POINTER(Image)]
JBIG2.jbig2_ctx_free.argtypes = [ctypes.c_void_p]


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
        if b"/JBIG2Decode" not in header or stream is None:
            raise Wrong("a page whose image has another form")
        drawn.append(stream)
    return drawn


def decoded(image):
    """The page's rows, packed, black is 1."""
    complaints = []
    hear = Complaint(lambda _, sentence, severity, segment: complaints.append(sentence) if severity >= JBIG2_WARNING else None)
    context = JBIG2.jbig2_ctx_new_imp(None, JBIG2_EMBEDDED, None, hear, None, *JBIG2_VERSION)
    if not context:
        raise Wrong("libjbig2dec has another interface")
    try:
        JBIG2.jbig2_data_in(context, image, len(image))
        JBIG2.jbig2_complete_page(context)
        page = JBIG2.jbig2_page_out(context)
        if not page or complaints:
            raise Wrong(f"an image that libjbig2dec cannot read: {complaints[:1]}")
        try:
            found = page.contents
            if (found.width, found.height, found.stride) != (WIDTH, HEIGHT, STRIDE):
                raise Wrong("an image that is not a whole page")
            return ctypes.string_at(found.data, STRIDE * HEIGHT)
        finally:
            JBIG2.jbig2_release_page(context, page)
    finally:
        JBIG2.jbig2_ctx_free(context)


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

    FRAME = 6  # pixels: half of the widest line (0.35 mm), and one for rounding
    GUARD = 8

    def __init__(self, x, y, width, height, frame=FRAME):
        self.left, self.top = round(x * PIXELS_PER_MM) + frame, round(y * PIXELS_PER_MM) + frame
        self.right, self.bottom = round((x + width) * PIXELS_PER_MM) - frame, round((y + height) * PIXELS_PER_MM) - frame
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


class Bitmap:
    """A raw PBM (P4): a seal of the registers' files, or the city's."""

    def __init__(self, file):
        content = file.read_bytes()
        head = re.match(rb"P4\s+(?:#[^\n]*\n\s*)*(\d+)\s+(\d+)\s", content)
        if head is None:
            raise Wrong("a seal that is no raw PBM")
        self.width, self.height = int(head[1]), int(head[2])
        stride = (self.width + 7) // 8
        rows = content[head.end():]
        self.rows = [int.from_bytes(rows[at * stride:(at + 1) * stride], "big") >> (stride * 8 - self.width) for at in range(self.height)]

    def stands_in(self, cell, seen, left, top):
        """Whether a cell's pixels are exactly this bitmap at a place of the page, and white around it."""
        right = cell.right - (left + self.width)
        if right < 0 or left < cell.left or top < cell.top or top + self.height > cell.bottom:
            return False
        below = cell.bottom - (top + self.height)
        return seen == cell.joined([0] * (top - cell.top) + [row << right for row in self.rows] + [0] * below)
