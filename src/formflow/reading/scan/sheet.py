"""A page's pixels set straight and cleared in layers: without seals, without rules, its bare ink.

In: pixels and how they were set straight. Out: `Sheet`, what all that reads a page looks at. Reads no text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from formflow.reading.scan.areas import Area, Pixels
from formflow.reading.scan.cells import RuledTable, find_tables
from formflow.reading.scan.ruling import Ruling, find_ruling, frame, without_rules
from formflow.reading.scan.seals import Seal, find_seals, pale_rings, without_seals
from formflow.reading.scan.straighten import Straight, squared
from formflow.reading.scan.text import Line, ink_depth


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page upright and cleared: `clean` without seals, `bare` without rules too, `ink` a mask of what is left. `unclear` are seals without
    colour; `written` is `bare` before they were paled: a signature may be as pale as they are."""

    straight: Straight
    ruling: Ruling
    tables: list[RuledTable]
    seals: list[Seal]
    clean: Pixels
    bare: Pixels
    ink: Pixels
    written: Pixels
    unclear: tuple[Area, ...] = ()


def prepared(pixels: Pixels, straight: Straight) -> Sheet:
    """The sheet of a page set straight; where its largest frame shows some perspective, that is taken out first."""
    seals, clean, ruling = _cleared(straight)
    squarer = squared(pixels, straight, frame(ruling))
    if squarer is not straight:
        straight = squarer
        seals, clean, ruling = _cleared(straight)
    return _layered(straight, seals, clean, ruling)


def _cleared(straight: Straight) -> tuple[list[Seal], Pixels, Ruling]:
    seals = find_seals(straight.image)
    clean = without_seals(straight.image, seals) if seals else straight.image
    return seals, clean, find_ruling(clean)


def _layered(straight: Straight, seals: list[Seal], clean: Pixels, ruling: Ruling) -> Sheet:
    bare, ink = without_rules(clean, ruling)
    return Sheet(straight, ruling, find_tables(ruling), seals, clean, bare, ink, bare)


def without_dark_rings(sheet: Sheet, rings: list[Area], lines: list[Line]) -> Sheet:
    """The sheet with seals in `rings`, those taken out that are paler than its text, as red ones are on a grey scan."""
    depths = [ink_depth(sheet.bare, line.area) for line in lines if not any(line.area.common(ring) for ring in rings)]
    clean = pale_rings(sheet.clean, rings, 255.0 - float(np.median(depths))) if depths else None
    cleared = sheet if clean is None else _layered(sheet.straight, sheet.seals, clean, find_ruling(clean))
    return replace(cleared, written=sheet.bare, unclear=tuple(rings))
