"""What stands at the head of the first page of a PDF: the mark, red lines, number and title, in ink and millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formflow.letters.geometry import GAP_MM, LEFT_MM, PITCH_MM, RIGHT_MM
from formflow.letters.measure.pdffile import Drawn, PdfFile, TextLine, is_face, is_red
from formflow.letters.measure.rules import Check

_CENTER_MM = (LEFT_MM + RIGHT_MM) / 2
# Two lines left empty: between two em boxes, with half a line's slack for the title's size.
_TWO_LINES = (2 * PITCH_MM - 3.0, 2 * PITCH_MM + GAP_MM + 4.0)


def letter_head(file: PdfFile, first: Mapping[str, TextLine]) -> Iterator[Check]:
    """10.1 信函格式. `first` is the first line of each element."""
    mark, number, title = first.get("mark"), first.get("number"), first.get("title")
    upper, lower = _red_lines(file, below=0, above=150), _red_lines(file, below=200, above=297)
    ink = _ink(file, mark)
    if mark is None or ink is None:
        yield from (Check(rule, False, "未见发文机关标志") for rule in ("L01", "L02"))
    else:
        off = abs(mark.middle - _CENTER_MM)
        yield Check("L01", abs(ink[0] - 30) <= 1 and off <= 1, f"上边缘{ink[0]:.2f}毫米，偏离中线{off:.2f}毫米")
        yield _double_lines(ink[1], upper, lower)
    if number is not None and upper:
        gap = number.top - upper[-1].y1
        yield Check(
            "L03",
            abs(number.x1 - RIGHT_MM) <= 1 and abs(gap - GAP_MM) <= 1,
            f"距双线{gap:.2f}毫米，右边缘{number.x1:.2f}毫米",
        )
    if title is not None:
        above = number.bottom if number is not None else upper[-1].y1 if upper else 0.0
        yield Check("L04", _TWO_LINES[0] <= title.top - above <= _TWO_LINES[1], f"{title.top - above:.2f}毫米")
    lines = [line for line in file.pages[0].lines if not lower or line.bottom < lower[0].y0]
    if lower and lines:
        gap = lower[0].y0 - lines[-1].bottom
        yield Check("L05", None if gap > PITCH_MM else abs(gap - GAP_MM) <= 1, f"相距{gap:.2f}毫米")


def _double_lines(mark_bottom: float, upper: list[Drawn], lower: list[Drawn]) -> Check:
    if len(upper) != 2 or len(lower) != 2:
        return Check("L02", False, f"红色线上{len(upper)}条，下{len(lower)}条")
    gap, bottom = upper[0].y0 - mark_bottom, 297 - lower[-1].y1
    long = [line.x1 - line.x0 for line in (*upper, *lower)]
    weights = [line.y1 - line.y0 for line in (*upper, *lower)]
    good = abs(gap - 4) <= 0.5 and abs(bottom - 20) <= 1 and all(abs(one - 170) <= 1 for one in long)
    good = good and weights[0] > weights[1] and weights[3] > weights[2]
    centers = [abs((line.x0 + line.x1) / 2 - middle) for line in (*upper, *lower) for middle in (_CENTER_MM, 105.0)]
    good = good and all(min(pair) <= 1 for pair in zip(centers[::2], centers[1::2], strict=True))
    return Check("L02", good, f"标志下{gap:.2f}毫米，距下页边{bottom:.2f}毫米，长{long[0]:.1f}毫米")


def red_head(file: PdfFile, first: Mapping[str, TextLine]) -> Iterator[Check]:
    """7.2 版头 of a red-headed page."""
    mark, number, title = first.get("mark"), first.get("number"), first.get("title")
    ink = _ink(file, mark)
    if mark is None or ink is None:
        yield from (Check(rule, False, "未见发文机关标志") for rule in ("H04", "H05", "H06", "H07"))
        return
    off = abs(mark.middle - _CENTER_MM)
    yield Check("H04", off <= 1, f"偏离中线{off:.2f}毫米")
    yield Check("H05", abs(ink[0] - 72) <= 1, f"版心上边缘下{ink[0] - 37:.2f}毫米")
    yield Check("H06", is_red(mark.color) and is_face(mark.font, "title"), mark.font)
    yield Check("H07", mark.x1 - mark.x0 <= RIGHT_MM - LEFT_MM + 0.5, f"宽{mark.x1 - mark.x0:.1f}毫米")
    if number is None:
        yield Check("H09", False, "未见发文字号")
        return
    gap = number.top - ink[1]
    yield Check(
        "H09", _TWO_LINES[0] <= gap <= _TWO_LINES[1] and abs(number.middle - _CENTER_MM) <= 1, f"标志下{gap:.2f}毫米"
    )
    lines = _red_lines(file, below=number.top, above=200)
    if not lines:
        yield Check("H13", False, "未见红色分隔线")
        return
    line, below = lines[0], lines[0].y0 - number.bottom
    good = abs(below - 4) <= 0.5 and abs(line.x0 - LEFT_MM) <= 1 and abs(line.x1 - RIGHT_MM) <= 1
    yield Check("H13", good, f"字号下{below:.2f}毫米，长{line.x1 - line.x0:.1f}毫米")
    if title is not None:
        gap = title.top - line.y1
        yield Check("T02", _TWO_LINES[0] <= gap <= _TWO_LINES[1], f"{gap:.2f}毫米")


def _red_lines(file: PdfFile, below: float, above: float) -> list[Drawn]:
    """Long red lines of page 1 between two heights, top first; a line that is stroked twice counts once."""
    drawn = sorted(file.pages[0].drawn, key=lambda d: (d.y0, d.y1))
    red = [d for d in drawn if d.is_horizontal and d.x1 - d.x0 > 100 and is_red(d.color) and below <= d.y0 <= above]
    return [line for index, line in enumerate(red) if index == 0 or line.y0 - red[index - 1].y0 > 0.1]


def _ink(file: PdfFile, mark: TextLine | None) -> tuple[float, float] | None:
    if mark is None:
        return None
    return file.ink(mark.page, mark.x0, mark.top - 1, mark.x1, mark.bottom + 0.5)
