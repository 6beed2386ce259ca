"""`python -m benchmarks`: every number of the house as one table, and the machine it was measured on. `python -m benchmarks grown memory`:
those of these modules, which take long and are not among them otherwise.

Exit code 1 if one is missed. A row is measured against its floor in the same run, the two in turn, and told as a median; what each means stands
in its module. Rows that show no reach are told only.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.row import Row
from rich.console import Console
from rich.table import Table

# In the order of design.md section 7.
MODULES = ("reading", "pdf", "scan", "workbooks", "letters", "service", "watching", "growth", "workers")


def main(names: Sequence[str] = ()) -> int:
    """Measures, prints, and says whether everything reaches what it should."""
    rows = [row for name in names or MODULES for row in measured(name)]
    table = Table("what", "measured", "reach", "", "note", caption=machine(), caption_justify="left")
    for row in rows:
        value = "—" if row.value is None else f"{row.value:.2f}"
        verdict = "" if row.value is None or not row.reach else "ok" if row.ok else "MISSED"
        table.add_row(row.name, value, row.reach, verdict, row.note)
    console = Console()
    (console if console.is_terminal else Console(width=200)).print(table)
    return 0 if all(row.ok for row in rows) else 1


def measured(name: str) -> list[Row]:
    """The rows of a module; one that says so where there is nothing to measure them with."""
    found: list[Row] = import_module(f"benchmarks.{name}").rows()
    return found or [
        Row(name, None, note="not measured: a program it needs is missing (LibreOffice, formflow[ocr], PostgreSQL)")
    ]


def machine() -> str:
    """Processor, cores, system, Python, and how busy it was."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = models[0] if models else platform.processor() or platform.machine()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python = f"Python {platform.python_version()}"
    return f"{processor}, {os.cpu_count()} cores{load}; {platform.system()} {platform.release()}; {python}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
