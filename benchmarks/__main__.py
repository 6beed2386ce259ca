"""`python -m benchmarks`: every number of the house as one table; exit code 1 if one of them is missed."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

from rich.console import Console
from rich.table import Table

MODULES = ("reading", "letters", "service")


def main() -> int:
    """Measures, prints, and says whether everything reaches what it should."""
    table = Table("what", "measured", "reach", "", "note")
    is_reached = True
    for name in MODULES:
        if find_spec(f"benchmarks.{name}") is None:
            continue
        for row in import_module(f"benchmarks.{name}").rows():
            table.add_row(row.name, f"{row.value:.2f}", row.reach, "ok" if row.ok else "MISSED", row.note)
            is_reached = is_reached and row.ok
    console = Console()
    (console if console.is_terminal else Console(width=180)).print(table)
    return 0 if is_reached else 1


if __name__ == "__main__":
    sys.exit(main())
