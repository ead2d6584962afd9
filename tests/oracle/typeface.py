"""Texts drawn by FreeType into a cell's pixels, for comparison: an own reading of docs/forms.md."""
import ctypes
import functools
import math

from statements import Wrong

FT = ctypes.CDLL("libfreetype.so.6")
NO_SCALE, NO_HINTING, NO_BITMAP, MONO = 1, 2, 8, 2
Long, Pointer = ctypes.c_long, ctypes.c_void_p


def structure(*fields):
    return type("Fields", (ctypes.Structure,), {"_fields_": list(fields)})


Generic = structure(("data", Pointer), ("finalizer", Pointer))
Metrics = structure(("width", Long), ("height", Long), ("x", Long), ("y", Long), ("advance", Long), ("vx", Long), ("vy", Long), ("vertical", Long))
Bitmap = structure(("rows", ctypes.c_uint), ("width", ctypes.c_uint), ("pitch", ctypes.c_int), ("buffer", ctypes.POINTER(ctypes.c_ubyte)),
                   ("grays", ctypes.c_ushort), ("mode", ctypes.c_ubyte), ("palette_mode", ctypes.c_ubyte), ("palette", Pointer))
Slot = structure(("library", Pointer), ("face", Pointer), ("next", Pointer), ("index", ctypes.c_uint), ("generic", Generic), ("metrics", Metrics),
                 ("linear_x", Long), ("linear_y", Long), ("advance_x", Long), ("advance_y", Long), ("format", ctypes.c_int), ("bitmap", Bitmap),
                 ("left", ctypes.c_int), ("top", ctypes.c_int))
FaceRecord = structure(("faces", Long), ("face_index", Long), ("flags", Long), ("style", Long), ("glyphs", Long), ("family", Pointer), ("style_name", Pointer),
                       ("fixed_sizes", ctypes.c_int), ("sizes", Pointer), ("charmap_count", ctypes.c_int), ("charmaps", Pointer), ("generic", Generic),
                       ("bbox", Long * 4), ("units", ctypes.c_ushort), ("metrics", ctypes.c_short * 7), ("glyph", ctypes.POINTER(Slot)))
FT.FT_Get_Char_Index.argtypes = [Pointer, ctypes.c_ulong]
FT.FT_Face_GetCharVariantIndex.argtypes = [Pointer, ctypes.c_ulong, ctypes.c_ulong]
FT.FT_Set_Pixel_Sizes.argtypes = [Pointer, ctypes.c_uint, ctypes.c_uint]
FT.FT_Load_Glyph.argtypes = [Pointer, ctypes.c_uint, ctypes.c_int32]
FT.FT_Render_Glyph.argtypes = [Pointer, ctypes.c_int]

LEADING, ABOVE_BASELINE = 1.12, 0.88  # of an em: from line to line; of a CJK square above the baseline
MOST_LINES = 40  # of a field that grows
PIXELS_PER_MM = 600 / 25.4


def is_selector(c):
    return 0xFE00 <= c <= 0xFE0F or 0xE0100 <= c <= 0xE01EF


