"""What measures the house keeps up with it: a benchmark that cannot run any more tells nothing."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from support.repository import ROOT

# What the fuzzing needs (`formflow[fuzz]`) is installed nowhere else.
MODULES = sorted(
    module.name
    for module in pkgutil.iter_modules([str(ROOT / "benchmarks")])
    if module.name != "__main__" and not module.name.startswith("fuzz")
)


@pytest.mark.parametrize("name", MODULES)
def test_each_can_be_loaded(name: str) -> None:
    importlib.import_module(f"benchmarks.{name}")


def test_growth_is_measured_as_the_service_enters_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks import growth

    monkeypatch.setattr(growth, "EARLY", 8)
    monkeypatch.setattr(growth, "TURNS", 1)
    (row,) = growth.rows(20 + growth.TURN)
    assert row.value is not None
    assert row.value > 0
