"""Which cell a seal belongs to."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")

from formflow.reading.scan.areas import Area
from formflow.reading.scan.seals import Seal
from formflow.reading.scan.stamped import home_of, reaches

UPPER, LOWER = Area(100, 100, 900, 500), Area(100, 505, 900, 900)


def seal(x: int, y: int) -> Seal:
    return Seal(Area(x - 150, y - 150, x + 150, y + 150))


@pytest.mark.parametrize(
    ("y", "asking", "home"),
    [
        (300, (UPPER, LOWER), UPPER),
        (470, (UPPER, LOWER), UPPER),  # over the edge, its middle still inside
        (470, (LOWER,), LOWER),  # nobody asks for one where its middle lies
        (300, (LOWER,), UPPER),  # wholly where nobody asks: it is not moved further
        (300, (), UPPER),
        (20, (UPPER,), UPPER),  # its middle on the open page
        (-40, (UPPER,), None),
    ],
)
def test_the_cell_a_seal_was_stamped_in(y: int, asking: tuple[Area, ...], home: Area | None) -> None:
    cells = [(area, area in asking) for area in (UPPER, LOWER)]
    assert home_of(seal(400, y), cells) == home


def test_a_seal_reaches_into_a_cell_with_a_fifth_of_it() -> None:
    assert reaches(seal(400, 430), LOWER)
    assert not reaches(seal(400, 400), LOWER)
