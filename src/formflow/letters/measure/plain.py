"""Measuring for another process: bytes in, plain values out."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from formflow.letters.measure import measure
from formflow.letters.measure.opened import MeasureError


def measure_plainly(data: bytes, name: str = "") -> tuple[list[tuple[Any, ...]], str]:
    """The fields of each `Measurement`; or none, and why the file called `name` cannot be measured (Chinese)."""
    try:
        return [astuple(found) for found in measure(data, name=name).measurements], ""
    except MeasureError as problem:
        return [], problem.message
