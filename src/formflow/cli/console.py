"""The console that tables are printed on."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from formflow.cli.say import plain

# A table that is piped into a file should not be cut to 80 columns.
PIPED_WIDTH = 160


class _Console(Console):
    """A console that shows words from outside as words: no markup, nothing unseen."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(plain(text), **options)


def console() -> Console:
    """Standard output. Brackets in names that come from outside are not taken for markup."""
    out = _Console(highlight=False, emoji=False, markup=False)
    return out if out.is_terminal else _Console(highlight=False, emoji=False, markup=False, width=PIPED_WIDTH)


def table(*headings: str, title: str = "") -> Table:
    """A table that breaks long texts instead of cutting them: Chinese has no blanks to break at."""
    made = Table(title=title or None)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made
