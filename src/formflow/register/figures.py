"""How much the register holds, by state: numbers for the service's metrics. Reads only, and lets go of its connection."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, Model

from formflow.register import locks, queue
from formflow.register import models as rows

# Name of a figure → the table and the column that says its state.
_FIGURES: dict[str, tuple[type[Model], str]] = {
    "cases": (rows.Case, "outcome"),
    "papers": (rows.Paper, "state"),
    "letters": (rows.Letter, "state"),
    "publications": (rows.Publication, "state"),
}


def counts() -> dict[str, dict[str, int]]:
    """Kind of entry → state → how many; with the jobs and workers where there are any. For a thread of its own: its connection is closed
    again."""
    try:
        found = {name: _by_state(table, column) for name, (table, column) in _FIGURES.items()}
        return {**found, **queue.counts()} if locks.is_shared() else found
    finally:
        connection.close()


def _by_state(table: type[Model], column: str) -> dict[str, int]:
    found = table._default_manager.values_list(column).annotate(count=Count("pk")).order_by()
    return {state or "none": count for state, count in found}
