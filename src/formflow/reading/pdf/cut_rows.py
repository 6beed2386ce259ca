"""Was a row cut by the page break, or does a new one begin? Told by its cells above and below the break.

A row that no line ends above the break and none begins below it is one. Else a continuation leaves the label's cell empty, or cuts the
label itself; what goes on was full to the bottom. Two rows that each have a number, points or a date of their own are two, whatever else.
Comes in: the cells at the end of a page, each with the one under it. Goes out: yes or no.
"""

from __future__ import annotations

import re

from formflow.reading.pdf.flow import PdfCell, PdfTable
from formflow.reading.pdf.paragraphs import OPENS, goes_on

_Pair = tuple[PdfCell, PdfCell]
_SENTENCE_END = frozenset("。！？；：!?;:）)")
# What nothing ends with that is whole.
_BREAKS = frozenset("、，（《“")
_SIGNATURE = re.compile(
    r"(?:单位)?(?:主要)?(?:负责人|法定代表人|经办人|领导)?[（(](?:签[名字章]|盖章|公章|盖公章)[)）]|(?:单位)?(?:负责人|法定代表人|经办人)[:：]"
    r"|(?:[\d〇○零一二三四五六七八九]*年[\d一二三四五六七八九十]*月[\d一二三四五六七八九十]*日)$"
)
# What is not cut by chance: a row's number or its points, a month or a day, a time from one to another.
_NUMBER = re.compile(
    r"[(（]?[-+]?\d{1,4}(?:\.\d{1,2}){0,3}[)）]?[、.．]?|[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?|\d{1,3}(?:\.\d{1,2})?[分%％]"
)
_DAY = r"\d{4}[年./-]\d{1,2}(?:月|(?:[月./-]\d{1,2}日?))?"
_TIME = re.compile(rf"{_DAY}(?:[-—－–~～至]+{_DAY})?")
# In ems: room in which a full line is no chance; space left free at the foot of a cut cell (a line or two kept together).
_WIDE, _FOOT = 11.0, 2.8
# A label set in the middle of its cell has this much free above it.
_FREE = 1.6


def row_goes_on(pairs: list[_Pair], is_open: bool) -> bool:
    """Whether the cells below carry on the row above; `is_open`: there is no line between them, above the break or below. What stands
    merged at the side over several rows tells nothing."""
    while len(pairs) > 1 and max(cell.row_span for cell in pairs[0]) > 1:
        pairs = pairs[1:]
    said = [(above, below) for above, below in pairs if not below.is_empty]
    if not said or (is_open and len(pairs) == 1):
        return bool(pairs)
    if len(pairs) == 1:
        return _cell_goes_on(*pairs[0])
    if any(_are_two(*pair) for pair in said):
        return False
    return is_open or _cells_go_on(pairs, said)


def _cells_go_on(pairs: list[_Pair], said: list[_Pair]) -> bool:
    """Whether the several cells of a row go on below; `said`: those that say something there."""
    head_above, head_below = pairs[0]
    if head_below.is_empty:
        is_full = all(above.is_empty or _is_full_down(above) for above, _ in said)
        return not head_above.is_empty and is_full and not _are_values(pairs, said)
    if said == pairs[:1]:
        return (_is_cut(said[0]) or (_is_standing(head_above) and len(head_above.lines) > 1)) and all(
            _is_full_down(above) for above, _ in pairs if above.lines
        )
    if all(_is_cut(pair) or _is_standing(pair[0]) for pair in said) and any(map(_is_cut, said)):
        return True
    values = [pair for pair in said if pair is not pairs[0]]
    is_flowing = any(_is_flowing(pair) for pair in values)
    return (is_flowing and _is_full_down(head_above)) or (bool(values) and _is_label_cut(head_above, head_below))


def _cell_goes_on(above: PdfCell, below: PdfCell) -> bool:
    """Whether the one cell of a row goes on below."""
    if _ends_with_colon(above) or _is_set_in(below) or _is_signature(below) or _breaks_off(above, below):
        return True
    return _is_cut((above, below)) and _is_wide(above) and not _ends_sentence(above)


def _are_two(above: PdfCell, below: PdfCell) -> bool:
    """Whether each of two cells has a number or a time of its own."""
    upper, lower = (re.sub(r"\s", "", "".join(line.text for line in cell.lines)) for cell in (above, below))
    if _TIME.fullmatch(upper) and _TIME.fullmatch(lower):
        return True
    return len(above.lines) == 1 and bool(_NUMBER.fullmatch(upper) and _NUMBER.fullmatch(lower))