class Typeface:
    """The font of every certificate, and those that are asked for a variation sequence that it lacks."""

    def __init__(self, *files):
        library = Pointer()
        FT.FT_Init_FreeType(ctypes.byref(library))
        self.faces = []
        for file in files:
            face = ctypes.POINTER(FaceRecord)()
            if FT.FT_New_Face(library, str(file).encode(), Long(0), ctypes.byref(face)):
                raise Wrong(f"{file} is no font")
            self.faces.append(face)

    @functools.lru_cache(maxsize=4096)
    def character(self, base, selector):
        """Which face and glyph, and how far the pen moves, in ems."""
        for number, face in enumerate(self.faces if selector else self.faces[:1]):
            index = FT.FT_Face_GetCharVariantIndex(face, base, selector) if selector else FT.FT_Get_Char_Index(face, base)
            if index and FT.FT_Load_Glyph(face, index, NO_SCALE | NO_HINTING | NO_BITMAP) == 0:
                return number, index, face.contents.glyph.contents.metrics.advance / face.contents.units
        raise Wrong(f"no font has U+{base:04X} U+{selector:04X}")

    def characters(self, text):
        found, points = [], [ord(c) for c in text]
        for at, point in enumerate(points):
            if not is_selector(point):
                selector = points[at + 1] if at + 1 < len(points) and is_selector(points[at + 1]) else 0
                found.append(self.character(point, selector))
        return found

    def lines(self, text, field):
        """On how many lines a text stands in a field that grows."""
        room = (field["box"][2] - 2 * field.get("padding", 0.8)) * PIXELS_PER_MM / round(field["size"] * PIXELS_PER_MM)
        hang = field.get("hang", 0) * PIXELS_PER_MM / round(field["size"] * PIXELS_PER_MM)
        return len(broken(self.characters(text), room, room - hang))

    @functools.lru_cache(maxsize=8192)
    def glyph(self, number, index, pixels):
        """Its rows as whole numbers, width, and how far it stands right of the pen and above the baseline."""
        face = self.faces[number]
        FT.FT_Set_Pixel_Sizes(face, pixels, pixels)
        if FT.FT_Load_Glyph(face, index, NO_HINTING | NO_BITMAP) or FT.FT_Render_Glyph(face.contents.glyph, MONO):
            raise Wrong("a glyph that cannot be drawn")
        slot = face.contents.glyph.contents
        bitmap, stride = slot.bitmap, (slot.bitmap.width + 7) // 8
        rows = [int.from_bytes(bytes(bitmap.buffer[y * bitmap.pitch:y * bitmap.pitch + stride]), "big") >> (stride * 8 - bitmap.width) for y in range(bitmap.rows)]
        return rows, bitmap.width, slot.left, slot.top

    def drawn(self, text, field, cell):
        """The text as the form's `field` has it, in the pixels of `cell`, which is its box."""
        rows = [0] * cell.height
        if text:
            pixels, lines = fitted(self.characters(text), field)
            for line, pen, baseline, gap in placed(lines, pixels, field):
                for number, index, advance in line:
                    self.paint(rows, cell, number, index, pixels, round(pen), round(baseline))
                    pen += advance * pixels + gap
        return cell.joined(rows)

    def paint(self, rows, cell, number, index, pixels, pen, baseline):
        glyph, width, left, top = self.glyph(number, index, pixels)
        shift = cell.right - (pen + left + width)
        for y, row in enumerate(glyph, baseline - top - cell.top):
            if 0 <= y < cell.height:
                rows[y] |= (row << shift if shift >= 0 else row >> -shift) & (1 << cell.width) - 1


def fitted(characters, field):
    """The largest type, and the fewest lines, with which a text fits its field."""
    _, _, width, height = field["box"]
    room, hang = (width - 2 * field.get("padding", 0.8)) * PIXELS_PER_MM, field.get("hang", 0) * PIXELS_PER_MM
    for count in range(1, (MOST_LINES if field.get("grows") else field.get("lines", 1)) + 1):
        tallest = (height - 0.6) * PIXELS_PER_MM / (1 + field.get("leading", LEADING) * (count - 1))
        for pixels in range(min(round(field["size"] * PIXELS_PER_MM), math.floor(tallest)), round(field.get("least", field["size"]) * PIXELS_PER_MM) - 1, -1):
            lines = broken(characters, room / pixels, (room - hang) / pixels)
            if len(lines) <= count:
                return pixels, lines
    raise Wrong("a text that does not fit its field")


def broken(characters, room, further):
    """Lines of at most `room` ems, and of `further` from the second on."""
    lines, width = [[]], 0
    for character in characters:
        if width + character[2] > (room if len(lines) == 1 else further) + 1e-9:
            lines.append([])
            width = 0
        lines[-1].append(character)
        width += character[2]
    return lines


def placed(lines, pixels, field):
    """Each line with its first pen position, its baseline, and the space between two characters."""
    x, y, width, height = field["box"]
    padding, leading, hang = field.get("padding", 0.8), field.get("leading", LEADING), field.get("hang", 0)
    left, room = (x + padding) * PIXELS_PER_MM, (width - 2 * padding) * PIXELS_PER_MM
    baseline = (y + height / 2) * PIXELS_PER_MM - pixels * (1 + leading * (len(lines) - 1)) / 2 + ABOVE_BASELINE * pixels
    for line in lines:
        spare = room - sum(advance for _, _, advance in line) * pixels
        align = field.get("align", "left")
        if align == "spread" and len(line) > 1:
            yield line, left, baseline, spare / (len(line) - 1)
        else:
            yield line, left + {"left": 0, "right": spare}.get(align, spare / 2), baseline, 0
        if line is lines[0]:
            left, room = left + hang * PIXELS_PER_MM, room - hang * PIXELS_PER_MM
        baseline += leading * pixels
