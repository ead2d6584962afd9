"""A page, read by a form: each field is cut out where the form has it, and compared with the same text drawn here.

A field agrees if every black pixel of either is one of the other, or has one beside it: where a glyph stands is rounded to a
pixel, on the page and here, so that two equal texts lie at most one pixel apart.
"""
import tomllib
from functools import lru_cache

from flow import grown_box
from printed import PIXELS_PER_MM, Cell
from residents import rivals
from statements import Wrong

TYPE = ("size", "least", "lines", "align", "padding", "leading", "hang", "grows")
LINE, FRAME = 3, 8  # pixels: half of a line of 0.12 mm and one for rounding; of the widest frame and some


class Reading:
    def __init__(self, form_file, typeface):
        self.form = tomllib.loads(form_file.read_text(encoding="utf-8"))
        self.typeface, self.texts = typeface, self.form["texts"]

    def area(self, page, area, origin, texts, row=None, grown=0):
        """Every field of an area shows its text, or nothing where there is none."""
        for field in area.get("field", []):
            if not self.shows(page, field, origin, texts.get(field["name"], ""), row, grown):
                raise Wrong(f"the field {field['name']} shows something else")

    def row(self, page, name, origin, texts, grown):
        """A row of the flow shows its labels and texts, and nothing beside them."""
        row = self.form["row"][name]
        for label in row.get("label", []):
            if not self.shows(page, label, origin, label["text"], row, grown):
                raise Wrong(f"the label {label['text']} is not there")
        self.area(page, row, origin, texts, row, grown)
        block, seen = self.cut(page, {"box": self.box_of_row(row, grown)}, origin)
        if seen & ~self.taken(name, grown) & ~self.lines_of_page(block):
            raise Wrong(f"something stands beside what a row {name} has")

    def box_of_row(self, row, grown):
        return [0, 0, self.form["flow"]["at"][2], row["height"] + grown]

    @lru_cache(maxsize=256)
    def taken(self, name, grown):
        """The pixels of a row where a label or a field may stand, with its frame."""
        row = self.form["row"][name]
        block = Cell(*self.box_of_row(row, grown))
        lines = [0] * block.height
        for each in row.get("label", []) + row.get("field", []):
            x, y, width, height = grown_box(each["box"], row, grown)
            left, top, right, bottom = (round(at * PIXELS_PER_MM) + more for at, more in ((x, -FRAME), (y, -FRAME), (x + width, FRAME), (y + height, FRAME)))
            left, top, right, bottom = max(left, block.left), max(top, block.top), min(right, block.right), min(bottom, block.bottom)
            for line in range(top - block.top, bottom - block.top):
                lines[line] |= (1 << (right - left)) - 1 << (block.right - right)
        return block.joined(lines)

    def shows(self, page, field, origin, text, row=None, grown=0):
        field = self.grown(field, row, grown)
        return self.agrees(*self.cut(page, field, origin), field, text)

    def names_nobody_else(self, page, field, origin, name, others, row=None, grown=0):
        """None of the others looks as much like what stands there."""
        field = self.grown(field, row, grown)
        cell, seen = self.cut(page, field, origin)
        own = cell.strays(seen, self.drawn(field, name)[1])
        for other in others:
            if other != name and self.fits(field, other) and cell.strays(seen, self.drawn(field, other)[1]) <= own:
                raise Wrong("another person's name looks as much like it")

    @lru_cache(maxsize=4096)
    def rivals(self, name, names):
        return rivals(name, names)

    def fits(self, field, text):
        try:
            return self.drawn(field, text) is not None
        except Wrong:
            return False  # it cannot stand there

    @staticmethod
    def grown(field, row, grown):
        return {**field, "box": grown_box(field["box"], row, grown)} if row and grown else field

    def cut(self, page, field, origin):
        x, y, width, height = field["box"]
        placed, cell = Cell(x + origin[0], y + origin[1], width, height), Cell(*field["box"])
        # As wide and high as where it is drawn for comparison: millimetres round differently further down.
        placed.width, placed.height, placed.stride = cell.width, cell.height, cell.stride
        placed.right, placed.bottom = placed.left + cell.width, placed.top + cell.height
        return placed, placed.cut(page)

    def agrees(self, cell, seen, field, text):
        return cell.strays(seen, self.drawn(field, text)[1]) == 0

    def drawn(self, field, text):
        return self._drawn(tuple(field["box"]), text, tuple((key, field[key]) for key in TYPE if key in field))

    @lru_cache(maxsize=3000)
    def _drawn(self, box, text, kind):
        cell = Cell(*box)
        return cell, self.typeface.drawn(text, {"box": box, **dict(kind)}, cell)

    def nothing_below(self, page, top, bottom, ends):
        """Between two heights of the flow stands nothing, but 以下余白 where the certificate ends and there is room for it."""
        x, _, width, _ = self.form["flow"]["at"]
        block = Cell(x, top, width, bottom - top)
        if block.height <= 0:
            return
        rest = self.form["flow"].get("rest")
        with_rest = ends and rest and top + rest["box"][1] + rest["box"][3] <= bottom + 0.001
        seen = block.cut(page) & ~self.lines_of_page(block)
        if block.strays(seen, self.rest(block, (x, top)) if with_rest else 0) > 0:
            raise Wrong("something stands where nobody should")

    def lines_of_page(self, block):
        """The pixels of a block where the form draws lines from top to bottom on every page."""
        columns = 0
        for line in self.form["page"].get("line", []):
            x, _, width, _ = line["box"]
            first, last = (round(at * PIXELS_PER_MM) for at in (x, x + width))
            for column in range(max(first - LINE, block.left), min(last + LINE, block.right)):
                columns |= 1 << (block.right - 1 - column)
        return block.joined([columns] * block.height)

    def rest(self, block, origin):
        """以下余白, drawn in the pixels of the whole block."""
        rest = self.form["flow"]["rest"]
        label, drawn = self.drawn(rest, rest["text"])
        x, y, width, height = rest["box"]
        placed = Cell(x + origin[0], y + origin[1], width, height)
        rows = [drawn >> (label.height - 1 - row) * label.stride & (1 << label.width) - 1 for row in range(label.height)]
        above, right = placed.top - block.top, block.right - (placed.left + label.width)
        return block.joined([0] * above + [row << right for row in rows] + [0] * (block.height - above - label.height))

    def image(self, page, box, bitmap, what, framed=False):
        """A bitmap stands in the middle of its box, pixel for pixel, give or take how the middle is rounded."""
        cell = Cell(*box) if framed else Cell(*box, frame=0)
        left, top = ((near + far - size) // 2 for near, far, size in ((cell.left, cell.right, bitmap.width), (cell.top, cell.bottom, bitmap.height)))
        if not any(bitmap.stands_in(cell, cell.cut(page), left + across, top + down) for across in (0, -1, 1) for down in (0, -1, 1)):
            raise Wrong(f"{what} is another")