def _are_values(pairs: list[_Pair], said: list[_Pair]) -> bool:
    """Whether what stands under a row of single lines are several values of another that leaves its first cell empty."""
    is_low = all(len(above.lines) < 2 for above, _ in pairs)
    return is_low and sum(not above.is_empty for above, _ in said) > 1 and not any(map(_is_cut, said))


def side_goes_on(above: PdfCell, below: PdfCell, upper: PdfTable) -> bool:
    """Whether the cell at the left, merged over the rows beside it, goes on while a new row begins beside it."""
    is_merged = max(above.row_span, below.row_span) > 1 or any(
        cell.row_span > 1 and cell.column == above.column for cell in upper.cells
    )
    if below.is_empty:
        return is_merged and not above.is_empty
    return is_merged and _is_cut((above, below)) and _is_full_down(above)


def _is_cut(pair: _Pair) -> bool:
    """Whether the text below carries on a paragraph above."""
    above, below = pair
    if not above.paras or not below.lines:
        return False
    first = below.paras[0]
    return bool(first.lines) and goes_on(above.paras[-1], first.lines[0], first.room, is_next_page=True)


def _is_flowing(pair: _Pair) -> bool:
    """Whether a long text is cut in the middle of a sentence: no chance of a short one that just fills its line."""
    above = pair[0]
    return _is_cut(pair) and _is_wide(above) and len(above.lines) > 2 and not _ends_sentence(above)


def _is_standing(cell: PdfCell) -> bool:
    """Whether a label is set one character under the other down to the break."""
    signs = [line.text.strip() for line in cell.lines]
    return bool(signs) and all(len(sign) == 1 and not sign.isdigit() for sign in signs) and _is_full_down(cell)


def _is_wide(cell: PdfCell) -> bool:
    lines = cell.lines
    return bool(lines) and cell.boxes[-1][3] - cell.boxes[-1][1] > _WIDE * lines[-1].em


def _ends_sentence(cell: PdfCell) -> bool:
    lines = cell.lines
    return bool(lines) and lines[-1].text[-1:] in _SENTENCE_END


def _ends_with_colon(cell: PdfCell) -> bool:
    """Words that announce more: 管理单位（盖章）："""
    lines = cell.lines
    return bool(lines) and lines[-1].text.rstrip()[-1:] in ("：", ":")


def _breaks_off(above: PdfCell, below: PdfCell) -> bool:
    """Whether words stop within a list or a sentence, and what stands below opens nothing of its own."""
    last = "".join(line.text for line in above.lines[-1:]).rstrip()[-1:]
    first = "".join(line.text for line in below.lines[:1]).lstrip()
    return last in _BREAKS and bool(first) and not OPENS.match(first)


def _is_signature(cell: PdfCell) -> bool:
    """Whether a cell begins with what stands under words: a signature's label, a seal's, a date alone."""
    lines = cell.lines
    return bool(lines) and bool(_SIGNATURE.match(lines[0].text.replace(" ", "")))


def _is_set_in(cell: PdfCell) -> bool:
    """Whether a cell begins with a line set to the right, as a signature does that goes with words above."""
    lines = cell.lines
    if not lines:
        return False
    _, left, _, right, _ = cell.boxes[0]
    first = lines[0]
    before, behind = first.x0 - left, right - first.x1
    return before > 5 * first.em and before > 2 * behind


def _is_full_down(cell: PdfCell) -> bool:
    lines = cell.lines
    return bool(lines) and cell.boxes[-1][4] - lines[-1].y1 < _FOOT * lines[-1].em


def _is_label_cut(above: PdfCell, below: PdfCell) -> bool:
    """A label in the middle of its row that runs into the break from above and goes on right below it."""
    upper, lower = above.lines, below.lines
    if not upper or not lower or len(upper) + len(lower) > 8:
        return False
    is_free = upper[0].y0 - above.boxes[-1][2] > _FREE * upper[0].em
    is_at_top = lower[0].y0 - below.boxes[0][2] < 0.9 * lower[0].em
    is_at_bottom = above.boxes[-1][4] - upper[-1].y1 < 0.7 * upper[-1].em
    return is_free and is_at_bottom and is_at_top
