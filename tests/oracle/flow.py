"""On which page which row of a form stands, and where: an own reading of docs/forms.md, 「[flow]」 and 「[row.NAME]」."""
from dataclasses import dataclass, field

from statements import Wrong
from typeface import LEADING

ROUNDING = 0.001  # of millimetres


@dataclass
class Filled:
    """One row of a paper. `who`: the field that names a person, and what else could be mistaken for it."""
    row: str
    texts: dict = field(default_factory=dict)
    who: str = ""
    others: tuple = ()


@dataclass
class Standing:
    """A row on its page: millimetres from the page's upper edge, and by how much it is higher than in the form."""
    filled: Filled
    top: float
    grown: float


def grown_box(box, row, grown):
    """What reaches the row's lower edge grows with it."""
    x, y, width, height = box
    return [x, y, width, height + (grown if y + height > row["height"] - ROUNDING else 0)]


class Flow:
    def __init__(self, form, typeface):
        self.rows, self.typeface = form.get("row", {}), typeface
        self.box = form["flow"]["at"]
        self.height, self.last_height = self.box[3], form["flow"].get("last_height", self.box[3])

    def pages(self, rows):
        """The rows of each page. A row that heads what begins a page is drawn there once more."""
        growth = [self.growth(filled) for filled in rows]
        heights = [self.rows[filled.row]["height"] + more for filled, more in zip(rows, growth)]
        starts, at = [], 0
        while at < len(rows):
            starts.append(at)
            at = self.end_of_page(rows, heights, at, self.height)
        if self.end_of_page(rows, heights, starts[-1], self.last_height) != len(rows):
            starts.append(self.moved_to_one_more(rows, heights, starts[-1]))
        return [self.placed(self.heads(rows, start) + list(range(start, end)), rows, heights, growth) for start, end in zip(starts, [*starts[1:], len(rows)])]

    def growth(self, filled):
        more = 0
        for each in self.rows[filled.row].get("field", []):
            text = filled.texts.get(each["name"], "")
            if each.get("grows") and text:
                more = max(more, (self.typeface.lines(text, each) - 1) * each.get("leading", LEADING) * each["size"])
        return more

    def heads(self, rows, start):
        """Places of the rows that are drawn again above the one that begins a page."""
        row = self.rows[rows[start].row]
        if start == 0 or row.get("starts_page"):
            return []
        return [max(at for at in range(start) if rows[at].row == name) for name in row.get("heads", []) if any(filled.row == name for filled in rows[:start])]

    def may_end_before(self, rows, at):
        return at == len(rows) or not self.rows[rows[at - 1].row].get("with_next")

    def end_of_page(self, rows, heights, start, room):
        used, end = sum(heights[head] for head in self.heads(rows, start)), start
        for at in range(start, len(rows)):
            used += heights[at]
            if (at > start and self.rows[rows[at].row].get("starts_page")) or used > room + ROUNDING:
                break
            if self.may_end_before(rows, at + 1):
                end = at + 1
        if end == start and room == self.height:
            raise Wrong("rows that do not fit a page")
        return end

    def moved_to_one_more(self, rows, heights, start):
        """As little as may be of the last page, so that the footer has its room."""
        for at in range(len(rows) - 1, start, -1):
            if self.may_end_before(rows, at) and self.end_of_page(rows, heights, at, self.last_height) == len(rows):
                return at
        raise Wrong("rows that do not fit above the footer")

    def placed(self, places, rows, heights, growth):
        standing, top = [], self.box[1]
        for at in places:
            standing.append(Standing(rows[at], top, growth[at]))
            top += heights[at]
        return standing
