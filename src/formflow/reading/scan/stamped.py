"""Which cell of a page a seal was stamped in, by where it lies and by what the cells ask for. Knows nothing of forms."""

from __future__ import annotations

from formflow.reading.scan.areas import Area
from formflow.reading.scan.seals import Seal

_PART = 0.2  # of a seal
# Half a rule's thickness, pixels: it belongs to each of the cells it parts.
_EDGE = 3


def home_of(seal: Seal, cells: list[tuple[Area, bool]]) -> Area | None:
    """The cell a seal was stamped in; None on the open page. `cells` come with whether they hold a word of a seal. It is the one its
    middle lies in, or where that holds no such word (or there is none), one that a good part of the seal lies in and that does."""
    near = sorted((each for each in cells if reaches(seal, each[0])), key=lambda each: -_share_in(seal.area, each[0]))
    asking = [area for area, is_asking in near if is_asking]
    middle = next((area for area, _ in cells if _contains(area, *seal.area.middle)), None)
    if middle is not None and (middle in asking or not asking):
        return middle
    return next(iter([*asking, *(area for area, _ in near)]), None)


def reaches(seal: Seal, cell: Area) -> bool:
    """Whether a good part of a seal lies in a cell."""
    return _share_in(seal.area, cell) > _PART


def _share_in(seal: Area, cell: Area) -> float:
    """How much of a seal lies in a cell."""
    common = seal.common(cell)
    return common.width * common.height / (seal.width * seal.height) if common else 0.0


def _contains(area: Area, x: float, y: float) -> bool:
    return area.x0 - _EDGE <= x < area.x1 + _EDGE and area.y0 - _EDGE <= y < area.y1 + _EDGE
