"""Case keys for tests of the register."""

from __future__ import annotations

from formflow.model.case import CaseKey
from formflow.rules.decide import unit_key


def key(*names: str, year: int = 2022, folder: str = "") -> CaseKey:
    """The key of a form that gives these names, the unit's own first."""
    keys = tuple(unit_key(name) for name in names)
    return CaseKey("nantong-service-centre", year, names[0], keys[0], folder or names[0], keys)
