"""Formulas that stay live and show a number before anybody has computed them: a phone's preview and our own reader compute nothing."""

from __future__ import annotations

from typing import Any

from formflow.service.sheets.cells import Value


def put(cell: Any, formula: str, value: Value) -> Any:
    """A formula ("SUM(A1:A3)") with the value it must give, "" for one that gives an empty text; both are written into the file. Formulas
    come from this program only, never from a paper."""
    cell.value = f"={formula}"
    cell.parent.computed[cell.row, cell.column] = value
    return cell
