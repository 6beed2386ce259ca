"""A PDF in, its lines of text and its drawn lines out, in millimetres from each page's top left corner.

The em box is reckoned from the baseline (0.88 of the size above it): the boxes that PDF writers state drift with their fonts. Where ink
itself counts (a mark, the dash beside a page number) the page is rendered and looked at.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber

from formflow.letters.fonts.roles import FACES
from formflow.letters.geometry import BOTTOM_MM, MM
from formflow.letters.measure.opened import MeasureError

_ASCENT = 0.88
_RENDER_DPI = 300
_DARK = 160
# A page number, whatever its shape: — 2 —, 第2页共3页, 2/3.
_PAGE_NUMBER = re.compile(r"^\D{0,3}\d{1,3}\D{0,4}(\d{1,3}\D{0,3})?$")
_SAME_LINE_MM = 1.2
# Other names that PDF writers give the official faces.
_ALIASES = {"title": ("fzxbs", "xiaobiaosong"), "body": ("fangsong", "simfang", "fzfs"), "heading": ("simhei", "fzht"),
            "script": ("kaiti", "simkai", "fzkt"), "song": ("simsun", "nsimsun", "fzss")}  # fmt: skip
Color = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its place and look."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str
    color: Color


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text; white space at both ends is not part of it. `top` and `bottom` are of the em box."""

    page: int
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs).strip()

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        return Counter(round(glyph.size, 2) for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def top(self) -> float:
        return self.baseline - _ASCENT * self.size / MM

    @property
    def bottom(self) -> float:
        return self.top + self.size / MM

    @property
    def font(self) -> str:
        return Counter(glyph.font for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def color(self) -> Color:
        return Counter(glyph.color for glyph in self.glyphs).most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A straight line or thin box."""

    x0: float
    y0: float
    x1: float
    y1: float
    color: Color

    @property
    def is_horizontal(self) -> bool:
        return self.x1 - self.x0 > 5 * (self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page. `lines` stand in the text area outside tables, `cells` inside tables, `foot` below the text area; `tables` are their
    boxes (x0, y0, x1, y1)."""

    number: int
    width: float
    height: float
    lines: tuple[TextLine, ...]
    cells: tuple[TextLine, ...]
    foot: tuple[TextLine, ...]
    drawn: tuple[Drawn, ...]
    tables: tuple[tuple[float, float, float, float], ...]


_NOT_WHOLE = "不是完好的 PDF，或者设了密码，无法测量。"


class PdfFile:
    """One opened PDF."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                self.pages = tuple(_page(page, number) for number, page in enumerate(pdf.pages, 1))
        except Exception as error:  # pdfplumber lets every error of its parser through
            raise MeasureError(_NOT_WHOLE) from error
        if not any(page.lines for page in self.pages):
            raise MeasureError("PDF 里没有文字（可能是扫描件），无法测量。")

    def ink(self, page: int, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float] | None:
        """Top and bottom of what is printed within a box; None if nothing is."""
        box = (max(0.0, x0) * MM, max(0.0, y0) * MM, x1 * MM, y1 * MM)
        try:
            with pdfplumber.open(io.BytesIO(self._data)) as pdf:
                image = pdf.pages[page - 1].crop(box).to_image(resolution=_RENDER_DPI).original.convert("L")
        except Exception as error:  # what its parser reads, its renderer may not
            raise MeasureError(_NOT_WHOLE) from error
        found = image.point(lambda level: 255 if level < _DARK else 0).getbbox()
        return None if found is None else (y0 + found[1] / _RENDER_DPI * 25.4, y0 + found[3] / _RENDER_DPI * 25.4)


def _page(page: Any, number: int) -> PdfPage:
    drawn = tuple(_drawn(page))
    tables = _tables(drawn)
    glyphs = [_glyph(char, float(page.height)) for char in page.chars if char["text"].strip()]
    inside = [g for g in glyphs if any(_within(g, box) for box in tables)]
    outside = [g for g in glyphs if not any(_within(g, box) for box in tables)]
    lines = _lines(outside, number)
    foot = tuple(line for line in lines if line.baseline > BOTTOM_MM + 1.5 and _PAGE_NUMBER.search(line.text))
    return PdfPage(
        number, float(page.width) / MM, float(page.height) / MM, tuple(line for line in lines if line not in foot),
        _lines(inside, number), foot, drawn, tables,
    )  # fmt: skip


def _glyph(char: dict[str, Any], height: float) -> Glyph:
    name = char["fontname"]
    font = name.decode("gb18030", "ignore") if isinstance(name, bytes) else str(name)
    return Glyph(char["text"], char["x0"] / MM, char["x1"] / MM, (height - char["matrix"][5]) / MM, float(char["size"]),
                 font.split("+", 1)[-1], color_of(char.get("non_stroking_color")))  # fmt: skip


def color_of(value: Any) -> Color:
    """RGB of what pdfplumber gives: a grey, RGB or CMYK; black for nothing."""
    parts = [float(v) for v in value] if isinstance(value, (list, tuple)) else [] if value is None else [float(value)]
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return (1 - min(1, cyan + black), 1 - min(1, magenta + black), 1 - min(1, yellow + black))
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (parts[0],) * 3 if parts else (0.0, 0.0, 0.0)


def is_red(color: Color) -> bool:
    """R ≥ 0.75, G and B ≤ 0.25."""
    return color[0] >= 0.75 and color[1] <= 0.25 and color[2] <= 0.25


def is_black(color: Color) -> bool:
    """Black, with room for colour conversion."""
    return max(color) <= 0.15


def is_face(font: str, role: str) -> bool:
    """Whether a font in a PDF is the role's official face or its declared stand-in."""
    name = _plain(font)
    face = next(face for face in FACES if face.role == role)
    if role == "song" and name.startswith(_plain(face.stand_in)):
        return name in (_plain(face.stand_in), _plain(face.stand_in) + "regular")
    known = [_plain(one) for one in (face.official, *face.same, face.stand_in)]
    return any(name.startswith(one) for one in (*known, *_ALIASES[role]))


def _plain(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def _lines(glyphs: Sequence[Glyph], page: int) -> tuple[TextLine, ...]:
    """Glyphs on one baseline are one line, left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.baseline):
        if rows and abs(rows[-1][0].baseline - glyph.baseline) <= _SAME_LINE_MM:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return tuple(TextLine(page, tuple(sorted(row, key=lambda g: g.x0))) for row in rows)


def _drawn(page: Any) -> Iterable[Drawn]:
    for thing in (*page.lines, *page.rects, *page.curves):
        thick = float(thing.get("linewidth") or 0) if thing["object_type"] == "line" else 0.0
        filled = thing["object_type"] != "line" and thing.get("fill")
        color = color_of(thing.get("non_stroking_color") if filled else thing.get("stroking_color"))
        x0, y0, x1, y1 = (thing[key] / MM for key in ("x0", "top", "x1", "bottom"))
        half = thick / MM / 2
        lies = x1 - x0 >= y1 - y0
        yield Drawn(x0, y0 - half, x1, y1 + half, color) if lies else Drawn(x0 - half, y0, x1 + half, y1, color)


def _tables(drawn: Sequence[Drawn]) -> tuple[tuple[float, float, float, float], ...]:
    """Boxes round upright black lines that hang together."""
    upright = sorted(
        (d for d in drawn if d.y1 - d.y0 > 3 and d.x1 - d.x0 < 1 and is_black(d.color)), key=lambda d: d.y0
    )
    boxes: list[list[float]] = []
    for line in upright:
        if boxes and line.y0 <= boxes[-1][3] + 1:
            box = boxes[-1]
            boxes[-1] = [min(box[0], line.x0), box[1], max(box[2], line.x1), max(box[3], line.y1)]
        else:
            boxes.append([line.x0, line.y0, line.x1, line.y1])
    return tuple((b[0], b[1], b[2], b[3]) for b in boxes)


def _within(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    return box[0] - 0.5 <= glyph.x0 <= box[2] + 0.5 and box[1] - 0.5 <= glyph.baseline <= box[3] + 0.5
