"""The console that tables are printed on."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

# A table that is piped into a file should not be cut to 80 columns.
PIPED_WIDTH = 160


def console() -> Console:
    """Standard output. Brackets in names that come from outside are not taken for markup."""
    out = Console(highlight=False, emoji=False, markup=False)
    return out if out.is_terminal else Console(highlight=False, emoji=False, markup=False, width=PIPED_WIDTH)


def table(*headings: str, title: str = "") -> Table:
    """A table that breaks long texts instead of cutting them: Chinese has no blanks to break at."""
    made = Table(title=title or None)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made
