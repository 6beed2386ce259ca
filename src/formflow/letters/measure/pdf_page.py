"""A PDF with its lines told apart by element: what every group of checks looks at."""

from __future__ import annotations

from formflow.letters.elements import Kind
from formflow.letters.geometry import CHAR_MM, LEFT_MM, RIGHT_MM
from formflow.letters.measure.classify import Seen, classify
from formflow.letters.measure.pdffile import PdfFile, TextLine, is_red

_CENTER_MM = (LEFT_MM + RIGHT_MM) / 2
_CLOSING_MARKS = "，。、；：？！）》」』】〕〉”’"


class PdfPaper:
    """One PDF as one kind of paper. `items` are (element, line) outside tables, `beginnings` the lines that begin a paragraph."""

    def __init__(self, file: PdfFile, kind: Kind) -> None:
        self.file, self.kind = file, kind
        lines = [line for page in file.pages for line in page.lines]
        self.beginnings = {line for above, line in zip([None, *lines], lines, strict=False) if _begins(above, line)}
        seen = [_seen(line, line in self.beginnings) for line in lines]
        self.items = list(zip(classify(seen), lines, strict=True))

    def of(self, *names: str) -> list[TextLine]:
        return [line for name, line in self.items if name in names]


def _seen(line: TextLine, begins: bool) -> Seen:
    indented = abs(line.x0 - LEFT_MM - 2 * CHAR_MM) < 1 and line.size < 18
    centered = abs(line.middle - _CENTER_MM) <= 2.5 and line.x0 > LEFT_MM + 5 and not indented
    return Seen(line.text, line.size, is_red(line.color), centered, abs(line.x0 - LEFT_MM) <= 1, begins)


def _begins(above: TextLine | None, line: TextLine) -> bool:
    """Whether a line begins a paragraph: it is indented, or the line above it ends before the edge."""
    return above is None or line.x0 > LEFT_MM + 4 or hung(above) < RIGHT_MM - 2 * CHAR_MM


def hung(line: TextLine) -> float:
    """The right edge of a line without a closing mark that hangs outside the text area."""
    last = line.glyphs[-1]
    return (
        line.glyphs[-2].x1
        if len(line.glyphs) > 1 and last.text in _CLOSING_MARKS and last.x0 > RIGHT_MM - 1
        else line.x1
    )
