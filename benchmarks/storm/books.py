"""The register as anybody sees it who can ask a database: plain queries, nothing of formflow's own.

In: the file of the register, or a PostgreSQL URL. Out: rows. Looks only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formflow.register.entries import BOOKKEEPING

_OPEN = "SELECT count(*) FROM register_publication WHERE state IN ('pending', 'stale')"
# Entries about the workbooks themselves make no workbook due.
_TELLING = ", ".join(f"'{what}'" for what in sorted(BOOKKEEPING))
_SEEN = f"""SELECT (SELECT min(seen) FROM register_workbook),
    (SELECT max(id) FROM register_event WHERE what NOT IN ({_TELLING}))"""
_JOBS = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"


@dataclass(frozen=True, slots=True)
class Books:
    """A register. `url` "" for one in a file."""

    file: Path
    url: str = ""

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """What a query answers."""
        if self.url:
            import psycopg

            with psycopg.connect(self.url) as connection:
                return connection.execute(query.encode()).fetchall()
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def column(self, query: str) -> list[Any]:
        """The first column of the answer."""
        return [row[0] for row in self.ask(query)]

    def have_settled(self) -> bool:
        """Whether nothing has to be published, and every workbook has been gone over since the last entry."""
        if self.column(_OPEN) != [0] or (self.url and self.column(_JOBS) != [0]):
            return False
        [(seen, last)] = self.ask(_SEEN)
        return seen is not None and seen >= last

    def progress(self) -> tuple[object, ...]:
        """Something else after everything that is entered."""
        query = "SELECT (SELECT max(id) FROM register_event), (SELECT count(*) FROM register_publication WHERE state = 'done')"
        return self.ask(query)[0]

    def lack(self, claims: Sequence[str]) -> bool:
        """Whether one of these claims has not been entered yet."""
        names = ", ".join(f"'{claim}'" for claim in claims)
        return self.column(f"SELECT count(*) FROM register_paper WHERE claim_id IN ({names})") != [len(claims)]
